package io.calque.nl2plan.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The name most likely meant: the smallest edit distance (Levenshtein, 1965) that is at most a third of its length. */
public final class NearestName {
    private NearestName() {}

    public static Optional<String> of(String written, Collection<String> names) {
        String folded = written.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, (folded.length() + 1) / 3);
        return names.stream()
                .filter(name -> distance(folded, name.toLowerCase(Locale.ROOT)) <= allowed)
                .min(Comparator.<String>comparingInt(name -> distance(folded, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Compares the last part alone: people forget the schema before they misspell it. */
    public static Optional<String> ofTable(String written, Collection<String> dotted) {
        String last = last(written);
        return of(last, dotted.stream().map(NearestName::last).toList())
                .flatMap(near ->
                        dotted.stream().filter(d -> last(d).equals(near)).findFirst());
    }

    private static String last(String dotted) {
        return dotted.substring(dotted.lastIndexOf('.') + 1);
    }

    /** How many letters have to be added, left out or changed to make one of the other. */
    public static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(Math.min(row[j - 1], previous[j]) + 1, change);
            }
            previous = row;
        }
        return previous[b.length()];
    }
}
