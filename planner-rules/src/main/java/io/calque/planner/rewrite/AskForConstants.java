package io.calque.planner.rewrite;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Asks whether a constant is among a subquery's rows by EXISTS, where an unknown answer counts as no. The stock rule for IN with a
 * constant takes a NULL among the rows for a yes there.
 *
 * <pre>
 * (3 IN (SELECT x FROM t)) IS NOT TRUE   to   NOT EXISTS (SELECT x FROM t WHERE x = 3)
 * </pre>
 *
 * <p>Must not fire where NULL is told from FALSE, as below IS NULL or IS FALSE. Stateless.
 */
final class AskForConstants {
    private AskForConstants() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other);
                return node.accept(new Asking(node.getCluster().getRexBuilder()));
            }
        });
    }

    private static final class Asking extends RexShuttle {
        private final RexBuilder rex;

        Asking(RexBuilder rex) {
            this.rex = rex;
        }

        @Override
        public RexNode visitCall(RexCall call) {
            boolean asks = call.getKind() == SqlKind.IS_TRUE || call.getKind() == SqlKind.IS_NOT_TRUE;
            boolean constant = asks
                    && call.getOperands().get(0) instanceof RexSubQuery in
                    && in.getKind() == SqlKind.IN
                    && RexUtil.allLiterals(in.getOperands());
            if (!constant) {
                return super.visitCall(call);
            }
            RexNode exists = exists((RexSubQuery) call.getOperands().get(0));
            return call.getKind() == SqlKind.IS_TRUE ? exists : rex.makeCall(SqlStdOperatorTable.NOT, exists);
        }

        private RexNode exists(RexSubQuery in) {
            List<RexNode> equalities = new ArrayList<>();
            for (int i = 0; i < in.getOperands().size(); i++) {
                equalities.add(rex.makeCall(
                        SqlStdOperatorTable.EQUALS,
                        rex.makeInputRef(in.rel, i),
                        in.getOperands().get(i)));
            }
            RelNode rows = AskForConstants.apply(in.rel);
            return RexSubQuery.exists(LogicalFilter.create(rows, RexUtil.composeConjunction(rex, equalities)));
        }
    }
}
