package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Arithmetic of DECIMAL. Every result has exactly the scale its type declares, rounded HALF_UP; more than 38 digits raise 22003. Stateless.
 */
public final class DecimalFunctions {
    /** No unscaled value of fewer bits has more than 38 digits: 2^126 is below 10^38. */
    private static final int SAFE_BITS = 126;

    private static final BigInteger LIMIT = BigInteger.TEN.pow(DataType.MAX_PRECISION);

    private DecimalFunctions() {}

    public static BigDecimal addDecimal(BigDecimal left, BigDecimal right, int scale) {
        return fit(left.add(right), scale);
    }

    public static BigDecimal subtractDecimal(BigDecimal left, BigDecimal right, int scale) {
        return fit(left.subtract(right), scale);
    }

    public static BigDecimal multiplyDecimal(BigDecimal left, BigDecimal right, int scale) {
        return fit(left.multiply(right), scale);
    }

    public static BigDecimal divideDecimal(BigDecimal left, BigDecimal right, int scale) {
        return fit(left.divide(divisor(right), scale, RoundingMode.HALF_UP), scale);
    }

    /** The remainder has the sign of {@code left}. */
    public static BigDecimal modDecimal(BigDecimal left, BigDecimal right, int scale) {
        return fit(left.remainder(divisor(right)), scale);
    }

    public static BigDecimal negateDecimal(BigDecimal value) {
        return value.negate();
    }

    public static BigDecimal absDecimal(BigDecimal value) {
        return value.abs();
    }

    /** Rounds to {@code scale} and checks that at most {@code precision} digits remain: the cast to DECIMAL(precision, scale). */
    public static BigDecimal decimal(BigDecimal value, int precision, int scale) {
        BigDecimal rounded = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision && rounded.signum() != 0) {
            throw outOfRange(value, precision, scale);
        }
        return rounded;
    }

    private static BigDecimal divisor(BigDecimal value) {
        if (value.signum() == 0) {
            throw IntegerFunctions.divisionByZero();
        }
        return value;
    }

    private static BigDecimal fit(BigDecimal value, int scale) {
        BigDecimal rounded = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        BigInteger unscaled = rounded.unscaledValue();
        if (unscaled.bitLength() > SAFE_BITS && unscaled.abs().compareTo(LIMIT) >= 0) {
            throw outOfRange(rounded, DataType.MAX_PRECISION, scale);
        }
        return rounded;
    }

    static QueryException outOfRange(Object value, int precision, int scale) {
        return new QueryException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                value + " does not fit DECIMAL(" + precision + ", " + scale + "); CAST it to a type with more room");
    }
}
