package io.calque.spi.pushdown;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;

/**
 * What one source computes exactly as the engine would. Thread-safe; never connects.
 *
 * <p>Asked twice: by the pushdown rules while planning, and again on the final plan for the reason why an operator stayed local.
 */
public interface Capabilities {
    /**
     * Whether {@code node} may join a fragment. Its inputs are fragments of this source already, down to table scans whose
     * {@code RelOptTable} unwraps to {@link io.calque.spi.catalog.TableDescriptor}.
     *
     * @param node a logical operator: TableScan, Filter, Project, Join, Aggregate, Sort, Union, Intersect, Minus, Window
     */
    Verdict operator(RelNode node);

    /**
     * Whether one scalar expression over the rows of {@code input} may join a fragment: for splitting conjunctions and projections.
     *
     * @param input a fragment of this source
     */
    Verdict expression(RexNode expression, RelNode input);

    /**
     * What this source is known to compute, or known not to, sorted. Where a line is PROVEN, {@link #operator} may still refuse a certain
     * case of it; where it is not, or is missing, it refuses every case. The contract suite holds both.
     */
    default List<Capability> list() {
        return List.of();
    }

    /**
     * How many keys one read may be sent before it was seen what keyed reads cost at this source; see
     * {@link io.calque.spi.source.ParameterSlot#isKeys()}. A server that compares each row with each key takes two or three times as long
     * for a hundred as for none, and a thousand would take it minutes for a large table.
     */
    default int untriedKeys() {
        return 100;
    }

    /** What its reads take, for the choice between reading all rows of a fragment and those of some keys. */
    default ReadCosts readCosts() {
        return ReadCosts.UNKNOWN;
    }
}
