package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** What casts mean; those that no case needs are unknown. Stateless. */
final class ReferenceCasts {
    private static final long MILLIS_PER_DAY = 86_400_000L;

    private ReferenceCasts() {}

    static Object value(Object value, RelDataType from, RelDataType to) {
        if (from.getSqlTypeName() == to.getSqlTypeName() && !SqlTypeUtil.isNumeric(to)) {
            return value;
        }
        return switch (to.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE -> number(value, to);
            case VARCHAR, CHAR -> text(value, from);
            case DATE -> {
                if (SqlTypeUtil.isCharacter(from)) {
                    yield LocalDate.parse((String) value).toEpochDay();
                }
                yield Math.floorDiv((Long) value, MILLIS_PER_DAY);
            }
            case TIMESTAMP -> (Long) value * MILLIS_PER_DAY;
            default -> throw unknown(from, to);
        };
    }

    private static Object number(Object value, RelDataType to) {
        if (value instanceof Boolean flag) {
            return flag ? 1L : 0L;
        }
        if (value instanceof String text) {
            try {
                return ReferenceExpressions.fitted(new BigDecimal(text.strip()), to);
            } catch (NumberFormatException e) {
                throw new QueryException(ErrorCode.INVALID_CAST, "'" + text + "' is not a number", e);
            }
        }
        Number number = (Number) value;
        if (number instanceof Double d && SqlTypeUtil.isExactNumeric(to)) {
            // Halves of a DOUBLE go to the even neighbour.
            return ReferenceExpressions.fitted(
                    SqlTypeUtil.isIntType(to) ? BigDecimal.valueOf(Math.rint(d)) : BigDecimal.valueOf(d), to);
        }
        return ReferenceExpressions.fitted(number, to);
    }

    private static String text(Object value, RelDataType from) {
        return switch (from.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, BOOLEAN -> value.toString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case DATE -> LocalDate.ofEpochDay((Long) value).toString();
            default -> throw unknown(from, from);
        };
    }

    private static IllegalArgumentException unknown(RelDataType from, RelDataType to) {
        return new IllegalArgumentException("the reference does not know the cast of " + from + " to " + to);
    }
}
