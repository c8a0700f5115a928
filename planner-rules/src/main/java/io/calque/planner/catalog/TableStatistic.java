package io.calque.planner.catalog;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.util.ImmutableBitSet;

/** Row count and keys of one table. Immutable. */
final class TableStatistic implements Statistic {
    /** What an unmeasured table is taken for: large enough to be worth filtering, small enough not to scare. */
    private static final double UNKNOWN_ROWS = 1000;

    private final TableDescriptor table;
    private final List<ImmutableBitSet> keys;

    TableStatistic(TableDescriptor table) {
        this.table = table;
        List<ImmutableBitSet> found = new ArrayList<>();
        table.primaryKey().flatMap(this::positions).ifPresent(found::add);
        // A unique key over a nullable column lets NULLs repeat, so it is no key to the planner.
        table.uniqueKeys().stream()
                .flatMap(key -> positions(key).stream())
                .filter(this::allNotNull)
                .forEach(found::add);
        this.keys = List.copyOf(found);
    }

    @Override
    public Double getRowCount() {
        return Math.max(1, table.statistics().rowCount().orElse(UNKNOWN_ROWS));
    }

    @Override
    public boolean isKey(ImmutableBitSet columns) {
        return keys.stream().anyMatch(columns::contains);
    }

    @Override
    public List<ImmutableBitSet> getKeys() {
        return keys;
    }

    private Optional<ImmutableBitSet> positions(KeyDescriptor key) {
        ImmutableBitSet.Builder bits = ImmutableBitSet.builder();
        for (String name : key.columns()) {
            int position = position(name);
            if (position < 0) {
                return Optional.empty();
            }
            bits.set(position);
        }
        return Optional.of(bits.build());
    }

    private int position(String name) {
        List<ColumnDescriptor> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private boolean allNotNull(ImmutableBitSet key) {
        return key.asList().stream().noneMatch(i -> table.columns().get(i).nullable());
    }
}
