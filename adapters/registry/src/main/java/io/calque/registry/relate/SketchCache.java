package io.calque.registry.relate;

import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sketches of tables that have not changed since, so that they are not read again. Bounded; thread-safe. */
final class SketchCache {
    /** About 32 MB. */
    private static final int MOST_COLUMNS = 4_000;

    private final Map<TableName, TableSketch> sketches = new LinkedHashMap<>();
    private int columns;

    /** What is known of exactly this table, with these statistics. */
    synchronized Optional<TableSketch> of(TableDescriptor table) {
        return Optional.ofNullable(sketches.get(table.name()))
                .filter(s -> s.table().equals(table));
    }

    synchronized void keep(TableSketch sketch) {
        TableSketch before = sketches.remove(sketch.table().name());
        columns +=
                sketch.columns().size() - (before == null ? 0 : before.columns().size());
        sketches.put(sketch.table().name(), sketch);
        while (columns > MOST_COLUMNS && !sketches.isEmpty()) {
            TableName oldest = sketches.keySet().iterator().next();
            TableSketch gone = sketches.remove(oldest);
            columns -= gone == null ? 0 : gone.columns().size();
        }
    }
}
