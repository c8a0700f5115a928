package io.calque.registry.introspect;

import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Which tables are worth measuring again. Immutable.
 *
 * @param keep tables whose statistics in the registry still serve
 * @param measure the others, with the best statistics there are for the case that time runs out
 */
record StatisticsPlan(List<TableDescriptor> keep, List<TableDescriptor> measure) {
    /** The source's own cheap row count moved by more than this share: measure again. */
    private static final double MOVED = 0.1;

    static StatisticsPlan of(
            Collection<TableDescriptor> observed,
            Map<TableName, TableDescriptor> known,
            Duration maximumAge,
            Instant now) {
        List<TableDescriptor> keep = new ArrayList<>();
        List<TableDescriptor> measure = new ArrayList<>();
        for (TableDescriptor table : observed) {
            TableDescriptor old = known.get(table.name());
            TableDescriptor best = old == null ? table : table.withStatistics(better(table, old));
            if (old != null && sameShape(old, table) && fresh(old, maximumAge, now) && !moved(old, table)) {
                keep.add(best);
            } else {
                measure.add(best);
            }
        }
        return new StatisticsPlan(keep, measure);
    }

    private static TableStatistics better(TableDescriptor table, TableDescriptor old) {
        return old.statistics().measuredAt().isPresent() && sameShape(old, table)
                ? old.statistics()
                : table.statistics();
    }

    private static boolean sameShape(TableDescriptor old, TableDescriptor table) {
        return old.shape().equals(table.shape());
    }

    private static boolean fresh(TableDescriptor old, Duration maximumAge, Instant now) {
        return old.statistics()
                .measuredAt()
                .filter(at -> Duration.between(at, now).compareTo(maximumAge) < 0)
                .isPresent();
    }

    private static boolean moved(TableDescriptor old, TableDescriptor table) {
        OptionalDouble before = old.statistics().rowCount();
        OptionalDouble now = table.statistics().rowCount();
        if (before.isEmpty() || now.isEmpty()) {
            return false;
        }
        double larger = Math.max(before.getAsDouble(), now.getAsDouble());
        return Math.abs(before.getAsDouble() - now.getAsDouble()) > MOVED * larger;
    }
}
