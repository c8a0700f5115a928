package io.calque.planner.physical;

import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.SourceQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fetch asks once the key sets that it waits for are complete. A set may turn out too large to help, so there is a query for every
 * form that each of the sets may be sent in. Immutable.
 *
 * @param uses the sets
 * @param queries by the forms of the sets in the order of the uses; what is asked without any set is the fetch's own query and not among them
 */
public record KeyedQueries(List<KeyUse> uses, Map<List<KeyForm>, SourceQuery> queries) {
    /** A fetch that waits for no keys. */
    public static final KeyedQueries NONE = new KeyedQueries(List.of(), Map.of());

    /** Each further set would double the queries. */
    public static final int MOST_SETS = 2;

    public KeyedQueries {
        uses = List.copyOf(uses);
        queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
    }

    /** What is asked in all forms so far, with {@code plain} where no set is sent. */
    public Map<List<KeyForm>, SourceQuery> all(SourceQuery plain) {
        Map<List<KeyForm>, SourceQuery> all = new LinkedHashMap<>();
        all.put(Collections.nCopies(uses.size(), KeyForm.UNSENT), plain);
        all.putAll(queries);
        return all;
    }

    /**
     * One more set.
     *
     * @param added what is asked with it, by the forms of all sets
     */
    public KeyedQueries with(KeyUse use, Map<List<KeyForm>, SourceQuery> added) {
        List<KeyUse> allUses = new ArrayList<>(uses);
        allUses.add(use);
        Map<List<KeyForm>, SourceQuery> all = new LinkedHashMap<>();
        queries.forEach((forms, query) -> all.put(with(forms, KeyForm.UNSENT), query));
        all.putAll(added);
        return new KeyedQueries(allUses, all);
    }

    /** These forms, and the one of a further set. */
    public static List<KeyForm> with(List<KeyForm> forms, KeyForm further) {
        List<KeyForm> more = new ArrayList<>(forms);
        more.add(further);
        return List.copyOf(more);
    }

    public boolean isEmpty() {
        return uses.isEmpty();
    }

    /** Share of the rows that all sets together leave, as far as is known. */
    double keptShare() {
        return uses.stream().mapToDouble(KeyUse::keptShare).reduce(1, (a, b) -> a * b);
    }
}
