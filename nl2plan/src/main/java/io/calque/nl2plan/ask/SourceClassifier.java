package io.calque.nl2plan.ask;

import io.calque.spi.SourceId;
import io.calque.spi.question.SchemaMatch;
import io.calque.spi.question.SourceNeed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which sources a question needs: those of its plan; where it has none, those that hold what its words name best. Stateless. */
final class SourceClassifier {
    private static final int TOLD = 5;
    /** A source that matches less than this share of the best is not needed. */
    private static final double NEAR_BEST = 0.6;
    /** A name that is said in so much of its words is meant. */
    private static final double SURE = 0.85;
    /** A match of at least this share of the best explains the words, too. */
    private static final double AS_GOOD = 0.75;
    /** How sure a reading is that was not answered. */
    private static final double GUESSED = 0.5;

    private SourceClassifier() {}

    /**
     * @param planned sources of the plan; empty where there is none
     * @param evidence of the plan
     */
    static List<SourceNeed> classify(
            List<SchemaMatch> matches, List<SourceId> planned, double confidence, List<String> evidence) {
        Map<SourceId, Map<String, SchemaMatch>> bySource = new LinkedHashMap<>();
        planned.forEach(source -> bySource.put(source, new LinkedHashMap<>()));
        for (SchemaMatch match : matches) {
            bySource.computeIfAbsent(match.source(), s -> new LinkedHashMap<>())
                    .merge(match.words(), match, (a, b) -> a.score() >= b.score() ? a : b);
        }
        double best = bySource.values().stream()
                .mapToDouble(SourceClassifier::sum)
                .max()
                .orElse(1);
        List<SourceNeed> needs = new ArrayList<>();
        bySource.forEach((source, own) -> {
            double share = best == 0 ? 0 : sum(own) / best;
            boolean needed = planned.isEmpty() ? share >= NEAR_BEST : planned.contains(source);
            List<String> told = new ArrayList<>();
            if (planned.contains(source)) {
                evidence.stream().filter(e -> names(e, source)).forEach(told::add);
            }
            own.values().stream()
                    .sorted(Comparator.comparingDouble(SchemaMatch::score).reversed())
                    .map(m -> m.kind() + " " + m.element() + " ('" + m.words() + "')")
                    .forEach(told::add);
            double score = planned.isEmpty() ? share / 2 : needed ? confidence : share * (1 - confidence);
            needs.add(new SourceNeed(source, needed, Math.min(1, score), told.subList(0, Math.min(TOLD, told.size()))));
        });
        needs.sort(Comparator.comparing(SourceNeed::needed)
                .thenComparing(SourceNeed::score)
                .reversed()
                .thenComparing(SourceNeed::source));
        return needs;
    }

    /**
     * Of a question that has no plan: the sources of the nearest reading, and those that alone hold something it leaves unread; where there
     * is no reading, those that hold what its words name best.
     *
     * @param nearest sources of what was understood of it
     */
    static List<SourceNeed> guess(List<SchemaMatch> matches, List<SourceId> nearest) {
        if (nearest.isEmpty()) {
            return classify(matches, List.of(), 0, List.of());
        }
        Map<String, SchemaMatch> best = new LinkedHashMap<>();
        Map<String, Double> explained = new LinkedHashMap<>();
        for (SchemaMatch match : matches) {
            best.merge(match.words(), match, (a, b) -> a.score() >= b.score() ? a : b);
            if (nearest.contains(match.source())) {
                explained.merge(match.words(), match.score(), Math::max);
            }
        }
        List<SourceId> needed = new ArrayList<>(nearest);
        best.forEach((words, match) -> {
            boolean unread = explained.getOrDefault(words, 0.0) < AS_GOOD * match.score();
            if (match.score() >= SURE && unread && !needed.contains(match.source())) {
                needed.add(match.source());
            }
        });
        return classify(matches, needed, GUESSED, List.of());
    }

    private static boolean names(String evidence, SourceId source) {
        return Arrays.stream(evidence.split("[ ':]")).anyMatch(w -> w.startsWith(source.value() + "."));
    }

    private static double sum(Map<String, SchemaMatch> matches) {
        return matches.values().stream().mapToDouble(SchemaMatch::score).sum();
    }
}
