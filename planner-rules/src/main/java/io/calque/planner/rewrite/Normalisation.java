package io.calque.planner.rewrite;

import io.calque.planner.PlanningBudget;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.FilterProjectTransposeRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewrites that help every plan, whatever its sources. Stateless. */
public final class Normalisation {
    /** Rounds of a rule group before it is cut off: some pairs of stock rules can undo each other for ever. */
    private static final int MATCH_LIMIT = 4000;

    /** Builds the filter anew: {@code o OR b} over {@code x OR y AS o} would be a condition that a filter refuses. */
    private static final RelOptRule FILTER_BELOW_PROJECT = ((FilterProjectTransposeRule.Config)
                    CoreRules.FILTER_PROJECT_TRANSPOSE.config)
            .withCopyFilter(false)
            .toRule();

    /** Each join is given what all those below it imply, which takes the cube of their number: of 64 joins, nearly all planning time. */
    private static final int MOST_JOINS_REDUCED = 16;

    private static final Logger LOG = LoggerFactory.getLogger(Normalisation.class);

    private Normalisation() {}

    /** Turns subqueries into joins and correlations, then correlations into joins where that is possible. */
    public static RelNode removeSubqueries(RelNode plan) {
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addGroupBegin()
                .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
                .addRuleInstance(CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE)
                .addRuleInstance(CoreRules.JOIN_SUB_QUERY_TO_CORRELATE)
                .addGroupEnd()
                .build();
        RelNode correlated = LimitConstantGroups.apply(
                run(program, SemiJoinsForSubqueries.apply(AskForConstants.apply(UnwrapComparedCasts.apply(plan)))));
        if (correlatesSortedAggregates(correlated)) {
            return correlated;
        }
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
        try {
            return OuterJoinConditions.show(
                    RelDecorrelator.decorrelateQuery(OuterJoinConditions.hide(correlated), builder));
        } catch (RuntimeException | AssertionError e) {
            // The decorrelator gives up on its own result, for example when a lateral aggregate changes nullability.
            // The
            // correlated plan is right as it stands, only slower.
            LOG.debug("kept a correlation: {}", e.toString());
            return correlated;
        }
    }

    /** The decorrelator moves the columns below an aggregate and forgets that STRING_AGG(... ORDER BY ...) names one of them. */
    private static boolean correlatesSortedAggregates(RelNode plan) {
        return any(plan, node -> node instanceof Correlate)
                && any(
                        plan,
                        node -> node instanceof Aggregate aggregate
                                && aggregate.getAggCallList().stream()
                                        .anyMatch(call -> !call.getCollation()
                                                .getFieldCollations()
                                                .isEmpty()));
    }

    private static boolean any(RelNode plan, Predicate<RelNode> wanted) {
        return wanted.test(plan) || plan.getInputs().stream().anyMatch(input -> any(input, wanted));
    }

    /** Moves predicates to where they cut the most rows, merges and simplifies. */
    public static RelNode movePredicates(RelNode plan) {
        HepProgramBuilder rules = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addRuleInstance(ExtractCommonConjuncts.rule())
                .addMatchOrder(HepMatchOrder.BOTTOM_UP)
                .addGroupBegin()
                .addRuleInstance(CoreRules.FILTER_INTO_JOIN)
                .addRuleInstance(CoreRules.JOIN_CONDITION_PUSH)
                .addRuleInstance(FILTER_BELOW_PROJECT)
                .addRuleInstance(CoreRules.FILTER_AGGREGATE_TRANSPOSE)
                .addRuleInstance(CoreRules.FILTER_SET_OP_TRANSPOSE)
                .addRuleInstance(CoreRules.FILTER_MERGE)
                .addRuleInstance(CoreRules.PROJECT_MERGE)
                .addRuleInstance(CoreRules.PROJECT_REMOVE)
                .addRuleInstance(CoreRules.FILTER_REDUCE_EXPRESSIONS)
                .addRuleInstance(CoreRules.PROJECT_REDUCE_EXPRESSIONS)
                .addRuleInstance(CoreRules.JOIN_PUSH_EXPRESSIONS)
                .addRuleInstance(CoreRules.SORT_REMOVE_CONSTANT_KEYS)
                .addRuleInstance(CoreRules.UNION_MERGE)
                .addRuleInstance(PruneEmptyRules.FILTER_INSTANCE)
                .addRuleInstance(PruneEmptyRules.PROJECT_INSTANCE)
                .addRuleInstance(PruneEmptyRules.JOIN_LEFT_INSTANCE)
                .addRuleInstance(PruneEmptyRules.JOIN_RIGHT_INSTANCE)
                .addRuleInstance(PruneEmptyRules.UNION_INSTANCE)
                .addRuleInstance(PruneEmptyRules.SORT_INSTANCE)
                .addRuleInstance(KeepGrandTotal.PRUNE_EMPTY);
        if (joins(plan) <= MOST_JOINS_REDUCED) {
            rules.addRuleInstance(CoreRules.JOIN_REDUCE_EXPRESSIONS);
        }
        return run(rules.addGroupEnd().build(), plan);
    }

