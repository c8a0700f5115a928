package io.calque.jdbc.cursor;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;

/** What messages say of values that a column's type cannot hold. */
public final class Values {
    private static final int SHOWN = 60;

    private Values() {}

    /** A value as a message quotes it: no longer than a line. */
    public static String shown(String value) {
        int end = value.length() <= SHOWN
                ? value.length()
                : value.offsetByCodePoints(0, Math.min(SHOWN, value.codePointCount(0, value.length())));
        String line = end < value.length() ? value.substring(0, end) + "..." : value;
        return "'" + line.replace("\0", "\\0") + "'";
    }

    public static QueryException invalid(String label, String value, DataType type) {
        return new QueryException(
                ErrorCode.SOURCE_VALUE_INVALID,
                label + " holds " + shown(value) + ", which is no " + type + wayOut(label, type));
    }

    public static QueryException outOfRange(String label, String value, DataType type) {
        return new QueryException(
                ErrorCode.NUMERIC_OUT_OF_RANGE,
                label + " holds " + shown(value) + ", which does not fit " + type + wayOut(label, type));
    }

    public static QueryException outsideCalendar(String label, String value, DataType type) {
        return new QueryException(
                ErrorCode.DATETIME_OUT_OF_RANGE,
                label + " holds " + shown(value) + "; dates and times from year 1 to year 9999 are supported"
                        + wayOut(label, type));
    }

    /** Every stored value has a text, and what is text already has bytes. A computed column has no option of its own. */
    private static String wayOut(String label, DataType type) {
        if (!label.contains(".")) {
            return "";
        }
        boolean text = type.kind() != TypeKind.VARCHAR && type.kind() != TypeKind.VARBINARY;
        return text
                ? ". Read it as text with the source's option 'type." + label + ": VARCHAR'"
                : ". Read its bytes with the source's option 'type." + label + ": VARBINARY'";
    }
}
