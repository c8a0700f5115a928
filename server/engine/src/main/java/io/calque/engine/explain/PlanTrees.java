package io.calque.engine.explain;

import io.calque.engine.exec.Execution;
import io.calque.engine.exec.FragmentCounters;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.planner.physical.CountedRows;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.Readable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/** Describes a compiled plan, with what a run of it did where there was one. Stateless. */
public final class PlanTrees {
    private PlanTrees() {}

    public static PlanTree of(PlannedQuery plan, Optional<Execution> run) {
        RelMetadataQuery mq = plan.plan().root().getCluster().getMetadataQuery();
        return describe(plan.plan().root(), plan, run, mq);
    }

    private static PlanTree describe(RelNode node, PlannedQuery plan, Optional<Execution> run, RelMetadataQuery mq) {
        if (node instanceof CountedRows counted) {
            PlanTree below = describe(counted.getInput(), plan, run, mq);
            OptionalLong rows = run.map(r -> OptionalLong.of(r.operatorRows(counted.operator())))
                    .orElse(OptionalLong.empty());
            return new PlanTree(
                    below.operator(), below.detail(), below.estimatedRows(), rows, below.fetch(), below.inputs());
        }
        if (node instanceof SourceFetch fetch) {
            return fetch(fetch, plan, run, mq);
        }
        List<PlanTree> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(describe(input, plan, run, mq)));
        return new PlanTree(
                name(node), detail(node), mq.getRowCount(node), OptionalLong.empty(), Optional.empty(), inputs);
    }

    private static PlanTree fetch(SourceFetch fetch, PlannedQuery plan, Optional<Execution> run, RelMetadataQuery mq) {
        Optional<FragmentCounters.Figures> figures =
                run.map(r -> r.fetchFigures().get(fetch.ordinal()));
        PlanTree.Fetch described = new PlanTree.Fetch(
                fetch.query().source().value(),
                plan.fragments().get(fetch.ordinal()).text(),
                figures.map(PlanTrees::figures));
        OptionalLong rows = figures.map(f -> OptionalLong.of(f.rows())).orElse(OptionalLong.empty());
        return new PlanTree(
                "Fetch", described.source(), mq.getRowCount(fetch), rows, Optional.of(described), List.of());
    }

    private static PlanTree.FetchFigures figures(FragmentCounters.Figures f) {
        return new PlanTree.FetchFigures(
                f.rows(), f.bytes(), millis(f.permitWaitNanos()), millis(f.sourceNanos()), millis(f.readerWaitNanos()));
    }

    static double millis(long nanos) {
        return Math.round(nanos / 10_000.0) / 100.0;
    }

    private static String name(RelNode node) {
        return node.getRelTypeName().replace("Enumerable", "");
    }

    private static String detail(RelNode node) {
        if (node instanceof Join join) {
            return join.getJoinType().lowerName + " on " + Readable.expression(join.getCondition(), join);
        }
        if (node instanceof Aggregate aggregate) {
            return Readable.aggregate(aggregate);
        }
        if (node instanceof Sort sort) {
            return Readable.sort(sort);
        }
        if (node instanceof SetOp setOp) {
            return setOp.all ? "all" : "distinct";
        }
        return node instanceof Calc calc ? calc(calc) : "";
    }

    private static String calc(Calc calc) {
        List<String> parts = new ArrayList<>();
        List<RexNode> computed = calc.getProgram().getProjectList().stream()
                .map(calc.getProgram()::expandLocalRef)
                .filter(e -> !(e instanceof RexInputRef) && !(e instanceof RexLiteral))
                .toList();
        if (!computed.isEmpty()) {
            parts.add(Readable.expressions(computed, calc.getInput()));
        }
        if (calc.getProgram().getCondition() != null) {
            RexNode condition =
                    calc.getProgram().expandLocalRef(calc.getProgram().getCondition());
            parts.add("where " + Readable.expression(condition, calc.getInput()));
        }
        return String.join(" ", parts);
    }
}
