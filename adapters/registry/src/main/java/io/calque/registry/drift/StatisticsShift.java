package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.StatisticsShifted;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Which figures moved more than sampling explains: rows by over a tenth, a null fraction by over 0.1, the number of distinct values
 * to more than double or less than half (and by over 10), unless it only went with the number of rows. Stateless.
 */
final class StatisticsShift {
    private static final double ROWS = 0.1;
    private static final double NULLS = 0.1;
    private static final double DISTINCT = 2;
    private static final double LEAST_DISTINCT = 10;

    private StatisticsShift() {}

    static List<CatalogChange> between(TableDescriptor before, TableDescriptor after) {
        List<CatalogChange> shifts = new ArrayList<>();
        TableStatistics old = before.statistics();
        TableStatistics now = after.statistics();
        if (moved(old.rowCount(), now.rowCount(), (a, b) -> Math.abs(a - b) > ROWS * Math.max(a, b))) {
            shifts.add(shift(after, Optional.empty(), "rows", old.rowCount(), now.rowCount()));
        }
        now.columns().forEach((name, column) -> {
            if (before.column(name).map(c -> c.type()).equals(after.column(name).map(c -> c.type()))) {
                column(shifts, before, after, name, old.column(name), column);
            }
        });
        return shifts;
    }

    private static void column(
            List<CatalogChange> shifts,
            TableDescriptor before,
            TableDescriptor table,
            String name,
            ColumnStatistics old,
            ColumnStatistics now) {
        if (moved(old.nullFraction(), now.nullFraction(), (a, b) -> Math.abs(a - b) > NULLS)) {
            shifts.add(shift(table, Optional.of(name), "null fraction", old.nullFraction(), now.nullFraction()));
        }
        if (moved(
                old.distinctCount(),
                now.distinctCount(),
                (a, b) -> doubled(a, b)
                        && Math.abs(a - b) > LEAST_DISTINCT
                        && !wentWithRows(a, before.statistics(), b, table.statistics()))) {
            shifts.add(shift(table, Optional.of(name), "distinct values", old.distinctCount(), now.distinctCount()));
        }
    }

    private static boolean doubled(double one, double other) {
        return Math.max(one, other) > DISTINCT * Math.min(one, other);
    }

    /** A table twice as long has twice as many keys: one change, not one for each of its unique columns. */
    private static boolean wentWithRows(double old, TableStatistics before, double now, TableStatistics after) {
        double oldRows = before.rowCount().orElse(0);
        double newRows = after.rowCount().orElse(0);
        return oldRows == 0 || newRows == 0 || !doubled(old / oldRows, now / newRows);
    }

    private static StatisticsShifted shift(
            TableDescriptor table, Optional<String> column, String figure, OptionalDouble from, OptionalDouble to) {
        return new StatisticsShifted(table.name(), column, figure, from.orElse(0), to.orElse(0));
    }

    private static boolean moved(OptionalDouble from, OptionalDouble to, Moved moved) {
        return from.isPresent() && to.isPresent() && moved.test(from.getAsDouble(), to.getAsDouble());
    }

    @FunctionalInterface
    private interface Moved {
        boolean test(double from, double to);
    }
}
