package io.calque.planner;

import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.Residual;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;

/**
 * A plan ready to run.
 *
 * @param root the enumerable plan
 * @param fetches its leaves that read sources, by ordinal
 * @param residuals work that stayed local, with the reason
 */
public record OptimizedPlan(EnumerableRel root, List<SourceFetch> fetches, List<Residual> residuals) {
    public OptimizedPlan {
        fetches = List.copyOf(fetches);
        residuals = List.copyOf(residuals);
    }
}
