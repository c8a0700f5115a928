package io.calque.planner.lowering;

/** Text by Unicode code point, without padding. Stateless. */
public final class TextFunctions {
    private TextFunctions() {}

    public static boolean textLess(String left, String right) {
        return CodePoints.compare(left, right) < 0;
    }

    public static boolean textLessOrEqual(String left, String right) {
        return CodePoints.compare(left, right) <= 0;
    }

    public static boolean textGreater(String left, String right) {
        return CodePoints.compare(left, right) > 0;
    }

    public static boolean textGreaterOrEqual(String left, String right) {
        return CodePoints.compare(left, right) >= 0;
    }

    public static String toSortKey(String text) {
        return CodePoints.toSortKey(text);
    }

    public static String fromSortKey(String key) {
        return CodePoints.fromSortKey(key);
    }

    /** At most {@code length} code points: the cast to VARCHAR(length). */
    public static String truncateText(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = 0;
        for (int i = 0; i < length && end < text.length(); i++) {
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end);
    }
}
