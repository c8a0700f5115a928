package io.calque.testkit.rel;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** What arithmetic means: exact numbers exactly, overflow and division by zero as errors. Stateless. */
final class ReferenceArithmetic {
    private ReferenceArithmetic() {}

    static Object value(RexCall call, List<@Nullable Object> arguments) {
        Number left = number(arguments, 0);
        if (call.getKind() == SqlKind.MINUS_PREFIX) {
            return left instanceof Double d
                    ? (Object) (-d)
                    : ReferenceExpressions.fitted(ValueOrder.exact(left).negate(), call.getType());
        }
        Number right = number(arguments, 1);
        return left instanceof Double || right instanceof Double
                ? approximate(call.getKind(), left.doubleValue(), right.doubleValue())
                : exact(call.getKind(), ValueOrder.exact(left), ValueOrder.exact(right), call.getType());
    }

    private static Number number(List<@Nullable Object> arguments, int index) {
        if (ReferenceExpressions.argument(arguments, index) instanceof Number number) {
            return number;
        }
        throw new IllegalArgumentException("the reference computes with numbers only");
    }

    private static Double approximate(SqlKind kind, double left, double right) {
        double result = switch (kind) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDE -> {
                requireDivisor(right == 0);
                yield left / right;
            }
            default -> throw new IllegalArgumentException("the reference does not know " + kind + " of DOUBLE");
        };
        if (Double.isInfinite(result)) {
            throw ReferenceExpressions.outOfRange(result);
        }
        return result;
    }

    private static Object exact(SqlKind kind, BigDecimal left, BigDecimal right, RelDataType type) {
        BigDecimal result = switch (kind) {
            case PLUS -> left.add(right);
            case MINUS -> left.subtract(right);
            case TIMES -> left.multiply(right);
            case DIVIDE -> {
                requireDivisor(right.signum() == 0);
                yield SqlTypeUtil.isDecimal(type)
                        ? left.divide(right, type.getScale(), RoundingMode.HALF_UP)
                        : left.divideToIntegralValue(right);
            }
            case MOD -> {
                requireDivisor(right.signum() == 0);
                yield left.remainder(right);
            }
            default -> throw new IllegalArgumentException("the reference does not know " + kind);
        };
        return ReferenceExpressions.fitted(result, type);
    }

    private static void requireDivisor(boolean zero) {
        if (zero) {
            throw new QueryException(ErrorCode.DIVISION_BY_ZERO, "division by zero");
        }
    }
}
