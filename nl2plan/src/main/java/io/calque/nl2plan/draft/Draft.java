package io.calque.nl2plan.draft;

import io.calque.nl2plan.plan.PlanDocument;
import java.util.List;

/**
 * A plan for a question, with what speaks for it.
 *
 * @param evidence which words led where
 * @param confidence 0 to 1
 */
public record Draft(PlanDocument plan, List<String> evidence, double confidence) {
    public Draft {
        evidence = List.copyOf(evidence);
    }

    /** The same with other evidence. */
    Draft with(List<String> told) {
        return new Draft(plan, told, confidence);
    }
}
