package io.calque.engine.explain;

import io.calque.planner.pushdown.Residual;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Everything EXPLAIN says.
 *
 * @param plan the operators, root first
 * @param residuals work that stayed local, with the reason
 * @param run what happened, after EXPLAIN ANALYZE
 */
public record ExplainReport(PlanTree plan, List<Residual> residuals, Optional<RunFigures> run) {
    public ExplainReport {
        residuals = List.copyOf(residuals);
    }

    /**
     * @param planMillis from text to compiled plan
     * @param runMillis from start to last row
     * @param rows of the result
     * @param peakMemoryBytes rows held at once
     * @param consistency source to {@code snapshot} or {@code unsynchronised}
     */
    public record RunFigures(
            double planMillis,
            double runMillis,
            long rows,
            long peakMemoryBytes,
            SortedMap<String, String> consistency) {}
}
