package io.calque.planner.physical;

import io.calque.planner.pushdown.SourceQuery;
import java.util.ArrayList;
import java.util.List;

/**
 * What a fetch asks once the key sets that it waits for are complete. A set may turn out too large to help, so there is a query for every
 * choice of sets. Immutable.
 *
 * @param uses the sets, in the order of their bits
 * @param queries by the bits of the sets that are sent, less one: what is asked without any set is the fetch's own query
 */
public record KeyedQueries(List<KeyUse> uses, List<SourceQuery> queries) {
    /** A fetch that waits for no keys. */
    public static final KeyedQueries NONE = new KeyedQueries(List.of(), List.of());

    /** Each further set would double the queries. */
    public static final int MOST_SETS = 2;

    public KeyedQueries {
        uses = List.copyOf(uses);
        queries = List.copyOf(queries);
        if (queries.size() != (1 << uses.size()) - 1) {
            throw new IllegalArgumentException("each choice of key sets needs its query");
        }
    }

    /**
     * One more set.
     *
     * @param added what is asked with it, by the bits of the other sets that are sent too
     */
    public KeyedQueries with(KeyUse use, List<SourceQuery> added) {
        List<KeyUse> allUses = new ArrayList<>(uses);
        allUses.add(use);
        List<SourceQuery> all = new ArrayList<>(queries);
        all.addAll(added);
        return new KeyedQueries(allUses, all);
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** Share of the rows that all sets together leave, as far as is known. */
    double keptShare() {
        return uses.stream().mapToDouble(KeyUse::keptShare).reduce(1, (a, b) -> a * b);
    }
}
