package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.CalqueTypeFactory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What scalar expressions mean over one row, with SQL's three values of truth. Single-threaded. */
final class ReferenceExpressions {
    private static final RexBuilder REX = new RexBuilder(new CalqueTypeFactory());

    private final List<@Nullable Object> row;
    private final List<? extends @Nullable Object> parameters;

    ReferenceExpressions(List<@Nullable Object> row, List<? extends @Nullable Object> parameters) {
        this.row = row;
        this.parameters = parameters;
    }

    @Nullable Object value(RexNode expression) {
        if (expression instanceof RexInputRef ref) {
            return row.get(ref.getIndex());
        }
        if (expression instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (expression instanceof RexDynamicParam parameter) {
            return parameters.get(parameter.getIndex());
        }
        if (expression instanceof RexCall call) {
            return call(call);
        }
        throw unknown(expression);
    }

    private static IllegalArgumentException unknown(RexNode expression) {
        return new IllegalArgumentException("the reference does not know " + expression);
    }

    private static @Nullable Object literal(RexLiteral literal) {
        if (literal.isNull()) {
            return null;
        }
        SqlTypeName type = literal.getType().getSqlTypeName();
        return switch (type) {
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case TINYINT, SMALLINT, INTEGER, BIGINT -> literal.getValueAs(Long.class);
            case DECIMAL -> literal.getValueAs(BigDecimal.class);
            case REAL, FLOAT, DOUBLE -> literal.getValueAs(Double.class);
            case CHAR, VARCHAR -> literal.getValueAs(String.class);
            case BINARY, VARBINARY -> {
                ByteString bytes = literal.getValueAs(ByteString.class);
                yield bytes == null ? null : bytes.getBytes();
            }
            case DATE, TIME -> {
                Integer number = literal.getValueAs(Integer.class);
                yield number == null ? null : number.longValue();
            }
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> literal.getValueAs(Long.class);
            default -> throw unknown(literal);
        };
    }

    private @Nullable Object call(RexCall call) {
        return switch (call.getKind()) {
            case AND, OR -> junction(call);
            case NOT -> {
                Object operand = operand(call, 0);
                yield operand == null ? null : !(Boolean) operand;
            }
            case IS_NULL -> operand(call, 0) == null;
            case IS_NOT_NULL -> operand(call, 0) != null;
            case IS_TRUE -> Boolean.TRUE.equals(operand(call, 0));
            case IS_NOT_TRUE -> !Boolean.TRUE.equals(operand(call, 0));
            case IS_FALSE -> Boolean.FALSE.equals(operand(call, 0));
            case IS_NOT_FALSE -> !Boolean.FALSE.equals(operand(call, 0));
            case IS_DISTINCT_FROM -> !same(operand(call, 0), operand(call, 1));
            case IS_NOT_DISTINCT_FROM -> same(operand(call, 0), operand(call, 1));
            case CASE -> choice(call);
            case COALESCE ->
                call.getOperands().stream()
                        .map(this::value)
                        .filter(v -> v != null)
                        .findFirst()
                        .orElse(null);
            case SEARCH -> value(RexUtil.expandSearch(REX, null, call));
            case GREATEST, LEAST -> extreme(call);
            default -> call.getOperator().getName().equals("CONCAT_WS") ? joined(call) : strict(call);
        };
    }

    /** Of the values that are not NULL. */
    private @Nullable Object extreme(RexCall call) {
        List<@Nullable Object> values = present(call.getOperands());
        boolean least = call.getKind() == SqlKind.LEAST;
        return values.stream()
                .reduce((a, b) ->
                        (ValueOrder.compare(Objects.requireNonNull(a), Objects.requireNonNull(b)) <= 0) == least
                                ? a
                                : b)
                .map(v -> fittedOrNull(v, call.getType()))
                .orElse(null);
    }

    private @Nullable Object joined(RexCall call) {
        Object separator = operand(call, 0);
        if (separator == null) {
            return null;
        }
        List<@Nullable Object> values =
                present(call.getOperands().subList(1, call.getOperands().size()));
        return values.stream().map(String::valueOf).collect(Collectors.joining((String) separator));
    }

    private List<@Nullable Object> present(List<RexNode> operands) {
        List<@Nullable Object> values = new java.util.ArrayList<>();
        for (RexNode operand : operands) {
            Object value = value(operand);
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }

    private @Nullable Object operand(RexCall call, int index) {
        return value(call.getOperands().get(index));
    }

    private @Nullable Boolean junction(RexCall call) {
        boolean decisive = call.getKind() == SqlKind.OR;
        boolean unknown = false;
        for (RexNode operand : call.getOperands()) {
            Object value = value(operand);
            if (value == null) {
                unknown = true;
            } else if ((Boolean) value == decisive) {
                return decisive;
            }
        }
        return unknown ? null : !decisive;
    }

    private static boolean same(@Nullable Object left, @Nullable Object right) {
        return left == null || right == null ? left == right : ValueOrder.compare(left, right) == 0;
    }

    private @Nullable Object choice(RexCall call) {
        int last = call.getOperands().size() - 1;
        for (int i = 0; i < last; i += 2) {
            if (Boolean.TRUE.equals(operand(call, i))) {
                return fittedOrNull(operand(call, i + 1), call.getType());
            }
        }
        return fittedOrNull(operand(call, last), call.getType());
    }

    private static @Nullable Object fittedOrNull(@Nullable Object value, RelDataType type) {
        return value instanceof Number number && SqlTypeUtil.isNumeric(type) ? fitted(number, type) : value;
    }

    /** Operators that give NULL for any NULL. */
    private @Nullable Object strict(RexCall call) {
        List<@Nullable Object> arguments = new java.util.ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            // The flags of TRIM and the unit of EXTRACT are literals without a value here.
            boolean symbol = operand.getType().getSqlTypeName() == SqlTypeName.SYMBOL;
            Object value = symbol ? symbol((RexLiteral) operand) : value(operand);
            if (value == null) {
                return null;
            }
            arguments.add(value);
        }
        return switch (call.getKind()) {
            case EQUALS -> compare(arguments) == 0;
            case NOT_EQUALS -> compare(arguments) != 0;
            case LESS_THAN -> compare(arguments) < 0;
            case LESS_THAN_OR_EQUAL -> compare(arguments) <= 0;
            case GREATER_THAN -> compare(arguments) > 0;
            case GREATER_THAN_OR_EQUAL -> compare(arguments) >= 0;
            case PLUS, MINUS, TIMES, DIVIDE, MOD, MINUS_PREFIX -> ReferenceArithmetic.value(call, arguments);
            case CAST ->
                ReferenceCasts.value(
                        argument(arguments, 0), call.getOperands().get(0).getType(), call.getType());
            default -> ReferenceFunctions.value(call, arguments);
        };
    }

    private static String symbol(RexLiteral literal) {
        return String.valueOf((Object) literal.getValue()).toUpperCase(Locale.ROOT);
    }

    static Object argument(List<@Nullable Object> arguments, int index) {
        Object argument = arguments.get(index);
        if (argument == null) {
            throw new IllegalStateException("a NULL argument");
        }
        return argument;
    }

    private static int compare(List<@Nullable Object> arguments) {
        return ValueOrder.compare(argument(arguments, 0), argument(arguments, 1));
    }

    /**
     * A number as a type holds it; an exact one is rounded half up to the type's scale.
     *
     * @throws QueryException NUMERIC_OUT_OF_RANGE when it does not fit
     */
    static Object fitted(Number number, RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TINYINT, SMALLINT -> whole(number, Short.MIN_VALUE, Short.MAX_VALUE);
            case INTEGER -> whole(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(number, Long.MIN_VALUE, Long.MAX_VALUE);
            case DECIMAL -> {
                BigDecimal scaled = ValueOrder.exact(number).setScale(type.getScale(), RoundingMode.HALF_UP);
                if (scaled.precision() > type.getPrecision()) {
                    throw outOfRange(number);
                }
                yield scaled;
            }
            case REAL -> (double) number.floatValue();
            case FLOAT, DOUBLE -> number.doubleValue();
            default -> throw new IllegalArgumentException(type + " is not a number");
        };
    }

    private static Long whole(Number number, long least, long most) {
        BigDecimal rounded = ValueOrder.exact(number).setScale(0, RoundingMode.HALF_UP);
        if (rounded.compareTo(BigDecimal.valueOf(least)) < 0 || rounded.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw outOfRange(number);
        }
        return rounded.longValueExact();
    }

    static QueryException outOfRange(Number number) {
        return new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, number + " does not fit");
    }
}
