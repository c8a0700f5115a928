package io.calque.planner.pushdown;

import io.calque.planner.rewrite.RuleConfig;
import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.plan.RelRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Moves a projection into the source when it computes every expression exactly; else asks the source only for the columns that the
 * projection reads.
 *
 * <pre>
 * Project(a + 1, lpad(b))         Project($0 + 1, lpad($1))
 *   SourceQuery(Scan t)     to      SourceQuery(Project(a, b, Scan t))
 * </pre>
 *
 * <p>Must not fire again on its own result: the narrowed fragment has no column that the projection does not read.
 */
public final class PushProjectIntoSource extends RelRule<RuleConfig<PushProjectIntoSource>> {
    private final PushdownGate gate;

    private PushProjectIntoSource(RuleConfig<PushProjectIntoSource> config, PushdownGate gate) {
        super(config);
        this.gate = gate;
    }

    static PushProjectIntoSource rule(PushdownGate gate) {
        return RuleConfig.<PushProjectIntoSource>of(
                        "PushProjectIntoSource",
                        b -> b.operand(Project.class)
                                .oneInput(i -> i.operand(SourceQuery.class).noInputs()),
                        config -> new PushProjectIntoSource(config, gate))
                .toRule();
    }

    @Override
    public void onMatch(RelOptRuleCall call) {
        Project project = call.rel(0);
        SourceQuery query = call.rel(1);
        if (query.nativeText().isPresent() || RexUtil.SubQueryFinder.containsSubQuery(project)) {
            return;
        }
        RelNode whole = project.copy(project.getTraitSet(), List.of(query.fragment()));
        // Windows are moved as operators of their own, once they are split off.
        if (!project.containsOver()
                && project.getProjects().stream().allMatch(RexUtil::isDeterministic)
                && gate.operator(query.source(), whole).allowed()) {
            call.transformTo(SourceQuery.of(query.source(), whole));
            return;
        }
        narrow(call, project, query);
    }

    private void narrow(RelOptRuleCall call, Project project, SourceQuery query) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(project.getProjects(), null);
        int width = query.getRowType().getFieldCount();
        if (used.isEmpty() || used.cardinality() == width) {
            return;
        }
        List<RexInputRef> columns = used.asList().stream()
                .map(i -> RexInputRef.of(i, query.getRowType()))
                .toList();
        List<String> names = used.asList().stream()
                .map(i -> query.getRowType().getFieldNames().get(i))
                .toList();
        RelNode narrowed =
                LogicalProject.create(query.fragment(), List.of(), columns, names, project.getVariablesSet());
        if (!gate.operator(query.source(), narrowed).allowed()) {
            return;
        }
        Mappings.TargetMapping mapping = Mappings.target(used::indexOf, width, used.cardinality());
        List<RexNode> shifted = RexUtil.apply(mapping, project.getProjects());
        call.transformTo(LogicalProject.create(
                SourceQuery.of(query.source(), narrowed),
                project.getHints(),
                shifted,
                project.getRowType().getFieldNames(),
                project.getVariablesSet()));
    }
}
