package io.calque.registry.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Pairs what went with what came, each at most once, the most likely pairs first. Stateless. */
final class RenamePairs {
    /** Below, what speaks against a rename weighs as much as what speaks for it. */
    static final double LEAST_SCORE = 0.5;

    private RenamePairs() {}

    /**
     * @param evidence of one pair; empty where it cannot be a rename
     * @return in the order of {@code gone}
     */
    static <T> List<Pair<T>> of(List<T> gone, List<T> come, BiFunction<T, T, Optional<RenameEvidence>> evidence) {
        List<Pair<T>> candidates = new ArrayList<>();
        for (T former : gone) {
            for (T now : come) {
                evidence.apply(former, now)
                        .filter(e -> e.score() >= LEAST_SCORE)
                        .ifPresent(e -> candidates.add(new Pair<>(former, now, e)));
            }
        }
        candidates.sort(
                Comparator.comparingDouble((Pair<T> p) -> p.evidence().score()).reversed());
        Set<T> taken = new HashSet<>();
        List<Pair<T>> chosen = new ArrayList<>();
        for (Pair<T> pair : candidates) {
            if (!taken.contains(pair.former()) && !taken.contains(pair.now())) {
                taken.add(pair.former());
                taken.add(pair.now());
                chosen.add(pair);
            }
        }
        chosen.sort(Comparator.comparingInt(p -> gone.indexOf(p.former())));
        return chosen;
    }

    /** 0 for nothing in common, 1 for the same name: the share of letters that need no edit, without case. */
    static double likeness(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int longer = Math.max(a.length(), b.length());
        return longer == 0 ? 1 : 1 - (double) distance(a, b) / longer;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(previous[j], row[j - 1]) + 1);
            }
            previous = row;
        }
        return previous[b.length()];
    }

    /** @param evidence why {@code now} may be {@code former} under another name */
    record Pair<T>(T former, T now, RenameEvidence evidence) {}
}
