package io.calque.planner.pushdown;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/** The parts of a filter's condition, each of them a condition. Stateless. */
final class Conjuncts {
    private Conjuncts() {}

    /** A part that is cast only to say whether it can be NULL, as simplifying a CASE leaves it, is no condition that a filter takes. */
    static List<RexNode> of(Filter filter) {
        RelDataTypeFactory types = filter.getCluster().getTypeFactory();
        return RelOptUtil.conjunctions(filter.getCondition()).stream()
                .map(part -> RexUtil.removeNullabilityCast(types, part))
                .flatMap(part -> RelOptUtil.conjunctions(part).stream())
                .toList();
    }
}
