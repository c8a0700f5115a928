package io.calque.engine.prepare;

import io.calque.planner.physical.SourceFetch;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Window;

/** Tells which fetches are read more than once, and which are kept in memory by a blocking operator. Single-threaded, used once. */
final class FetchUses {
    private final Set<Integer> replayed = new TreeSet<>();
    private final Set<Integer> retained = new TreeSet<>();

    private enum Kept {
        STREAMED,
        RETAINED
    }

    private enum Read {
        ONCE,
        AGAIN
    }

    static FetchUses of(RelNode plan) {
        FetchUses uses = new FetchUses();
        uses.visit(plan, Kept.STREAMED, Read.ONCE);
        return uses;
    }

    Set<Integer> replayed() {
        return replayed;
    }

    Set<Integer> retained() {
        return retained;
    }

    private void visit(RelNode node, Kept kept, Read read) {
        if (node instanceof SourceFetch fetch) {
            if (read == Read.AGAIN) {
                replayed.add(fetch.ordinal());
            } else if (kept == Kept.RETAINED) {
                retained.add(fetch.ordinal());
            }
            return;
        }
        for (int i = 0; i < node.getInputs().size(); i++) {
            boolean innerSide =
                    i == 1 && (node instanceof EnumerableNestedLoopJoin || node instanceof EnumerableCorrelate);
            visit(node.getInput(i), keptBelow(node, i, kept), innerSide ? Read.AGAIN : read);
        }
    }

    /** An aggregate keeps groups, not rows; a hash join keeps its right side; sorts, windows and set operations keep all. */
    private static Kept keptBelow(RelNode node, int input, Kept kept) {
        if (node instanceof Aggregate) {
            return Kept.STREAMED;
        }
        boolean keepsAll =
                node instanceof Sort sort && !sort.getCollation().getKeys().isEmpty()
                        || node instanceof Window
                        || node instanceof SetOp setOp && !setOp.all;
        boolean buildSide = node instanceof Join && input == 1;
        return keepsAll || buildSide ? Kept.RETAINED : kept;
    }
}
