package io.calque.engine.prepare;

import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import java.util.Set;
import java.util.TreeSet;
import org.apache.calcite.adapter.enumerable.EnumerableAggregate;
import org.apache.calcite.adapter.enumerable.EnumerableCorrelate;
import org.apache.calcite.adapter.enumerable.EnumerableNestedLoopJoin;
import org.apache.calcite.rel.RelNode;

/** Tells which fetches are read more than once. Single-threaded, used once. */
final class FetchUses {
    private final Set<Integer> replayed = new TreeSet<>();

    private enum Read {
        ONCE,
        /** For each row of a nested loop's other side, from one and the same operator below. */
        AGAIN,
        /** By operators that are made anew for each row of a correlation's other side. */
        ANEW
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
            if (read != Read.ONCE) {
                replayed.add(fetch.ordinal());
            }
            return;
        }
        for (int i = 0; i < node.getInputs().size(); i++) {
            visit(node.getInput(i), i == 1 ? ofRight(node, read) : below(node, read));
        }
    }

    private static Read ofRight(RelNode node, Read read) {
        if (node instanceof EnumerableCorrelate) {
            return Read.ANEW;
        }
        return node instanceof EnumerableNestedLoopJoin && read == Read.ONCE ? Read.AGAIN : below(node, read);
    }

    /** Groups are computed once, and shared rows kept; but rows that are only made distinct are so whenever they are read. */
    private static Read below(RelNode node, Read read) {
        boolean keeps = node instanceof SharedRows
                || read == Read.AGAIN
                        && node instanceof EnumerableAggregate aggregate
                        && !aggregate.getAggCallList().isEmpty();
        return keeps ? Read.ONCE : read;
    }
}
