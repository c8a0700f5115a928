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

    private static boolean names(String evidence, SourceId source) {
        return Arrays.stream(evidence.split("[ ':]")).anyMatch(w -> w.startsWith(source.value() + "."));
    }

    private static double sum(Map<String, SchemaMatch> matches) {
        return matches.values().stream().mapToDouble(SchemaMatch::score).sum();
    }
}
