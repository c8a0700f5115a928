package io.calque.planner.lowering;

/**
 * Text in the order of Unicode code points, which is also the order of its UTF-8 bytes and of {@code COLLATE "C"}.
 *
 * <p>Java's own order compares UTF-16 units and puts U+1F600 (units D83D DE00) below U+FFFD. Stateless.
 */
public final class CodePoints {
    private CodePoints() {}

    public static int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /**
     * A text whose plain UTF-16 order is the code point order of {@code text}; {@link #fromSortKey} turns it back.
     *
     * <p>Lets stock operators (MIN, MAX, window order) compare with {@code String.compareTo} and still be right.
     */
    public static String toSortKey(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= Character.MIN_SURROGATE) {
                return shifted(text, i, true);
            }
        }
        return text;
    }

    public static String fromSortKey(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (key.charAt(i) >= Character.MIN_SURROGATE) {
                return shifted(key, i, false);
            }
        }
        return key;
    }

    private static String shifted(String text, int from, boolean toKey) {
        char[] units = text.toCharArray();
        for (int i = from; i < units.length; i++) {
            units[i] = (char) (toKey ? rank(units[i]) : unit(units[i]));
        }
        return new String(units);
    }

    /** Moves the surrogates (D800 to DFFF) above the rest of the units (E000 to FFFF), which slides down. */
    private static int rank(char unit) {
        if (unit < Character.MIN_SURROGATE) {
            return unit;
        }
        return unit <= Character.MAX_SURROGATE ? unit + 0x2000 : unit - 0x800;
    }

    private static int unit(char rank) {
        if (rank < Character.MIN_SURROGATE) {
            return rank;
        }
        return rank >= 0xF800 ? rank - 0x2000 : rank + 0x800;
    }
}
