package io.calque.app.format;

import org.jline.utils.WCWidth;

/** Text as it stands in one line of a terminal. */
public final class Cell {
    private static final String ELLIPSIS = "…";

    private Cell() {}

    /**
     * One line without anything that moves the cursor: control characters and marks that turn the writing direction are
     * spelled out, so that a value cannot disturb the screen.
     */
    public static String oneLine(String text) {
        if (text.codePoints().noneMatch(Cell::disturbs)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length() + 8);
        text.codePoints().forEach(point -> {
            switch (point) {
                case '\n' -> clean.append("\\n");
                case '\r' -> clean.append("\\r");
                case '\t' -> clean.append("\\t");
                default -> {
                    if (disturbs(point)) {
                        clean.append("\\u%04x".formatted(point));
                    } else {
                        clean.appendCodePoint(point);
                    }
                }
            }
        });
        return clean.toString();
    }

    /** How many columns of a terminal the text takes. */
    public static int width(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += Math.max(0, WCWidth.wcwidth(text.codePointAt(i)));
        }
        return width;
    }

    /** At most {@code width} columns, with an ellipsis where something is missing. */
    public static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        int taken = 0;
        int end = 0;
        while (end < text.length()) {
            int point = text.codePointAt(end);
            int next = taken + Math.max(0, WCWidth.wcwidth(point));
            if (next > width - 1) {
                break;
            }
            taken = next;
            end += Character.charCount(point);
        }
        return text.substring(0, end) + ELLIPSIS;
    }

    private static boolean disturbs(int point) {
        return Character.isISOControl(point)
                || (point >= 0x202A && point <= 0x202E)
                || (point >= 0x2066 && point <= 0x2069)
                || point == 0x2028
                || point == 0x2029;
    }
}
