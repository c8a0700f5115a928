package io.calque.jdbc.pool;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a person probably meant. */
final class NearestName {
    private static final int MOST_EDITS = 3;

    private NearestName() {}

    /** The known name that the fewest single-character edits lead to; empty when none is near. */
    static Optional<String> of(String typed, Collection<String> known) {
        String nearest = "";
        int fewest = MOST_EDITS + 1;
        for (String name : known) {
            int edits = edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                nearest = name;
            }
        }
        return fewest > MOST_EDITS ? Optional.empty() : Optional.of(nearest);
    }

    /** Levenshtein's distance. */
    private static int edits(String from, String to) {
        int[] previous = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = row;
        }
        return previous[to.length()];
    }
}
