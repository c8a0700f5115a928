package io.calque.engine.explain;

import io.calque.engine.exec.ScanParts;
import io.calque.engine.prepare.KeyedFragment;
import io.calque.planner.bind.KeySource;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.Readable;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

/**
 * Describes a final plan while it is made: estimates belong to the thread that plans. Stateless.
 */
public final class PlanTrees {
    private PlanTrees() {}

    /**
     * @param fragments what each fetch asks its source, by ordinal
     * @param keyed what it asks where it waits for keys
     */
    public static PlanTree describe(RelNode root, List<NativeQuery> fragments, Map<Integer, KeyedFragment> keyed) {
        return describe(root, fragments, keyed, root.getCluster().getMetadataQuery());
    }

    private static PlanTree describe(
            RelNode node, List<NativeQuery> fragments, Map<Integer, KeyedFragment> keyed, RelMetadataQuery mq) {
        if (node instanceof SourceFetch fetch) {
            Optional<KeyedFragment> keys = Optional.ofNullable(keyed.get(fetch.ordinal()));
            NativeQuery asked = keys.map(KeyedFragment::full).orElseGet(() -> fragments.get(fetch.ordinal()));
            boolean dividable = keys.isEmpty() && asked.dividableRows().orElse(0) >= ScanParts.MANY_ROWS;
            PlanTree.Fetch described = new PlanTree.Fetch(
                    fetch.query().source().value(),
                    asked.text(),
                    keys.map(PlanTrees::keys),
                    dividable ? Optional.of("may be read in parts at the same time") : Optional.empty(),
                    Optional.empty());
            return new PlanTree(
                    "Fetch",
                    described.source(),
                    mq.getRowCount(fetch),
                    OptionalLong.empty(),
                    Optional.of(described),
                    List.of());
        }
        List<PlanTree> inputs = new ArrayList<>();
        node.getInputs().forEach(input -> inputs.add(describe(input, fragments, keyed, mq)));
        return new PlanTree(
                name(node), detail(node), mq.getRowCount(node), OptionalLong.empty(), Optional.empty(), inputs);
    }

    private static String keys(KeyedFragment keyed) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < keyed.uses().size(); i++) {
            KeyUse use = keyed.uses().get(i);
            parts.add(String.format(
                    Locale.ROOT,
                    "%s among keys%d%s, about %d, keeps about %.1f %% of the rows",
                    use.name(),
                    use.keySet() + 1,
                    keyed.mayBeRange(i) ? " or between the least and the greatest of them" : "",
                    Math.round(use.expectedKeys()),
                    100 * use.keptShare()));
        }
        return String.join("; ", parts);
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
        if (node instanceof KeySource keys) {
            return "keys" + (keys.keySet() + 1) + " = " + keys.columnName();
        }
        if (node instanceof SharedRows rows) {
            return rows.title();
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
