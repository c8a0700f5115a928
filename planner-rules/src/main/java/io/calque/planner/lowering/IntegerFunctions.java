package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;

/** Arithmetic of SMALLINT, INTEGER and BIGINT: never wraps, truncates when it divides. Stateless. */
public final class IntegerFunctions {
    private IntegerFunctions() {}

    /** NTILE: which of so many parts the row at this place is in, both from 1; the first parts are one row larger where they differ. */
    public static int tile(long place, long rows, long parts) {
        if (parts <= 0) {
            throw new QueryException(
                    ErrorCode.INVALID_PARAMETER, "The argument of NTILE must be greater than zero, not " + parts + ".");
        }
        long size = rows / parts;
        long inLarger = rows % parts * (size + 1);
        long before = place - 1;
        return (int) (before < inLarger ? before / (size + 1) : rows % parts + (before - inLarger) / size) + 1;
    }

    public static short addSmallint(short left, short right) {
        return smallint((long) left + right);
    }

    public static int addInteger(int left, int right) {
        return integer((long) left + right);
    }

    public static long addBigint(long left, long right) {
        long sum = left + right;
        if (((left ^ sum) & (right ^ sum)) < 0) {
            throw outOfRange("BIGINT");
        }
        return sum;
    }

    public static short subtractSmallint(short left, short right) {
        return smallint((long) left - right);
    }

    public static int subtractInteger(int left, int right) {
        return integer((long) left - right);
    }

    public static long subtractBigint(long left, long right) {
        long difference = left - right;
        if (((left ^ right) & (left ^ difference)) < 0) {
            throw outOfRange("BIGINT");
        }
        return difference;
    }

    public static short multiplySmallint(short left, short right) {
        return smallint((long) left * right);
    }

    public static int multiplyInteger(int left, int right) {
        return integer((long) left * right);
    }

    public static long multiplyBigint(long left, long right) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        if (high != low >> 63) {
            throw outOfRange("BIGINT");
        }
        return low;
    }

    public static short divideSmallint(short left, short right) {
        return smallint(left / divisor(right));
    }

    public static int divideInteger(int left, int right) {
        return integer(left / divisor(right));
    }

    public static long divideBigint(long left, long right) {
        // The one quotient that does not fit: -2^63 / -1.
        if (right == -1) {
            return negateBigint(left);
        }
        return left / divisor(right);
    }

    public static short modSmallint(short left, short right) {
        return (short) (left % divisor(right));
    }

    public static int modInteger(int left, int right) {
        return (int) (left % divisor(right));
    }

    public static long modBigint(long left, long right) {
        return left % divisor(right);
    }

    public static short negateSmallint(short value) {
        return smallint(-(long) value);
    }

    public static int negateInteger(int value) {
        return integer(-(long) value);
    }

    public static long negateBigint(long value) {
        if (value == Long.MIN_VALUE) {
            throw outOfRange("BIGINT");
        }
        return -value;
    }

    public static short absSmallint(short value) {
        return value < 0 ? negateSmallint(value) : value;
    }

    public static int absInteger(int value) {
        return value < 0 ? negateInteger(value) : value;
    }

    public static long absBigint(long value) {
        return value < 0 ? negateBigint(value) : value;
    }

    /** Narrows; also the cast of a wider integer. */
    public static short smallint(long value) {
        if ((short) value != value) {
            throw outOfRange(value, "SMALLINT");
        }
        return (short) value;
    }

    /** Narrows; also the cast of a wider integer. */
    public static int integer(long value) {
        if ((int) value != value) {
            throw outOfRange(value, "INTEGER");
        }
        return (int) value;
    }

    /** Widens: every integer fits. */
    public static long bigint(long value) {
        return value;
    }

    private static long divisor(long value) {
        if (value == 0) {
            throw divisionByZero();
        }
        return value;
    }

    static QueryException divisionByZero() {
        return new QueryException(ErrorCode.DIVISION_BY_ZERO, "Division by zero");
    }

    static QueryException outOfRange(Object value, String type) {
        return new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, value + " is out of range for " + type);
    }

    private static QueryException outOfRange(String type) {
        return new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "A result is out of range for " + type);
    }
}
