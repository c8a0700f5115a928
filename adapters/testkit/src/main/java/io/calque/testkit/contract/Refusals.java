package io.calque.testkit.contract;

import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.pushdown.FragmentUses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Finds what of a refused fragment it was that the source refused. Stateless. */
final class Refusals {
    private Refusals() {}

    /** The lowest operator that is refused although all below it is accepted; the fragment itself where all is accepted. */
    private static RelNode refused(Capabilities capabilities, RelNode fragment) {
        for (RelNode input : fragment.getInputs()) {
            RelNode below = refused(capabilities, input);
            if (!capabilities.operator(below).allowed()) {
                return below;
            }
        }
        return fragment;
    }

    /** The innermost function that is refused; where there is none, what the refused operator itself does. */
    static SortedSet<Use> of(Capabilities capabilities, RelNode fragment) {
        RelNode node = refused(capabilities, fragment);
        Optional<RexCall> call = innermost(capabilities, node);
        if (call.isPresent()) {
            return new TreeSet<>(
                    List.of(new Use(Kind.FUNCTION, call.get().getOperator().getName())));
        }
        SortedSet<Use> uses = new TreeSet<>(FragmentUses.ofOperator(node));
        uses.removeIf(use -> use.kind() == Kind.FUNCTION);
        Use sets = new Use(Kind.OPERATOR, "GROUPING SETS");
        if (uses.contains(sets)) {
            return new TreeSet<>(List.of(sets));
        }
        if (uses.stream().anyMatch(use -> use.kind() == Kind.AGGREGATE || use.kind() == Kind.WINDOW)) {
            uses.removeIf(use -> use.kind() == Kind.OPERATOR && !use.name().equals("AGGREGATE FILTER"));
        }
        return uses;
    }

    private static Optional<RexCall> innermost(Capabilities capabilities, RelNode node) {
        if (node.getInputs().isEmpty()) {
            return Optional.empty();
        }
        if (node instanceof Join join) {
            RexNode always = join.getCluster().getRexBuilder().makeLiteral(true);
            RelNode cross =
                    join.copy(join.getTraitSet(), always, join.getLeft(), join.getRight(), join.getJoinType(), false);
            if (!capabilities.operator(cross).allowed()) {
                return Optional.empty();
            }
        }
        RelNode input = node instanceof Join ? node : node.getInput(0);
        List<RexCall> found = new ArrayList<>();
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                if (found.isEmpty() && !capabilities.expression(call, input).allowed()) {
                    found.add(call);
                }
                return visited;
            }
        });
        return found.stream().findFirst();
    }
}
