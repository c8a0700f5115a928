package io.calque.planner.lowering;

import io.calque.planner.types.Article;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Casts between numbers, booleans and text: what does not fit or cannot be read is an error, never a wrapped or zero value. Stateless.
 *
 * <p>Named {@code <from>To<To>}; dates and times are in {@link TimeCasts}.
 */
public final class CastFunctions {
    /** Decimal digits that a DOUBLE surely holds; PostgreSQL casts DOUBLE to numeric through that many. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

    private static final MathContext REAL_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private CastFunctions() {}

    public static short textToSmallint(String text) {
        return (short) NumberText.parseInteger(text, "SMALLINT", Short.MIN_VALUE, Short.MAX_VALUE);
    }

    public static int textToInteger(String text) {
        return (int) NumberText.parseInteger(text, "INTEGER", Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static long textToBigint(String text) {
        return NumberText.parseInteger(text, "BIGINT", Long.MIN_VALUE, Long.MAX_VALUE);
    }

    public static BigDecimal textToDecimal(String text, int precision, int scale) {
        return DecimalFunctions.decimal(NumberText.parseDecimal(text, "DECIMAL"), precision, scale);
    }

    public static double textToDouble(String text) {
        return NumberText.parseDouble(text);
    }

    public static float textToReal(String text) {
        return NumberText.parseReal(text);
    }

    public static boolean textToBoolean(String text) {
        return NumberText.parseBoolean(text);
    }

    public static short decimalToSmallint(BigDecimal value) {
        return IntegerFunctions.smallint(whole(value, "SMALLINT"));
    }

    public static int decimalToInteger(BigDecimal value) {
        return IntegerFunctions.integer(whole(value, "INTEGER"));
    }

    public static long decimalToBigint(BigDecimal value) {
        return whole(value, "BIGINT");
    }

    private static long whole(BigDecimal value, String type) {
        try {
            return value.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw IntegerFunctions.outOfRange(value.toPlainString(), type);
        }
    }

    public static short doubleToSmallint(double value) {
        return IntegerFunctions.smallint(whole(value, "SMALLINT"));
    }

    public static int doubleToInteger(double value) {
        return IntegerFunctions.integer(whole(value, "INTEGER"));
    }

    public static long doubleToBigint(double value) {
        return whole(value, "BIGINT");
    }

    /** Halves go to the even neighbour, as PostgreSQL's rint() does. */
    private static long whole(double value, String type) {
        double rounded = Math.rint(value);
        // 2^63 itself is a double and does not fit.
        if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
            throw IntegerFunctions.outOfRange(NumberText.format(value), type);
        }
        return (long) rounded;
    }

    public static BigDecimal integerToDecimal(long value, int precision, int scale) {
        return DecimalFunctions.decimal(BigDecimal.valueOf(value), precision, scale);
    }

    public static BigDecimal doubleToDecimal(double value, int precision, int scale) {
        return approximate(value, DOUBLE_DIGITS, precision, scale);
    }

    public static BigDecimal realToDecimal(float value, int precision, int scale) {
        return approximate(value, REAL_DIGITS, precision, scale);
    }

    private static BigDecimal approximate(double value, MathContext digits, int precision, int scale) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw DecimalFunctions.outOfRange(NumberText.format(value), precision, scale);
        }
        return DecimalFunctions.decimal(new BigDecimal(value).round(digits), precision, scale);
    }

    public static double decimalToDouble(BigDecimal value) {
        return value.doubleValue();
    }

    public static float decimalToReal(BigDecimal value) {
        return value.floatValue();
    }

    public static double integerToDouble(long value) {
        return (double) value;
    }

    public static float integerToReal(long value) {
        return (float) value;
    }

    public static double realToDouble(float value) {
        return value;
    }

    public static float doubleToReal(double value) {
        float real = (float) value;
        boolean overflow = Float.isInfinite(real) && !Double.isInfinite(value);
        boolean underflow = real == 0 && value != 0;
        if (overflow || underflow) {
            throw IntegerFunctions.outOfRange(NumberText.format(value), "REAL");
        }
        return real;
    }

    public static boolean integerToBoolean(long value) {
        return value != 0;
    }

    public static short booleanToSmallint(boolean value) {
        return (short) (value ? 1 : 0);
    }

    public static int booleanToInteger(boolean value) {
        return value ? 1 : 0;
    }

    public static long booleanToBigint(boolean value) {
        return value ? 1 : 0;
    }

    public static String integerToText(long value) {
        return Long.toString(value);
    }

    public static String decimalToText(BigDecimal value) {
        return value.toPlainString();
    }

    public static String doubleToText(double value) {
        return NumberText.format(value);
    }

    public static String realToText(float value) {
        return NumberText.format(value);
    }

    public static String booleanToText(boolean value) {
        return value ? "true" : "false";
    }

    /** Raised where a plan holds a cast between kinds that have nothing to say to each other. */
    static QueryException unsupported(Object from, Object to) {
        return new QueryException(
                ErrorCode.TYPE_MISMATCH, Article.beginning(String.valueOf(from)) + " cannot be cast to " + to);
    }
}
