package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Text by Unicode code point, without padding; positions count from 1. Stateless. */
public final class TextFunctions {
    /** Longer results are refused: a slip in a count must not take all memory. */
    private static final int MAX_LENGTH = 100_000_000;

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

    public static boolean like(String text, String pattern, String escape) {
        return LikePattern.matches(text, pattern, escape);
    }

    /** Both sides in lower case, one code point at a time. */
    public static boolean likeIgnoringCase(String text, String pattern, String escape) {
        return LikePattern.matches(CaseMapping.lower(text), CaseMapping.lower(pattern), CaseMapping.lower(escape));
    }

    public static String upperText(String text) {
        return CaseMapping.upper(text);
    }

    public static String lowerText(String text) {
        return CaseMapping.lower(text);
    }

    public static String initcap(String text) {
        return CaseMapping.initcap(text);
    }

    public static int textLength(String text) {
        return text.codePointCount(0, text.length());
    }

    public static int octetLength(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** At most {@code length} code points: the cast to VARCHAR(length). */
    public static String truncateText(String text, int length) {
        return text.length() <= length ? text : text.substring(0, offset(text, length));
    }

    /** From code point {@code start}; a start before the first one begins at the first. */
    public static String substringFrom(String text, int start) {
        return start <= 1 ? text : text.substring(offset(text, start - 1L));
    }

    /** The code points of {@code [start, start + length)} that exist: {@code SUBSTRING('abc' FROM 0 FOR 2)} is 'a'. */
    public static String substringFromFor(String text, int start, int length) {
        if (length < 0) {
            throw new QueryException(ErrorCode.DATA_EXCEPTION, "SUBSTRING has the negative length " + length);
        }
        long end = (long) start + length;
        if (end <= 1) {
            return "";
        }
        int from = offset(text, Math.max(start, 1) - 1L);
        return text.substring(from, Math.max(from, offset(text, end - 1)));
    }

    /** Position of the first code point of {@code part}; 0 when it is not there, 1 when it is empty. */
    public static int textPosition(String part, String text) {
        int index = text.indexOf(part);
        return index < 0 ? 0 : text.codePointCount(0, index) + 1;
    }

    public static String overlayFrom(String text, String replacement, int start) {
        return overlayFromFor(text, replacement, start, textLength(replacement));
    }

    public static String overlayFromFor(String text, String replacement, int start, int length) {
        if (start < 1) {
            throw new QueryException(ErrorCode.DATA_EXCEPTION, "OVERLAY starts at " + start + ", before the text");
        }
        return substringFromFor(text, 1, start - 1) + replacement + substringFrom(text, clamp((long) start + length));
    }

    /**
     * Cuts all leading (1), trailing (2) or both (3) code points that occur in {@code characters}.
     */
    public static String trimText(int sides, String characters, String text) {
        int from = 0;
        int to = text.length();
        while ((sides & 1) != 0 && from < to && characters.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while ((sides & 2) != 0 && from < to && characters.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    /** The first {@code count} code points; a negative count leaves out the last ones. */
    public static String leftText(String text, int count) {
        long length = textLength(text);
        return text.substring(0, offset(text, count >= 0 ? count : Math.max(0, length + count)));
    }

    /** The last {@code count} code points; a negative count leaves out the first ones. */
    public static String rightText(String text, int count) {
        long length = textLength(text);
        return text.substring(offset(text, count >= 0 ? Math.max(0, length - count) : -(long) count));
    }

    public static String padLeft(String text, int length, String fill) {
        String cut = truncateText(text, Math.max(0, length));
        return padding(cut, length, fill) + cut;
    }

    public static String padRight(String text, int length, String fill) {
        String cut = truncateText(text, Math.max(0, length));
        return cut + padding(cut, length, fill);
    }

    public static String padLeftWithBlanks(String text, int length) {
        return padLeft(text, length, " ");
    }

    public static String padRightWithBlanks(String text, int length) {
        return padRight(text, length, " ");
    }

    private static String padding(String text, int length, String fill) {
        long missing = (long) length - textLength(text);
        if (missing <= 0 || fill.isEmpty()) {
            return "";
        }
        long times = missing / textLength(fill) + 1;
        return truncateText(repeated(fill, times), (int) missing);
    }

    public static String repeatText(String text, int count) {
        return count <= 0 ? "" : repeated(text, count);
    }

    private static String repeated(String text, long count) {
        if (text.length() * count > MAX_LENGTH) {
            throw new QueryException(
                    ErrorCode.DATA_EXCEPTION, "A text of " + text.length() * count + " characters is too long");
        }
        return text.repeat((int) count);
    }

    public static String reverseText(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** Nothing is replaced where {@code part} is empty. */
    public static String replaceText(String text, String part, String replacement) {
        return part.isEmpty() ? text : text.replace(part, replacement);
    }

    /** Each code point of {@code from} becomes the one at its place in {@code to}, or goes where there is none. */
    public static String translateText(String text, String from, String to) {
        int[] sources = from.codePoints().toArray();
        int[] targets = to.codePoints().toArray();
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            int i = 0;
            while (i < sources.length && sources[i] != c) {
                i++;
            }
            if (i == sources.length) {
                translated.appendCodePoint(c);
            } else if (i < targets.length) {
                translated.appendCodePoint(targets[i]);
            }
        });
        return translated.toString();
    }

    /** Field {@code n} from 1, or from the end where it is negative; empty when there is none. */
    public static String splitPart(String text, String delimiter, int n) {
        if (n == 0) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, "SPLIT_PART counts fields from 1 or -1, not 0");
        }
        if (delimiter.isEmpty()) {
            return n == 1 || n == -1 ? text : "";
        }
        String[] parts = text.split(java.util.regex.Pattern.quote(delimiter), -1);
        int index = n > 0 ? n - 1 : parts.length + n;
        return index >= 0 && index < parts.length ? parts[index] : "";
    }

    public static boolean startsWith(String text, String prefix) {
        return text.startsWith(prefix);
    }

    /** The code point of the first character; 0 for the empty text. */
    public static int codePointOf(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    public static String characterOf(int codePoint) {
        boolean surrogate = codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
        if (codePoint <= 0 || codePoint > Character.MAX_CODE_POINT || surrogate) {
            throw new QueryException(ErrorCode.INVALID_PARAMETER, codePoint + " is no character's code point");
        }
        return Character.toString(codePoint);
    }

    /** The texts that are not NULL, joined. */
    public static @Nullable String joinTexts(@Nullable String separator, @Nullable String... texts) {
        if (separator == null) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (String text : texts) {
            if (text != null) {
                joined.append(first ? "" : separator).append(text);
                first = false;
            }
        }
        return joined.toString();
    }

    /** The UTF-16 index of code point {@code count} from 0, at most the length. */
    private static int offset(String text, long count) {
        if (count >= text.length()) {
            return text.length();
        }
        int index = 0;
        for (long i = 0; i < count && index < text.length(); i++) {
            boolean pair = Character.isHighSurrogate(text.charAt(index))
                    && index + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(index + 1));
            index += pair ? 2 : 1;
        }
        return index;
    }

    private static int clamp(long value) {
        return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
    }
}
