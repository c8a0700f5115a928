package io.calque.engine.prepare;

import io.calque.planner.physical.SourceFetch;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.rel.RelNode;

/** Tells which fetches are read more than once. Single-threaded, used once. */
final class FetchUses {
    private final Set<Integer> replayed = new TreeSet<>();

    private enum Read {
        ONCE,
        AGAIN
    }

    static FetchUses of(RelNode plan) {
        FetchUses uses = new FetchUses();
        uses.visit(plan, Read.ONCE);
        return uses;
    }

    Set<Integer> replayed() {
        return replayed;
    }

    private void visit(RelNode node, Read read) {
        if (node instanceof SourceFetch fetch) {
            if (read == Read.AGAIN) {
                replayed.add(fetch.ordinal());
            }
            return;
        }
        for (int i = 0; i < node.getInputs().size(); i++) {
            boolean innerSide =
                    i == 1 && (node instanceof EnumerableNestedLoopJoin || node instanceof EnumerableCorrelate);
            visit(node.getInput(i), innerSide ? Read.AGAIN : read);
        }
    }
}