    private static int joins(RelNode plan) {
        int below = plan.getInputs().stream().mapToInt(Normalisation::joins).sum();
        return plan instanceof Join ? below + 1 : below;
    }

    /** Adds to conditions over several tables what they imply of each. */
    public static RelNode implyConditions(RelNode plan) {
        return ImplyConditionsOfTables.apply(plan);
    }

    /** Lifts projections above inner joins, so that one run of joins stands together and can be ordered. */
    public static RelNode gatherJoins(RelNode plan) {
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addMatchOrder(HepMatchOrder.BOTTOM_UP)
                .addGroupBegin()
                .addRuleInstance(LiftProjects.BOTH)
                .addRuleInstance(LiftProjects.LEFT)
                .addRuleInstance(LiftProjects.RIGHT)
                .addRuleInstance(CoreRules.PROJECT_MERGE)
                .addRuleInstance(CoreRules.PROJECT_REMOVE)
                .addGroupEnd()
                .build();
        return run(program, plan);
    }

    /** Joins that only ask whether a partner exists become semi-joins: they keep no columns of the other side and repeat no row. */
    public static RelNode findSemiJoins(RelNode plan) {
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addMatchOrder(HepMatchOrder.BOTTOM_UP)
                .addGroupBegin()
                .addRuleInstance(SemiJoinOverGroups.BELOW_PROJECT)
                .addRuleInstance(SemiJoinOverGroups.ALONE)
                .addGroupEnd()
                .build();
        return run(program, plan);
    }

    /** Drops columns that nothing above reads, down to the scans. */
    public static RelNode trimColumns(RelNode plan) {
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
        RelNode trimmed = new RelFieldTrimmer(null, builder).trim(plan);
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addGroupBegin()
                .addRuleInstance(CoreRules.PROJECT_MERGE)
                .addRuleInstance(CoreRules.PROJECT_REMOVE)
                .addRuleInstance(CoreRules.AGGREGATE_PROJECT_MERGE)
                .addRuleInstance(SortBelowProject.RULE)
                .addGroupEnd()
                .build();
        return run(program, trimmed);
    }

    /** Makes windows inside projections operators of their own, so that a source can be asked for them. */
    public static RelNode splitWindows(RelNode plan) {
        return run(
                new HepProgramBuilder()
                        .addMatchLimit(MATCH_LIMIT)
                        .addRuleInstance(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)
                        .build(),
                plan);
    }

    /** Splits what enumerable operators cannot do in one step: DISTINCT beside other aggregates, and the grand total among grouping sets. */
    public static RelNode expandForLocal(RelNode plan) {
        HepProgram program = new HepProgramBuilder()
                .addMatchLimit(MATCH_LIMIT)
                .addRuleInstance(CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES_TO_JOIN)
                .build();
        return KeepGrandTotal.apply(run(program, SplitGroupingSets.apply(plan)));
    }

    private static RelNode run(HepProgram program, RelNode plan) {
        HepPlanner planner = PlanningBudget.rewriting(program, plan.getCluster());
        planner.setRoot(plan);
        return planner.findBestExp();
    }
}
