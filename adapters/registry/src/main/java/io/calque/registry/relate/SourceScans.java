package io.calque.registry.relate;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Source;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads tables of one source, one after the other, while its time lasts. Belongs to one thread at a time. */
final class SourceScans {
    private static final Duration LEAST = Duration.ofMillis(50);

    private final Source source;
    private final RelationshipOptions options;
    private final List<String> warnings = new ArrayList<>();
    private long nanosLeft;
    private int skipped;
    private boolean down;

    SourceScans(Source source, RelationshipOptions options) {
        this.source = source;
        this.options = options;
        this.nanosLeft = options.source().toNanos();
    }

    /** Values of a table's numbers and short texts as sketches; nothing when there is no time or the source refuses. */
    Optional<TableSketch> sketch(TableDescriptor table) {
        List<ColumnDescriptor> columns = TableSketch.scannable(table);
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<SketchBuilder> builders = columns.stream()
                .map(c -> new SketchBuilder(c.type().isNumeric()))
                .toList();
        Optional<ValueScan> scan =
                scan(table, columns.stream().map(ColumnDescriptor::name).toList(), values -> {
                    for (int i = 0; i < values.length; i++) {
                        builders.get(i).add(values[i]);
                    }
                });
        return scan.map(done -> {
            boolean complete = done.coverage() == Coverage.COMPLETE;
            Map<String, ColumnSketch> sketches = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                sketches.put(columns.get(i).name(), builders.get(i).build(complete));
            }
            return new TableSketch(table, sketches, done.rows(), complete);
        });
    }

    /** Hands out rows; empty when nothing came. */
    Optional<ValueScan> scan(TableDescriptor table, List<String> columns, ValueScan.Sink sink) {
        if (down) {
            return Optional.empty();
        }
        if (nanosLeft < LEAST.toNanos()) {
            skipped++;
            return Optional.empty();
        }
        long start = System.nanoTime();
        try {
            long time = Math.min(options.table().time().toNanos(), nanosLeft);
            Budget budget = new Budget(options.table().rows(), Duration.ofNanos(time));
            ValueScan done = source.introspector().values(table, columns, budget, sink);
            return done.coverage() == Coverage.UNSUPPORTED ? Optional.empty() : Optional.of(done);
        } catch (QueryException e) {
            warnings.add(table.name() + " was not compared: " + e.getMessage());
            down = e.code() == ErrorCode.SOURCE_UNAVAILABLE;
            return Optional.empty();
        } finally {
            nanosLeft -= System.nanoTime() - start;
        }
    }

    /** What a person should know of this source. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings);
        if (skipped > 0) {
            all.add(source.id() + ": " + skipped + " looks at tables were left out after "
                    + options.source().toSeconds() + " s");
        }
        return all;
    }
}
