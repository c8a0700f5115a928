package io.calque.planner.shared;

import io.calque.planner.pushdown.SharedPart;
import io.calque.spi.source.NativeQuery;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/**
 * Whether rows are the same wherever a plan computes them: no volatile function, nothing of an outer row, no text that the user wrote for a
 * source, whose meaning is not known. Stateless.
 */
final class Shareable {
    private Shareable() {}

    static boolean is(RelNode node) {
        boolean known = node instanceof TableScan scan
                ? scan.getTable().unwrap(NativeQuery.class) == null
                : node instanceof Filter
                        || node instanceof Project
                        || node instanceof Join
                        || node instanceof Aggregate
                        || node instanceof Sort
                        || node instanceof SetOp
                        || node instanceof Values;
        return known
                && node.getVariablesSet().isEmpty()
                && hasStableExpressions(node)
                && node.getInputs().stream().allMatch(Shareable::is);
    }

    /** Whether there is more to it than reading one table, which a source does as quickly a second time. */
    static boolean isWorthIt(RelNode node) {
        return node instanceof Join
                || node instanceof Aggregate
                || node instanceof SetOp
                || !(node instanceof SharedPart) && node.getInputs().stream().anyMatch(Shareable::isWorthIt);
    }

    static boolean isStable(RexNode expression) {
        Stability found = new Stability();
        expression.accept(found);
        return found.stable;
    }

    private static boolean hasStableExpressions(RelNode node) {
        if (node instanceof TableScan || node instanceof Values) {
            return true;
        }
        Stability found = new Stability();
        node.accept(found);
        return found.stable;
    }

    /** Sees every expression of a node. Single use. */
    private static final class Stability extends RexShuttle {
        private boolean stable = true;

        @Override
        public RexNode visitCall(RexCall call) {
            stable &= call.getOperator().isDeterministic();
            return super.visitCall(call);
        }

        @Override
        public RexNode visitCorrelVariable(RexCorrelVariable variable) {
            stable = false;
            return variable;
        }

        @Override
        public RexNode visitSubQuery(RexSubQuery subQuery) {
            stable = false;
            return subQuery;
        }
    }
}
