package io.calque.planner.lowering;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Whether a value stands in a long list of constants. Stateless.
 *
 * <p>The list is one text, sorted, so that generated code holds it as a constant and finds a value by halving: as a chain of comparisons, a thousand
 * constants take minutes to plan and do not fit a Java method.
 */
public final class MemberFunctions {
    /** Hexadecimal digits of a long, and of an offset. */
    private static final int LONG_DIGITS = 16;

    private static final int OFFSET_DIGITS = 5;

    /** A constant in a class file has at most 65,535 bytes of UTF-8, three for a character at worst. */
    private static final int MAX_CHARACTERS = 20_000;

    private MemberFunctions() {}

    /** The sorted lists that hold {@code values}, each short enough for one constant. */
    static List<String> encodeLongs(List<Long> values) {
        TreeSet<Long> sorted = new TreeSet<>(values);
        List<String> lists = new ArrayList<>();
        StringBuilder list = new StringBuilder();
        for (long value : sorted) {
            if (list.length() + LONG_DIGITS > MAX_CHARACTERS) {
                lists.add(list.toString());
                list.setLength(0);
            }
            list.append(key(value));
        }
        lists.add(list.toString());
        return lists;
    }

    public static boolean memberNumber(long value, String list) {
        String key = key(value);
        int low = 0;
        int high = list.length() / LONG_DIGITS - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = list.substring(middle * LONG_DIGITS, (middle + 1) * LONG_DIGITS)
                    .compareTo(key);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Digits in the order of the signed values. */
    private static String key(long value) {
        String digits = Long.toHexString(value ^ Long.MIN_VALUE);
        return "0".repeat(LONG_DIGITS - digits.length()) + digits;
    }

    /** As {@link #encodeLongs}: the count, the offset where each text ends, then the texts. */
    static List<String> encodeTexts(List<String> values) {
        List<String> lists = new ArrayList<>();
        List<String> part = new ArrayList<>();
        int length = 0;
        for (String value : new TreeSet<>(values)) {
            if (!part.isEmpty() && length + value.length() + OFFSET_DIGITS > MAX_CHARACTERS) {
                lists.add(encoded(part));
                part.clear();
                length = 0;
            }
            part.add(value);
            length += value.length() + OFFSET_DIGITS;
        }
        lists.add(encoded(part));
        return lists;
    }

    private static String encoded(List<String> sorted) {
        StringBuilder list = new StringBuilder(offset(sorted.size()));
        int end = 0;
        for (String value : sorted) {
            end += value.length();
            list.append(offset(end));
        }
        sorted.forEach(list::append);
        return list.toString();
    }

    private static String offset(int value) {
        return String.format("%0" + OFFSET_DIGITS + "x", value);
    }

    public static boolean memberText(String value, String list) {
        int count = offsetAt(list, 0);
        int texts = (count + 1) * OFFSET_DIGITS;
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int from = middle == 0 ? 0 : offsetAt(list, middle);
            int order = list.substring(texts + from, texts + offsetAt(list, middle + 1))
                    .compareTo(value);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    private static int offsetAt(String list, int index) {
        return Integer.parseInt(list, index * OFFSET_DIGITS, (index + 1) * OFFSET_DIGITS, 16);
    }

    /** Of a list of {@link #canonical} texts. */
    public static boolean memberDecimal(BigDecimal value, String list) {
        return memberText(canonical(value), list);
    }

    /** One text for each value, whatever its scale. */
    static String canonical(BigDecimal value) {
        return value.stripTrailingZeros().toPlainString();
    }
}
