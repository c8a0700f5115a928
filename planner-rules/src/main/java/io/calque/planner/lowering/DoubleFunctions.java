package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;

/**
 * Arithmetic and comparison of REAL and DOUBLE: IEEE 754, except that overflow and division by zero are errors and NaN has a place in
 * the order, as in PostgreSQL. Stateless.
 */
public final class DoubleFunctions {
    private DoubleFunctions() {}

    public static double addDouble(double left, double right) {
        return finite(left + right, left, right);
    }

    public static double subtractDouble(double left, double right) {
        return finite(left - right, left, right);
    }

    public static double multiplyDouble(double left, double right) {
        return finite(left * right, left, right);
    }

    public static double divideDouble(double left, double right) {
        return finite(left / divisor(right), left, right);
    }

    public static float addReal(float left, float right) {
        return finite(left + right, left, right);
    }

    public static float subtractReal(float left, float right) {
        return finite(left - right, left, right);
    }

    public static float multiplyReal(float left, float right) {
        return finite(left * right, left, right);
    }

    public static float divideReal(float left, float right) {
        return finite(left / (float) divisor(right), left, right);
    }

    /** Grouping and joins tell values apart by their bits, but -0.0 equals 0.0. */
    public static double positiveZero(double value) {
        return value == 0 ? 0.0 : value;
    }

    public static float positiveRealZero(float value) {
        return value == 0 ? 0.0f : value;
    }

    /** NaN equals itself. */
    public static boolean equalDouble(double left, double right) {
        return left == right || Double.isNaN(left) && Double.isNaN(right);
    }

    public static boolean unequalDouble(double left, double right) {
        return !equalDouble(left, right);
    }

    /** NaN is above all numbers. */
    public static boolean lessDouble(double left, double right) {
        return left < right || Double.isNaN(right) && !Double.isNaN(left);
    }

    public static boolean lessOrEqualDouble(double left, double right) {
        return left <= right || Double.isNaN(right);
    }

    public static boolean greaterDouble(double left, double right) {
        return lessDouble(right, left);
    }

    public static boolean greaterOrEqualDouble(double left, double right) {
        return lessOrEqualDouble(right, left);
    }

    /** A number that is ordered as {@code value} is: NaN above all, -0.0 as 0.0. */
    public static long toDoubleKey(double value) {
        long bits = Double.doubleToLongBits(positiveZero(value));
        return bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
    }

    public static double fromDoubleKey(long key) {
        return Double.longBitsToDouble(key ^ ((key >> (Long.SIZE - 1)) & Long.MAX_VALUE));
    }

    public static float fromRealKey(long key) {
        return (float) fromDoubleKey(key);
    }

    private static double divisor(double value) {
        if (value == 0) {
            throw IntegerFunctions.divisionByZero();
        }
        return value;
    }

    private static double finite(double result, double left, double right) {
        if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
            throw outOfRange("DOUBLE");
        }
        return result;
    }

    private static float finite(float result, float left, float right) {
        if (Float.isInfinite(result) && !Float.isInfinite(left) && !Float.isInfinite(right)) {
            throw outOfRange("REAL");
        }
        return result;
    }

    private static QueryException outOfRange(String type) {
        return new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "A result is out of range for " + type);
    }
}
