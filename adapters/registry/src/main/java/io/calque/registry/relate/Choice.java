package io.calque.registry.relate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses what each column refers to. A column refers to at most one key, so its keys and "none" share one probability: a key as likely
 * as another, or as none, stays below a half. Two keys of which one refers to the other are no rivals: what refers to the one may as
 * well be said to refer to the other, and is said to refer to the last of the chain unless names say otherwise. Single-threaded.
 */
final class Choice {
    private static final double NAMED = 1;

    private final Map<Column, Scored> ofKeys = new HashMap<>();

    /**
     * @param scored all pairs of each column
     * @return the chosen ones with their confidence, also those too weak to propose
     */
    List<Chosen> choose(Map<Column, List<Scored>> scored) {
        List<Chosen> chosen = new ArrayList<>();
        scored.forEach((from, pairs) -> {
            if (from.key() != KeyKind.NONE) {
                best(pairs).ifPresent(c -> ofKeys.put(from, c.scored()));
            }
        });
        // Two keys that hold nearly the same values refer to each other; only the likelier direction makes a chain.
        ofKeys.values()
                .removeAll(ofKeys.values().stream().filter(this::isBackwards).toList());
        scored.forEach((from, pairs) ->
                best(pairs).filter(c -> !isBackwards(c.scored())).ifPresent(chosen::add));
        return chosen;
    }

    /** Two keys that hold the same values refer to each other; the likelier direction counts. */
    private boolean isBackwards(Scored one) {
        Scored back = ofKeys.get(one.pair().to());
        if (back == null || !back.pair().to().is(one.pair().from())) {
            return false;
        }
        int byScore = Double.compare(back.score(), one.score());
        return byScore > 0
                || byScore == 0
                        && one.pair()
                                        .from()
                                        .tableName()
                                        .compareTo(one.pair().to().tableName())
                                < 0;
    }

    private Optional<Chosen> best(List<Scored> pairs) {
        List<Scored> ranked = pairs.stream()
                .sorted(Comparator.comparingDouble((Scored s) -> -s.score())
                        .thenComparing(s -> s.pair().to().end().toString()))
                .toList();
        if (ranked.isEmpty()) {
            return Optional.empty();
        }
        Scored first = ranked.get(0);
        for (Scored other : ranked) {
            if (chained(first, other) && first.names() < other.names() + NAMED && other.score() > 0) {
                first = other;
            }
        }
        double none = 1;
        double best = Math.exp(first.score());
        double rivals = 0;
        Optional<Scored> rival = Optional.empty();
        for (Scored other : ranked) {
            if (other == first) {
                continue;
            }
            if (chained(first, other) || chained(other, first)) {
                best = Math.max(best, Math.exp(other.score()));
                continue;
            }
            rivals += Math.exp(other.score());
            rival = rival.isPresent() ? rival : Optional.of(other);
        }
        return Optional.of(new Chosen(first, best / (none + best + rivals), rival));
    }

    /** Whether the key of one refers to the key of the other. */
    private boolean chained(Scored one, Scored other) {
        Scored next = ofKeys.get(one.pair().to());
        for (int steps = 0; next != null && next.score() > 0 && steps < 4; steps++) {
            if (next.pair().to().is(other.pair().to())) {
                return true;
            }
            next = ofKeys.get(next.pair().to());
        }
        return false;
    }

    /**
     * @param rival the likeliest other key
     */
    record Chosen(Scored scored, double confidence, Optional<Scored> rival) {}
}
