package io.calque.planner;

import io.calque.planner.physical.SourceFetch;
import java.util.List;
import org.apache.calcite.adapter.enumerable.EnumerableRel;

/**
 * A plan ready to run.
 *
 * @param root the enumerable plan
 * @param fetches its leaves that read sources, by ordinal
 */
public record OptimizedPlan(EnumerableRel root, List<SourceFetch> fetches) {
    public OptimizedPlan {
        fetches = List.copyOf(fetches);
    }
}
