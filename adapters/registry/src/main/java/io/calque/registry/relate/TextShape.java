package io.calque.registry.relate;

import java.util.Locale;

/**
 * What texts of a column look like, to tell how likely one would be another column's by chance. Immutable.
 *
 * @param prefix what all values begin with
 * @param shortest length
 * @param longest length
 * @param alphabet how many characters may stand where the values differ
 */
record TextShape(String prefix, int shortest, int longest, int alphabet) {
    static final TextShape NONE = new TextShape("", 0, 0, 0);
    private static final int DIGITS = 10;
    private static final int HEXADECIMAL = 16;
    private static final int LETTERS = 26;
    private static final int ANY = 36;
    private static final int LONG_ENOUGH = 12;

    /** Natural logarithm of how many different texts of this shape there could be. */
    double logSpace() {
        int open = Math.min(LONG_ENOUGH, Math.max(1, (shortest + longest + 1) / 2 - prefix.length()));
        return open * Math.log(Math.max(2, alphabet));
    }

    /** Long values of hexadecimal digits: UUIDs, ObjectIds, digests. Nobody meets one by chance. */
    boolean isRandomIdentifier() {
        return alphabet <= HEXADECIMAL && alphabet > DIGITS && shortest >= 24 && shortest == longest;
    }

    /** Whether values of one could be values of the other at all. */
    boolean mayHold(TextShape other) {
        return other.longest <= longest
                && other.shortest >= shortest
                && (prefix.isEmpty() || other.prefix.startsWith(prefix));
    }

    /** Collects values into a shape. Single-threaded. */
    static final class Builder {
        private String prefix = "";
        private boolean any;
        private int shortest = Integer.MAX_VALUE;
        private int longest;
        private boolean letters;
        private boolean digits;
        private boolean beyondF;
        private boolean other;

        void add(String value) {
            if (!any) {
                prefix = value;
                any = true;
            }
            int common = 0;
            while (common < Math.min(prefix.length(), value.length())
                    && prefix.charAt(common) == value.charAt(common)) {
                common++;
            }
            prefix = common == prefix.length() ? prefix : prefix.substring(0, common);
            shortest = Math.min(shortest, value.length());
            longest = Math.max(longest, value.length());
            for (int i = common; i < value.length(); i++) {
                look(value.charAt(i));
            }
        }

        private void look(char c) {
            if (c >= '0' && c <= '9') {
                digits = true;
            } else if (Character.isLetter(c)) {
                letters = true;
                beyondF |= String.valueOf(c).toLowerCase(Locale.ROOT).charAt(0) > 'f';
            } else {
                other |= c != '-';
            }
        }

        TextShape build() {
            if (!any) {
                return NONE;
            }
            int alphabet = !letters && !other
                    ? DIGITS
                    : !beyondF && digits && !other ? HEXADECIMAL : digits || other ? ANY : LETTERS;
            return new TextShape(prefix, shortest, longest, alphabet);
        }
    }
}
