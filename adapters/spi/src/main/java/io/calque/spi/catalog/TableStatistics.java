package io.calque.spi.catalog;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was measured of one table.
 *
 * @param rowCount estimated rows; empty when unknown
 * @param measuredAt when; empty when never
 * @param columns by SQL column name; a missing name means unknown
 */
public record TableStatistics(
        OptionalDouble rowCount, Optional<Instant> measuredAt, SortedMap<String, ColumnStatistics> columns) {

    public static final TableStatistics UNKNOWN =
            new TableStatistics(OptionalDouble.empty(), Optional.empty(), new TreeMap<>());

    public TableStatistics {
        columns = Collections.unmodifiableSortedMap(new TreeMap<>(columns));
    }

    public ColumnStatistics column(String name) {
        return columns.getOrDefault(name, ColumnStatistics.UNKNOWN);
    }
}
