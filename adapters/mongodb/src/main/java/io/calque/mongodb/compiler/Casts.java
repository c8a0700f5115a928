package io.calque.mongodb.compiler;

import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Knows the casts that change no value, so that they need not be said. Stateless. */
final class Casts {
    private static final int INTEGER_DIGITS = 10;
    private static final int BIGINT_DIGITS = 19;

    private Casts() {}

    /** The expression under casts that change no value. */
    static RexNode strip(RexNode expression) {
        RexNode current = expression;
        while (current.getKind() == SqlKind.CAST
                && current instanceof RexCall cast
                && keepsValue(cast.getOperands().get(0).getType(), cast.getType())) {
            current = cast.getOperands().get(0);
        }
        return current;
    }

    /**
     * A side of a comparison, without the casts that SQL puts there only to give both sides one type: MongoDB compares exact
     * numbers by value, whatever their scales.
     */
    static RexNode stripForComparison(RexNode side) {
        RexNode current = strip(side);
        while (current.getKind() == SqlKind.CAST && current instanceof RexCall cast) {
            RexNode inner = cast.getOperands().get(0);
            if (!widensScale(inner.getType(), cast.getType()) && !isNumberAsDouble(inner, cast.getType())) {
                return current;
            }
            current = strip(inner);
        }
        return current;
    }

    private static boolean widensScale(RelDataType from, RelDataType to) {
        return from.getSqlTypeName() == SqlTypeName.DECIMAL
                && to.getSqlTypeName() == SqlTypeName.DECIMAL
                && to.getScale() >= from.getScale();
    }

    /** {@code 1.5} beside a column of DOUBLE: it is sent as a double in any case. */
    private static boolean isNumberAsDouble(RexNode inner, RelDataType to) {
        return inner instanceof RexLiteral
                && SqlTypeUtil.isExactNumeric(inner.getType())
                && to.getSqlTypeName() == SqlTypeName.DOUBLE;
    }

    static boolean keepsValue(RelDataType from, RelDataType to) {
        if (from.getSqlTypeName() == SqlTypeName.NULL) {
            return true;
        }
        DataType source = Literals.type(from);
        DataType target = Literals.type(to);
        if (source.kind() == TypeKind.VARCHAR && target.kind() == TypeKind.VARCHAR) {
            // VARCHAR(3) would cut, CHAR(3) would pad.
            return to.getSqlTypeName() == SqlTypeName.VARCHAR
                    && (to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
                            || from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                                    && from.getPrecision() <= to.getPrecision());
        }
        if (source.equals(target)) {
            return true;
        }
        return switch (source.kind()) {
            case SMALLINT, INTEGER ->
                target.kind() == TypeKind.INTEGER && source.kind() == TypeKind.SMALLINT
                        || target.kind() == TypeKind.BIGINT
                        || target.kind() == TypeKind.DOUBLE
                        || holds(target, INTEGER_DIGITS, 0);
            case BIGINT -> holds(target, BIGINT_DIGITS, 0);
            case DECIMAL -> holds(target, source.precision() - source.scale(), source.scale());
            case DATE -> target.kind() == TypeKind.TIMESTAMP;
            default -> false;
        };
    }

    private static boolean holds(DataType target, int integerDigits, int scale) {
        return target.kind() == TypeKind.DECIMAL
                && target.precision() - target.scale() >= integerDigits
                && target.scale() >= scale;
    }
}
