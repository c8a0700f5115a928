package io.calque.planner.rewrite;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * Makes a condition EXISTS, NOT EXISTS or IN a semi-join or an anti-join, where the rows below the subquery's own WHERE know nothing of the
 * outer row.
 *
 * <pre>
 * Filter(EXISTS(Filter(b = $cor0.a AND c &lt;&gt; $cor0.c AND d, t)))     SemiJoin(b = a AND c &lt;&gt; c)
 *   input                                                      to    input
 *                                                                    Filter(d, t)
 * </pre>
 *
 * <p>The stock way joins with the groups of the correlated columns of all outer rows, which repeats the outer query, and once more for
 * each further subquery. Must not fire below OR or NOT (but NOT EXISTS), where NULL would count, nor on what limits or totals
 * correlated rows. Stateless.
 */
final class SemiJoinsForSubqueries {
    private SemiJoinsForSubqueries() {}

    static RelNode apply(RelNode plan) {
        return plan.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                RelNode node = super.visit(other).accept(WITHIN_SUBQUERIES);
                return node instanceof LogicalFilter filter ? joined(filter) : node;
            }
        });
    }

    private static final RexShuttle WITHIN_SUBQUERIES = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
            RelNode rel = SemiJoinsForSubqueries.apply(visited.rel);
            return rel == visited.rel ? visited : visited.clone(rel);
        }
    };

    private static RelNode joined(LogicalFilter filter) {
        List<RexNode> kept = new ArrayList<>();
        List<RexNode> plain = new ArrayList<>();
        List<Test> tests = new ArrayList<>();
        for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
            Optional<Test> test = test(conjunct, filter);
            if (test.isPresent()) {
                tests.add(test.get());
            } else if (Unnesting.isSimple(conjunct)) {
                plain.add(conjunct);
            } else {
                // What names a row further out stays on top, where that row's own query finds it.
                kept.add(conjunct);
            }
        }
        if (tests.isEmpty()) {
            return filter;
        }
        RexBuilder rex = filter.getCluster().getRexBuilder();
        RelNode rows = plain.isEmpty()
                ? filter.getInput()
                : LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(rex, plain));
        for (Test test : tests) {
            rows = LogicalJoin.create(
                    rows,
                    test.rows(),
                    List.of(),
                    RexUtil.composeConjunction(rex, test.conditions()),
                    Set.of(),
                    test.type());
        }
        return kept.isEmpty() ? rows : filtered(rows, kept, filter.getVariablesSet());
    }

    private static RelNode filtered(RelNode rows, List<RexNode> conjuncts, Set<CorrelationId> variables) {
        boolean asks = conjuncts.stream().anyMatch(c -> RexUtil.SubQueryFinder.find(c) != null);
        return LogicalFilter.create(
                rows,
                RexUtil.composeConjunction(rows.getCluster().getRexBuilder(), conjuncts),
                asks ? ImmutableSet.copyOf(variables) : ImmutableSet.of());
    }

    /** One subquery: the rows that are looked among, and the join's condition. */
    private record Test(JoinRelType type, RelNode rows, List<RexNode> conditions) {}

    private static Optional<Test> test(RexNode conjunct, LogicalFilter filter) {
        boolean negated = conjunct.getKind() == SqlKind.NOT;
        RexNode asked = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
        if (!(asked instanceof RexSubQuery query)) {
            return Optional.empty();
        }
        boolean in = query.getKind() == SqlKind.IN && !negated;
        if (!in && query.getKind() != SqlKind.EXISTS) {
            return Optional.empty();
        }
        return new Unnesting(filter).test(query, negated ? JoinRelType.ANTI : JoinRelType.SEMI);
    }

    /** Takes a subquery apart. Single use. */
    private static final class Unnesting {
        private final LogicalFilter outer;
        private final Set<CorrelationId> variables;
        private final RexBuilder rex;
        private final int width;

        Unnesting(LogicalFilter outer) {
            this.outer = outer;
            this.variables = outer.getVariablesSet();
            this.rex = outer.getCluster().getRexBuilder();
            this.width = outer.getInput().getRowType().getFieldCount();
        }

        Optional<Test> test(RexSubQuery query, JoinRelType type) {
            List<RexNode> conditions = new ArrayList<>();
            RelNode rows = query.rel;
            if (query.getKind() == SqlKind.IN) {
                List<RexNode> columns = new ArrayList<>(rex.identityProjects(rows.getRowType()));
                if (rows instanceof Project project
                        && project.getProjects().stream().allMatch(Unnesting::isSimple)) {
                    columns = project.getProjects();
                    rows = project.getInput();
                }
                for (int i = 0; i < columns.size(); i++) {
                    conditions.add(rex.makeCall(
                            SqlStdOperatorTable.EQUALS, query.getOperands().get(i), shifted(columns.get(i))));
                }
            }
            while (query.getKind() == SqlKind.EXISTS && rows instanceof Project project) {
                // What a row shows does not change whether it is there.
                rows = project.getInput();
            }
            List<RexNode> own = new ArrayList<>();
            if (rows instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
                for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                    boolean correlated = namesVariable(conjunct);
                    (correlated ? conditions : own).add(correlated ? shifted(conjunct) : conjunct);
                }
                rows = own.isEmpty()
                        ? filter.getInput()
                        : LogicalFilter.create(filter.getInput(), RexUtil.composeConjunction(rex, own));
            }
            boolean apart = !conditions.isEmpty()
                    && RelOptUtil.getVariablesUsed(rows).isEmpty()
                    && conditions.stream().allMatch(Unnesting::isSimple);
            return apart ? Optional.of(new Test(type, rows, conditions)) : Optional.empty();
        }

        /** The subquery's columns come after those of the outer row, whose own are named by the variable. */
        private RexNode shifted(RexNode expression) {
            return expression.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(ref.getIndex() + width, ref.getType());
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    boolean ours = access.getReferenceExpr() instanceof RexCorrelVariable variable
                            && variables.contains(variable.id);
                    return ours
                            ? rex.makeInputRef(
                                    outer.getInput(), access.getField().getIndex())
                            : super.visitFieldAccess(access);
                }
            });
        }

        private static boolean namesVariable(RexNode expression) {
            boolean[] found = new boolean[1];
            expression.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public Void visitCorrelVariable(RexCorrelVariable variable) {
                    found[0] = true;
                    return super.visitCorrelVariable(variable);
                }
            });
            return found[0];
        }

        /** Neither a subquery nor an outer row of another query is left in it. */
        private static boolean isSimple(RexNode condition) {
            return RexUtil.isDeterministic(condition)
                    && RexUtil.SubQueryFinder.find(condition) == null
                    && !RexOver.containsOver(condition)
                    && !namesVariable(condition);
        }
    }
}
