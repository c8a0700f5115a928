package io.calque.registry.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What speaks for two names meaning one thing. Immutable.
 *
 * @param score 0 to 1: the weight of what agrees, as a share of all that could be compared
 * @param reasons what agrees, for people, weightiest first
 */
public record RenameEvidence(double score, List<String> reasons) {
    public RenameEvidence {
        reasons = List.copyOf(reasons);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "score %.2f: %s", score, String.join(", ", reasons));
    }

    /** Collects agreement and disagreement. Single-threaded. */
    static final class Scale {
        private final ArrayList<Weighed> agreeing = new ArrayList<>();
        private double compared;

        /** {@code weight} for the candidate when {@code agrees}, against it otherwise. */
        Scale weigh(double weight, boolean agrees, String reason) {
            return weighShare(weight, agrees ? 1 : 0, reason);
        }

        /** A part of {@code weight}, by how far the two agree. */
        Scale weighShare(double weight, double share, String reason) {
            compared += weight;
            if (share > 0) {
                agreeing.add(new Weighed(weight * share, reason));
            }
            return this;
        }

        RenameEvidence evidence() {
            double sum = agreeing.stream().mapToDouble(Weighed::weight).sum();
            List<String> reasons = agreeing.stream()
                    .sorted(Comparator.comparingDouble(Weighed::weight).reversed())
                    .map(Weighed::reason)
                    .toList();
            return new RenameEvidence(compared == 0 ? 0 : sum / compared, reasons);
        }

        private record Weighed(double weight, String reason) {}
    }
}
