package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** Numbers and booleans to text and back, as PostgreSQL writes and reads them. Stateless. */
final class NumberText {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,6})?");

    private NumberText() {}

    static long parseInteger(String text, String type, long min, long max) {
        String trimmed = trim(text);
        if (!INTEGER.matcher(trimmed).matches()) {
            throw invalid(text, type);
        }
        try {
            long value = Long.parseLong(trimmed);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Only digits, so it has too many of them: falls through to the range error.
        }
        throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "'" + text + "' is out of range for " + type);
    }

    static BigDecimal parseDecimal(String text, String type) {
        String trimmed = trim(text);
        if (!DECIMAL.matcher(trimmed).matches()) {
            throw invalid(text, type);
        }
        BigDecimal value = new BigDecimal(trimmed);
        // Writing out 1e900000 would take memory, not time.
        if (value.signum() != 0 && value.precision() - (long) value.scale() > 400) {
            throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "'" + text + "' is out of range for " + type);
        }
        return value;
    }

    static double parseDouble(String text) {
        double value = parseApproximate(text, "DOUBLE");
        if (Double.isInfinite(value) && DECIMAL.matcher(trim(text)).matches()) {
            throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "'" + text + "' is out of range for DOUBLE");
        }
        return value;
    }

    static float parseReal(String text) {
        String trimmed = trim(text);
        if (!DECIMAL.matcher(trimmed).matches()) {
            return (float) parseApproximate(text, "REAL");
        }
        float value = Float.parseFloat(trimmed);
        if (Float.isInfinite(value)) {
            throw new QueryException(ErrorCode.NUMERIC_OUT_OF_RANGE, "'" + text + "' is out of range for REAL");
        }
        return value;
    }

    private static double parseApproximate(String text, String type) {
        String trimmed = trim(text);
        if (DECIMAL.matcher(trimmed).matches()) {
            return Double.parseDouble(trimmed);
        }
        return switch (CaseMapping.lower(trimmed)) {
            case "nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> throw invalid(text, type);
        };
    }

    /** The shortest digits that read back as {@code value}; from 1e15 and below 1e-4 with an exponent. */
    static String format(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Infinity" : "-Infinity";
        }
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 15; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (digits == 17 || rounded.doubleValue() == value) {
                return general(rounded, 15);
            }
        }
    }

    /** As {@link #format(double)}; the exponent begins at 1e6. */
    static String format(float value) {
        if (Float.isNaN(value) || Float.isInfinite(value) || value == 0) {
            return format((double) value);
        }
        BigDecimal exact = new BigDecimal(value);
        for (int digits = 6; ; digits++) {
            BigDecimal rounded = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (digits == 9 || rounded.floatValue() == value) {
                return general(rounded, 6);
            }
        }
    }

    private static String general(BigDecimal value, int exponentFrom) {
        BigDecimal shortest = value.stripTrailingZeros();
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= -4 && exponent < exponentFrom) {
            return shortest.toPlainString();
        }
        String digits = shortest.unscaledValue().abs().toString();
        String sign = shortest.signum() < 0 ? "-" : "";
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String magnitude = (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        return sign + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + magnitude;
    }

    /** Any prefix that tells true, yes, on, 1 from false, no, off, 0. */
    static boolean parseBoolean(String text) {
        return switch (CaseMapping.lower(trim(text))) {
            case "t", "tr", "tru", "true", "y", "ye", "yes", "on", "1" -> true;
            case "f", "fa", "fal", "fals", "false", "n", "no", "of", "off", "0" -> false;
            default -> throw invalid(text, "BOOLEAN");
        };
    }

    /** Only the blanks that PostgreSQL skips: space, tab, line feed, vertical tab, form feed, carriage return. */
    static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    static QueryException invalid(String text, String type) {
        return new QueryException(ErrorCode.INVALID_CAST, "'" + text + "' is not a valid " + type);
    }
}
