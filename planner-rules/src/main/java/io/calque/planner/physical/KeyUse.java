package io.calque.planner.physical;

import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyRanges;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A fetch reads only rows whose column is among the keys of a set, or whose columns are together.
 *
 * @param keySet number of the set in the plan, from 0
 * @param columns that are compared: one, or as many as each key has values
 * @param expectedKeys how many keys the set will have
 * @param mostKeys with more of them all rows are fetched: too few would be left out
 * @param untriedKeys so many are sent before it was seen what keyed reads cost at the source
 * @param keysAtOnce with how many to begin in one native query; what that costs says how many the next ones get
 * @param allRows that the fetch brings without keys, and those that arrive in the time in which its source joins and groups
 * @param keptShare share of the fetch's rows that will be left
 * @param filtering whether rows that meet no key are left out here where the keys are not sent
 * @param ranges whether the bounds of the keys are sent where the keys are not
 * @param spread where the column's values lie; empty where that is not known
 */
public record KeyUse(
        int keySet,
        List<KeyColumn> columns,
        double expectedKeys,
        long mostKeys,
        int untriedKeys,
        int keysAtOnce,
        double allRows,
        double keptShare,
        KeyFiltering filtering,
        KeyRanges ranges,
        Optional<ColumnSpread> spread) {
    public KeyUse {
        columns = List.copyOf(columns);
    }

    /** The column, or the first of several. */
    public KeyColumn first() {
        return columns.get(0);
    }

    /** Whether each key has several values. */
    public boolean isTuple() {
        return columns.size() > 1;
    }

    /** For people: {@code id}, or {@code (a, b)}. */
    public String name() {
        return isTuple()
                ? columns.stream().map(KeyColumn::name).collect(Collectors.joining(", ", "(", ")"))
                : first().name();
    }
}
