package io.calque.planner.rewrite;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
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

    /** What is said of a key once it has been moved below one join may concern another. */
    private static final int MOST_ROUNDS = 3;

    private static final RulePass SUBQUERIES = pass(
            HepMatchOrder.DEPTH_FIRST,
            CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
            CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
            CoreRules.JOIN_SUB_QUERY_TO_CORRELATE);

    private static final List<RelOptRule> PREDICATE_RULES = List.of(
            CoreRules.FILTER_INTO_JOIN,
            CoreRules.JOIN_CONDITION_PUSH,
            FILTER_BELOW_PROJECT,
            CoreRules.FILTER_AGGREGATE_TRANSPOSE,
            CoreRules.FILTER_SET_OP_TRANSPOSE,
            CoreRules.FILTER_MERGE,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE,
            CoreRules.FILTER_REDUCE_EXPRESSIONS,
            CoreRules.PROJECT_REDUCE_EXPRESSIONS,
            CoreRules.JOIN_PUSH_EXPRESSIONS,
            CoreRules.SORT_REMOVE_CONSTANT_KEYS,
            CoreRules.UNION_MERGE,
            PruneEmptyRules.FILTER_INSTANCE,
            PruneEmptyRules.PROJECT_INSTANCE,
            PruneEmptyRules.JOIN_LEFT_INSTANCE,
            PruneEmptyRules.JOIN_RIGHT_INSTANCE,
            PruneEmptyRules.UNION_INSTANCE,
            PruneEmptyRules.SORT_INSTANCE,
            KeepGrandTotal.PRUNE_EMPTY);

    private static final RulePass COMMON_CONJUNCTS = pass(HepMatchOrder.DEPTH_FIRST, ExtractCommonConjuncts.RULE);

    private static final RulePass PREDICATES = RulePass.bounded(MATCH_LIMIT, HepMatchOrder.BOTTOM_UP, PREDICATE_RULES);

    private static final RulePass PREDICATES_AND_JOINS = RulePass.bounded(
            MATCH_LIMIT,
            HepMatchOrder.BOTTOM_UP,
            Stream.concat(PREDICATE_RULES.stream(), Stream.of(CoreRules.JOIN_REDUCE_EXPRESSIONS))
                    .toList());

    private static final RulePass JOINS_TOGETHER = pass(
            HepMatchOrder.BOTTOM_UP,
            LiftProjects.BOTH,
            LiftProjects.LEFT,
            LiftProjects.RIGHT,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE);

    private static final RulePass SEMI_JOINS =
            pass(HepMatchOrder.BOTTOM_UP, SemiJoinOverGroups.BELOW_PROJECT, SemiJoinOverGroups.ALONE);

    private static final RulePass TRIMMED_PROJECTS = pass(
            HepMatchOrder.DEPTH_FIRST,
            CoreRules.PROJECT_MERGE,
            CoreRules.PROJECT_REMOVE,
            CoreRules.AGGREGATE_PROJECT_MERGE,
            SortBelowProject.RULE);

    private static final RulePass WINDOWS =
            pass(HepMatchOrder.DEPTH_FIRST, CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW);

    private static final RulePass DISTINCT_AGGREGATES =
            pass(HepMatchOrder.DEPTH_FIRST, CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES_TO_JOIN);

    private static final Logger LOG = LoggerFactory.getLogger(Normalisation.class);

    private Normalisation() {}

    /** Turns subqueries into joins and correlations, then correlations into joins where that is possible. */
    public static RelNode removeSubqueries(RelNode plan) {
        RelNode correlated = LimitConstantGroups.apply(
                SUBQUERIES.over(SemiJoinsForSubqueries.apply(AskForConstants.apply(UnwrapComparedCasts.apply(plan)))));
        if (correlatesSortedAggregates(correlated)) {
            return correlated;
        }
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
        try {
            return OuterJoinConditions.show(RelDecorrelator.decorrelateQuery(
                    OuterJoinConditions.hide(TotalsOfOtherSources.apply(correlated)), builder));
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
        RulePass predicates = joins(plan) <= MOST_JOINS_REDUCED ? PREDICATES_AND_JOINS : PREDICATES;
        return predicates.over(COMMON_CONJUNCTS.over(plan));
    }

    private static int joins(RelNode plan) {
        int below = plan.getInputs().stream().mapToInt(Normalisation::joins).sum();
        return plan instanceof Join ? below + 1 : below;
    }

    /** Says of each side of a join what conditions say of the other side's key. */
    public static RelNode implyAcrossJoins(RelNode plan) {
        RelNode now = plan;
        for (int round = 0; round < MOST_ROUNDS && joins(now) <= MOST_JOINS_REDUCED; round++) {
            RelNode more = TransitivePredicates.apply(now);
            if (more == now) {
                return now;
            }
            now = movePredicates(more);
        }
        return now;
    }

    /** Adds to conditions over several tables what they imply of each. */
    public static RelNode implyConditions(RelNode plan) {
        return ImplyConditionsOfTables.apply(plan);
    }

    /** Lifts projections above inner joins, so that one run of joins stands together and can be ordered. */
    public static RelNode gatherJoins(RelNode plan) {
        return JOINS_TOGETHER.over(plan);
    }

    /** Joins that only ask whether a partner exists become semi-joins: they keep no columns of the other side and repeat no row. */
    public static RelNode findSemiJoins(RelNode plan) {
        return SEMI_JOINS.over(plan);
    }

    /** Drops columns that nothing above reads, down to the scans. */
    public static RelNode trimColumns(RelNode plan) {
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(plan.getCluster(), null);
        RelNode trimmed = new RelFieldTrimmer(null, builder).trim(plan);
        return TRIMMED_PROJECTS.over(trimmed);
    }

    /** Makes windows inside projections operators of their own, so that a source can be asked for them. */
    public static RelNode splitWindows(RelNode plan) {
        return WINDOWS.over(plan);
    }

    /** Splits what enumerable operators cannot do in one step: DISTINCT beside other aggregates, and the grand total among grouping sets. */
    public static RelNode expandForLocal(RelNode plan) {
        return KeepGrandTotal.apply(DISTINCT_AGGREGATES.over(SplitGroupingSets.apply(plan)));
    }

    private static RulePass pass(HepMatchOrder order, RelOptRule... rules) {
        return RulePass.bounded(MATCH_LIMIT, order, List.of(rules));
    }
}
