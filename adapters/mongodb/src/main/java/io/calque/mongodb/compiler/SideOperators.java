package io.calque.mongodb.compiler;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * Filters and projections over the table that a join asks for, said over its columns wherever they stand: in looked up documents, in
 * elements of an array. Stateless.
 */
final class SideOperators {
    private SideOperators() {}

    /** Takes what a row must meet. */
    interface Condition {
        /**
         * @param input the columns that it speaks of
         */
        void take(RexNode conjunct, Draft input);
    }

    /**
     * The side's columns.
     *
     * @param scanned the table's columns, in their place
     */
    static Draft columns(RelNode side, Draft scanned) {
        if (side instanceof TableScan) {
            return scanned;
        }
        Draft input = columns(side.getInput(0).stripped(), scanned);
        if (side instanceof Project project) {
            return ProjectCompiler.compile(project, input);
        }
        return side instanceof Aggregate distinct
                ? input.withFields(distinct.getGroupSet().asList().stream()
                        .map(input.fields()::get)
                        .toList())
                : input;
    }

    /** All that the side's filters ask for, one conjunct at a time. */
    static void conditions(RelNode side, Draft scanned, Condition taken) {
        if (side instanceof TableScan) {
            return;
        }
        RelNode input = side.getInput(0).stripped();
        conditions(input, scanned, taken);
        if (side instanceof Filter filter) {
            Draft columns = columns(input, scanned);
            RexNode condition = RexUtil.expandSearch(filter.getCluster().getRexBuilder(), null, filter.getCondition());
            List<RexNode> conjuncts = RelOptUtil.conjunctions(condition);
            conjuncts.forEach(conjunct -> taken.take(conjunct, columns));
        }
    }
}
