package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Rounding, powers and logarithms. Decimals round half away from zero, doubles half to even, as in PostgreSQL. Stateless. */
public final class MathFunctions {
    private MathFunctions() {}

    public static BigDecimal roundDecimal(BigDecimal value, int digits, int scale) {
        return DecimalFunctions.decimal(value.setScale(limited(digits), RoundingMode.HALF_UP), 38, scale);
    }

    public static BigDecimal truncDecimal(BigDecimal value, int digits, int scale) {
        return DecimalFunctions.decimal(value.setScale(limited(digits), RoundingMode.DOWN), 38, scale);
    }

    public static double roundDouble(double value) {
        return Math.rint(value);
    }

    public static double truncDouble(double value) {
        return value < 0 ? Math.ceil(value) : Math.floor(value);
    }

    /** Of the shortest decimal that reads back as {@code value}: 2.675 rounds to 2.68. */
    public static double roundDoubleTo(double value, int digits) {
        return scaled(value, digits, RoundingMode.HALF_UP);
    }

    public static double truncDoubleTo(double value, int digits) {
        return scaled(value, digits, RoundingMode.DOWN);
    }

    private static double scaled(double value, int digits, RoundingMode mode) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return value;
        }
        return new BigDecimal(NumberText.format(value))
                .setScale(limited(digits), mode)
                .doubleValue();
    }

    private static int limited(int digits) {
        return Math.max(-1000, Math.min(1000, digits));
    }

    public static BigDecimal floorDecimal(BigDecimal value) {
        return value.setScale(0, RoundingMode.FLOOR);
    }

    public static BigDecimal ceilDecimal(BigDecimal value) {
        return value.setScale(0, RoundingMode.CEILING);
    }

    public static double powerDouble(double base, double exponent) {
        if (base == 0 && exponent < 0) {
            throw invalid("0 to a negative power is undefined");
        }
        if (base < 0 && exponent != Math.rint(exponent)) {
            throw invalid("A negative number to a fractional power is not real");
        }
        return finite(Math.pow(base, exponent), base, exponent);
    }

    public static double sqrtDouble(double value) {
        if (value < 0) {
            throw invalid("The square root of a negative number is not real");
        }
        return Math.sqrt(value);
    }

    public static double cbrtDouble(double value) {
        return Math.cbrt(value);
    }

    public static double expDouble(double value) {
        return finite(Math.exp(value), value, value);
    }

    public static double lnDouble(double value) {
        return Math.log(positive(value));
    }

    public static double log10Double(double value) {
        return Math.log10(positive(value));
    }

    public static double logDouble(double base, double value) {
        double denominator = Math.log(positive(base));
        if (denominator == 0) {
            throw IntegerFunctions.divisionByZero();
        }
        return Math.log(positive(value)) / denominator;
    }

    public static double signDouble(double value) {
        return Math.signum(value);
    }

    public static int signDecimal(BigDecimal value) {
        return value.signum();
    }

    public static double cotDouble(double value) {
        return 1 / Math.tan(value);
    }

    public static double asinDouble(double value) {
        return Math.asin(inUnit(value));
    }

    public static double acosDouble(double value) {
        return Math.acos(inUnit(value));
    }

    private static double inUnit(double value) {
        if (value < -1 || value > 1) {
            throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "An inverse sine or cosine takes -1 to 1");
        }
        return value;
    }

    private static double positive(double value) {
        if (value <= 0) {
            throw invalid("A logarithm takes numbers above 0");
        }
        return value;
    }

    private static double finite(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "A result is out of range for DOUBLE");
        }
        return result;
    }

    private static QueryException invalid(String message) {
        return new QueryException(ErrorCode.INVALID_PARAMETER, message);
    }

    /** The greatest value that is not NULL; NULL when there is none. All values are of one type. */
    public static @Nullable Object greatestValue(@Nullable Object... values) {
        return extreme(1, values);
    }

    /** The least value that is not NULL; NULL when there is none. All values are of one type. */
    public static @Nullable Object leastValue(@Nullable Object... values) {
        return extreme(-1, values);
    }

    private static @Nullable Object extreme(int sign, @Nullable Object[] values) {
        Object extreme = null;
        for (Object value : values) {
            if (value != null && (extreme == null || RowOrder.compareValues(value, extreme) * sign > 0)) {
                extreme = value;
            }
        }
        return extreme;
    }
}
