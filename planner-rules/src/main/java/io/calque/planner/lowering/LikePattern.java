package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;

/**
 * LIKE: % stands for any text, _ for one code point; nothing is compiled, so that a pattern from a column costs no more than a constant one.
 * Single-threaded, one per match.
 */
final class LikePattern {
    /** No code point. */
    private static final int NONE = -1;

    private final String text;
    private final String pattern;
    private final int escape;

    private LikePattern(String text, String pattern, int escape) {
        this.text = text;
        this.pattern = pattern;
        this.escape = escape;
    }

    /**
     * @param escape one code point, or empty for none
     * @throws QueryException INVALID_PATTERN for a longer escape, or a pattern that ends with it
     */
    static boolean matches(String text, String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw new QueryException(ErrorCode.INVALID_PATTERN, "ESCAPE '" + escape + "' is longer than one character");
        }
        return new LikePattern(text, pattern, escape.isEmpty() ? NONE : escape.codePointAt(0)).matches();
    }

    /** Greedy with one point to fall back to: a later % makes every earlier one settled. */
    private boolean matches() {
        int t = 0;
        int p = 0;
        int retryText = NONE;
        int retryPattern = NONE;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '%' && escape != '%') {
                retryPattern = ++p;
                retryText = t;
                continue;
            }
            int step = p < pattern.length() ? step(t, p) : NONE;
            if (step != NONE) {
                t += Character.charCount(text.codePointAt(t));
                p += step;
            } else if (retryPattern != NONE) {
                retryText += Character.charCount(text.codePointAt(retryText));
                t = retryText;
                p = retryPattern;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '%' && escape != '%') {
            p++;
        }
        return p == pattern.length();
    }

    /** How many units of the pattern at {@code p} match the code point at {@code t}; NONE when they do not. */
    private int step(int t, int p) {
        int wanted = pattern.codePointAt(p);
        int length = Character.charCount(wanted);
        if (wanted == escape) {
            if (p + length == pattern.length()) {
                throw new QueryException(
                        ErrorCode.INVALID_PATTERN, "LIKE pattern '" + pattern + "' ends with its escape character");
            }
            wanted = pattern.codePointAt(p + length);
            length += Character.charCount(wanted);
        } else if (wanted == '_') {
            return length;
        }
        return text.codePointAt(t) == wanted ? length : NONE;
    }
}
