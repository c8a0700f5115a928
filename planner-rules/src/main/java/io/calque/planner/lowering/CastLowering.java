package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import io.calque.spi.type.TypeKind;
import java.util.EnumMap;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Chooses our function for each CAST; a pair that is not in the table is an error while planning. Immutable, thread-safe. */
final class CastLowering {
    private static final Map<TypeKind, Map<TypeKind, EngineFunction>> FUNCTIONS = functions();
    private static final EngineFunction TRUNCATE_TEXT = strict(TextFunctions.class, "truncateText");
    private static final EngineFunction DECIMAL = strict(DecimalFunctions.class, "decimal");

    private CastLowering() {}

    /**
     * {@code value} as {@code target}, keeping the nullability that {@code target} states; null where the stock cast is right.
     */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexNode value, RelDataType target) {
        TypeKind from = kind(value.getType());
        TypeKind to = kind(target);
        if (from == null || to == null) {
            return to == TypeKind.VARCHAR ? TimeLowering.intervalToText(rexBuilder, value, target) : null;
        }
        if (from == to) {
            return sameKind(rexBuilder, value, target, to);
        }
        EngineFunction function = FUNCTIONS.getOrDefault(from, Map.of()).get(to);
        if (function == null) {
            throw CastFunctions.unsupported(value.getType().getSqlTypeName(), target.getSqlTypeName());
        }
        if (to == TypeKind.DECIMAL) {
            return function.call(
                    rexBuilder,
                    target,
                    value,
                    number(rexBuilder, target.getPrecision()),
                    number(rexBuilder, target.getScale()));
        }
        if (to == TypeKind.VARCHAR && bounded(target)) {
            RelDataType text = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(
                            rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), target.isNullable());
            return truncate(rexBuilder, function.call(rexBuilder, text, value), target);
        }
        return function.call(rexBuilder, target, value);
    }

    static RexNode beforeWidening(RexNode lowered) {
        boolean cast = lowered instanceof RexCall call
                && (call.getOperator() == DECIMAL
                        || FUNCTIONS
                                        .getOrDefault(
                                                kind(call.getOperands().get(0).getType()), Map.of())
                                        .get(kind(call.getType()))
                                == call.getOperator());
        if (!cast || !(lowered instanceof RexCall call)) {
            return lowered;
        }
        RexNode value = call.getOperands().get(0);
        return widens(value.getType(), call.getType()) ? beforeWidening(value) : lowered;
    }

    private static boolean widens(RelDataType from, RelDataType to) {
        return SqlTypeUtil.isExactNumeric(from)
                && SqlTypeUtil.isExactNumeric(to)
                && fraction(to) >= fraction(from)
                && whole(to) >= whole(from);
    }

    private static int fraction(RelDataType exact) {
        return exact.getSqlTypeName() == SqlTypeName.DECIMAL ? exact.getScale() : 0;
    }

    /** Digits before the point. */
    private static int whole(RelDataType exact) {
        return switch (exact.getSqlTypeName()) {
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            case DECIMAL -> exact.getPrecision() - exact.getScale();
            default -> 0;
        };
    }

    private static @Nullable RexNode sameKind(RexBuilder rexBuilder, RexNode value, RelDataType target, TypeKind kind) {
        if (kind == TypeKind.DECIMAL) {
            return DECIMAL.call(
                    rexBuilder,
                    target,
                    value,
                    number(rexBuilder, target.getPrecision()),
                    number(rexBuilder, target.getScale()));
        }
        boolean longer = kind == TypeKind.VARCHAR
                && bounded(target)
                && (!bounded(value.getType()) || value.getType().getPrecision() > target.getPrecision());
        return longer ? truncate(rexBuilder, value, target) : null;
    }

    private static RexNode truncate(RexBuilder rexBuilder, RexNode text, RelDataType target) {
        return TRUNCATE_TEXT.call(rexBuilder, target, text, number(rexBuilder, target.getPrecision()));
    }

    private static boolean bounded(RelDataType text) {
        return text.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED;
    }

    static RexNode number(RexBuilder rexBuilder, int value) {
        return rexBuilder.makeExactLiteral(
                java.math.BigDecimal.valueOf(value), rexBuilder.getTypeFactory().createSqlType(SqlTypeName.INTEGER));
    }

    private static @Nullable TypeKind kind(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> TypeKind.BOOLEAN;
            case SMALLINT -> TypeKind.SMALLINT;
            case INTEGER -> TypeKind.INTEGER;
            case BIGINT -> TypeKind.BIGINT;
            case REAL -> TypeKind.REAL;
            case FLOAT, DOUBLE -> TypeKind.DOUBLE;
            case DECIMAL -> TypeKind.DECIMAL;
            case CHAR, VARCHAR -> TypeKind.VARCHAR;
            case VARBINARY -> TypeKind.VARBINARY;
            case DATE -> TypeKind.DATE;
            case TIME -> TypeKind.TIME;
            case TIMESTAMP -> TypeKind.TIMESTAMP;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TypeKind.TIMESTAMP_TZ;
            case ARRAY -> TypeKind.ARRAY;
            // NULL, intervals and what the engine has no kind for.
            default -> null;
        };
    }

    private static Map<TypeKind, Map<TypeKind, EngineFunction>> functions() {
        Map<TypeKind, Map<TypeKind, EngineFunction>> map = new EnumMap<>(TypeKind.class);
        for (TypeKind integer : new TypeKind[] {TypeKind.SMALLINT, TypeKind.INTEGER, TypeKind.BIGINT}) {
            put(map, integer, TypeKind.SMALLINT, IntegerFunctions.class, "smallint");
            put(map, integer, TypeKind.INTEGER, IntegerFunctions.class, "integer");
            put(map, integer, TypeKind.BIGINT, IntegerFunctions.class, "bigint");
            put(map, integer, TypeKind.REAL, CastFunctions.class, "integerToReal");
            put(map, integer, TypeKind.DOUBLE, CastFunctions.class, "integerToDouble");
            put(map, integer, TypeKind.DECIMAL, CastFunctions.class, "integerToDecimal");
            put(map, integer, TypeKind.VARCHAR, CastFunctions.class, "integerToText");
            put(map, integer, TypeKind.BOOLEAN, CastFunctions.class, "integerToBoolean");
        }
        for (TypeKind real : new TypeKind[] {TypeKind.REAL, TypeKind.DOUBLE}) {
            put(map, real, TypeKind.SMALLINT, CastFunctions.class, "doubleToSmallint");
            put(map, real, TypeKind.INTEGER, CastFunctions.class, "doubleToInteger");
            put(map, real, TypeKind.BIGINT, CastFunctions.class, "doubleToBigint");
        }
        put(map, TypeKind.REAL, TypeKind.DOUBLE, CastFunctions.class, "realToDouble");
        put(map, TypeKind.REAL, TypeKind.DECIMAL, CastFunctions.class, "realToDecimal");
        put(map, TypeKind.REAL, TypeKind.VARCHAR, CastFunctions.class, "realToText");
        put(map, TypeKind.DOUBLE, TypeKind.REAL, CastFunctions.class, "doubleToReal");
        put(map, TypeKind.DOUBLE, TypeKind.DECIMAL, CastFunctions.class, "doubleToDecimal");
        put(map, TypeKind.DOUBLE, TypeKind.VARCHAR, CastFunctions.class, "doubleToText");
        put(map, TypeKind.DECIMAL, TypeKind.SMALLINT, CastFunctions.class, "decimalToSmallint");
        put(map, TypeKind.DECIMAL, TypeKind.INTEGER, CastFunctions.class, "decimalToInteger");
        put(map, TypeKind.DECIMAL, TypeKind.BIGINT, CastFunctions.class, "decimalToBigint");
        put(map, TypeKind.DECIMAL, TypeKind.REAL, CastFunctions.class, "decimalToReal");
        put(map, TypeKind.DECIMAL, TypeKind.DOUBLE, CastFunctions.class, "decimalToDouble");
        put(map, TypeKind.DECIMAL, TypeKind.VARCHAR, CastFunctions.class, "decimalToText");
        put(map, TypeKind.BOOLEAN, TypeKind.SMALLINT, CastFunctions.class, "booleanToSmallint");
        put(map, TypeKind.BOOLEAN, TypeKind.INTEGER, CastFunctions.class, "booleanToInteger");
        put(map, TypeKind.BOOLEAN, TypeKind.BIGINT, CastFunctions.class, "booleanToBigint");
        put(map, TypeKind.BOOLEAN, TypeKind.VARCHAR, CastFunctions.class, "booleanToText");
        put(map, TypeKind.VARCHAR, TypeKind.BOOLEAN, CastFunctions.class, "textToBoolean");
        put(map, TypeKind.VARCHAR, TypeKind.SMALLINT, CastFunctions.class, "textToSmallint");
        put(map, TypeKind.VARCHAR, TypeKind.INTEGER, CastFunctions.class, "textToInteger");
        put(map, TypeKind.VARCHAR, TypeKind.BIGINT, CastFunctions.class, "textToBigint");
        put(map, TypeKind.VARCHAR, TypeKind.REAL, CastFunctions.class, "textToReal");
        put(map, TypeKind.VARCHAR, TypeKind.DOUBLE, CastFunctions.class, "textToDouble");
        put(map, TypeKind.VARCHAR, TypeKind.DECIMAL, CastFunctions.class, "textToDecimal");
        put(map, TypeKind.VARCHAR, TypeKind.DATE, TimeCasts.class, "textToDate");
        put(map, TypeKind.VARCHAR, TypeKind.TIME, TimeCasts.class, "textToTime");
        put(map, TypeKind.VARCHAR, TypeKind.TIMESTAMP, TimeCasts.class, "textToTimestamp");
        put(map, TypeKind.VARCHAR, TypeKind.TIMESTAMP_TZ, TimeCasts.class, "textToInstant");
        put(map, TypeKind.DATE, TypeKind.VARCHAR, TimeCasts.class, "dateToText");
        put(map, TypeKind.DATE, TypeKind.TIMESTAMP, TimeCasts.class, "dateToTimestamp");
        put(map, TypeKind.DATE, TypeKind.TIMESTAMP_TZ, TimeCasts.class, "dateToInstant");
        put(map, TypeKind.TIME, TypeKind.VARCHAR, TimeCasts.class, "timeToText");
        put(map, TypeKind.TIMESTAMP, TypeKind.VARCHAR, TimeCasts.class, "timestampToText");
        put(map, TypeKind.TIMESTAMP, TypeKind.DATE, TimeCasts.class, "timestampToDate");
        put(map, TypeKind.TIMESTAMP, TypeKind.TIME, TimeCasts.class, "timestampToTime");
        put(map, TypeKind.TIMESTAMP, TypeKind.TIMESTAMP_TZ, TimeCasts.class, "timestampToInstant");
        put(map, TypeKind.TIMESTAMP_TZ, TypeKind.VARCHAR, TimeCasts.class, "instantToText");
        put(map, TypeKind.TIMESTAMP_TZ, TypeKind.DATE, TimeCasts.class, "instantToDate");
        put(map, TypeKind.TIMESTAMP_TZ, TypeKind.TIME, TimeCasts.class, "instantToTime");
        put(map, TypeKind.TIMESTAMP_TZ, TypeKind.TIMESTAMP, TimeCasts.class, "instantToTimestamp");
        return map;
    }

    private static void put(
            Map<TypeKind, Map<TypeKind, EngineFunction>> map,
            TypeKind from,
            TypeKind to,
            Class<?> holder,
            String method) {
        map.computeIfAbsent(from, k -> new EnumMap<>(TypeKind.class)).put(to, strict(holder, method));
    }
}
