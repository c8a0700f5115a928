package io.calque.registry.introspect;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import io.calque.spi.type.TypeKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The different values of columns of short text that have few of them, so that a word of a question is recognized as a value. A table is
 * read at most once, and only where the statistics do not list all values already. Stateless.
 */
final class ValueDictionaries {
    /** Longer text is prose, which nobody quotes as a value. */
    private static final int LONGEST = 60;
    /** Rows are narrow, a few columns of short text, but a dictionary is worth no long scan. */
    private static final Budget TABLE = new Budget(50_000, Duration.ofSeconds(1));

    private final Introspector introspector;
    private final int most;

    /**
     * @param most columns with more different values have no dictionary; 0 for none at all
     */
    ValueDictionaries(Introspector introspector, int most) {
        this.introspector = introspector;
        this.most = most;
    }

    /** The statistics with the values of its columns of short text, where they are few. */
    TableStatistics with(TableDescriptor table, TableStatistics statistics, Duration left) {
        List<String> wanted = wanted(table, statistics);
        if (wanted.isEmpty()) {
            return statistics;
        }
        List<SortedSet<String>> values = new ArrayList<>();
        wanted.forEach(column -> values.add(new TreeSet<>()));
        boolean[] tooMany = new boolean[wanted.size()];
        Duration time = left.compareTo(TABLE.time()) < 0 ? left : TABLE.time();
        ValueScan scan = introspector.values(
                table.withStatistics(statistics),
                wanted,
                new Budget(TABLE.rows(), time),
                row -> add(row, values, tooMany));
        if (scan.coverage() == Coverage.UNSUPPORTED) {
            return statistics;
        }
        TreeMap<String, ColumnStatistics> columns = new TreeMap<>(statistics.columns());
        for (int i = 0; i < wanted.size(); i++) {
            if (!tooMany[i] && !values.get(i).isEmpty()) {
                columns.put(wanted.get(i), statistics.column(wanted.get(i)).withSamples(List.copyOf(values.get(i))));
            }
        }
        return new TableStatistics(statistics.rowCount(), statistics.measuredAt(), columns);
    }

    private List<String> wanted(TableDescriptor table, TableStatistics statistics) {
        return most == 0
                ? List.of()
                : table.columns().stream()
                        .filter(c -> c.type().kind() == TypeKind.VARCHAR)
                        .filter(c -> isWorthReading(statistics.column(c.name())))
                        .map(ColumnDescriptor::name)
                        .toList();
    }

    private boolean isWorthReading(ColumnStatistics known) {
        return !known.mostCommonIsAll()
                && known.distinctCount().orElse(0) <= most
                && known.averageBytes().orElse(0) <= LONGEST;
    }

    private void add(@Nullable String[] row, List<SortedSet<String>> values, boolean[] tooMany) {
        for (int i = 0; i < row.length; i++) {
            String value = row[i];
            if (tooMany[i] || value == null || value.isBlank() || value.length() > LONGEST) {
                continue;
            }
            values.get(i).add(value);
            if (values.get(i).size() > most) {
                tooMany[i] = true;
                values.get(i).clear();
            }
        }
    }
}
