package io.calque.planner.rewrite;

import io.calque.planner.PlanningBudget;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.RelOptRuleOperand;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;

/**
 * Rules that are applied together until none changes the plan any more. A plan in which no operator stands above such others as one of them
 * looks for is left alone, which spares most statements most passes. Made once for all statements; immutable.
 */
public final class RulePass {
    private final List<RelOptRule> rules;
    private final HepProgram program;

    private RulePass(List<RelOptRule> rules, HepProgramBuilder program) {
        this.rules = List.copyOf(rules);
        this.program = program.addGroupBegin()
                .addRuleCollection(this.rules)
                .addGroupEnd()
                .build();
    }

    /**
     * Rules of which none can undo another.
     *
     * @param order in which operators are looked at
     */
    public static RulePass of(HepMatchOrder order, List<RelOptRule> rules) {
        return new RulePass(rules, new HepProgramBuilder().addMatchOrder(order));
    }

    /**
     * @param limit rounds before the rules are cut off: some pairs of stock rules can undo each other for ever
     */
    public static RulePass bounded(int limit, HepMatchOrder order, List<RelOptRule> rules) {
        return new RulePass(rules, new HepProgramBuilder().addMatchLimit(limit).addMatchOrder(order));
    }

    /** The plan after this pass: the same object where no rule concerns it. */
    public RelNode over(RelNode plan) {
        if (!concerns(plan)) {
            return plan;
        }
        HepPlanner planner = PlanningBudget.rewriting(program, plan.getCluster());
        planner.setRoot(plan);
        return planner.findBestExp();
    }

    private boolean concerns(RelNode node) {
        return rules.stream().anyMatch(rule -> meets(rule.getOperand(), node))
                || node.getInputs().stream().anyMatch(this::concerns);
    }

    /** As the planner looks for what a rule is applied to. */
    private static boolean meets(RelOptRuleOperand wanted, RelNode node) {
        if (!wanted.matches(node)) {
            return false;
        }
        List<RelNode> inputs = node.getInputs();
        List<RelOptRuleOperand> below = wanted.getChildOperands();
        return switch (wanted.childPolicy) {
            case ANY -> true;
            case UNORDERED -> below.stream().allMatch(child -> inputs.stream().anyMatch(input -> meets(child, input)));
            default ->
                inputs.size() >= below.size()
                        && IntStream.range(0, below.size()).allMatch(i -> meets(below.get(i), inputs.get(i)));
        };
    }
}
