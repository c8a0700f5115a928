package io.calque.planner.physical;

import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.spi.type.DataType;
import java.util.Optional;

/**
 * A fetch reads only rows whose column is among the keys of a set.
 *
 * @param keySet number of the set in the plan, from 0
 * @param column of the fetch's rows
 * @param name of that column, for people
 * @param type of that column; keys are sent in it
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
        int column,
        String name,
        DataType type,
        double expectedKeys,
        long mostKeys,
        int untriedKeys,
        int keysAtOnce,
        double allRows,
        double keptShare,
        KeyFiltering filtering,
        KeyRanges ranges,
        Optional<ColumnSpread> spread) {}
