package io.calque.benchmarks.generated;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;

/** A source of {@link GeneratedTable}s that only scans, and leaves out columns. Thread-safe. */
public final class GeneratedSource implements Source {
    private static final SourceId ID = new SourceId("generated");
    private static final int PERMITS = 8;

    private final List<GeneratedTable> tables;
    private final Map<String, GeneratedBatches> batches = new HashMap<>();

    /** Computes all rows, so that reading them costs nothing. */
    public GeneratedSource(List<GeneratedTable> tables) {
        this.tables = List.copyOf(tables);
        tables.forEach(table -> batches.put(table.name(), GeneratedBatches.of(table)));
    }

    /**
     * @param stored the columns by their names in the table
     */
    private record Scan(SourceId source, String table, List<String> stored, List<Column> columns)
            implements NativeQuery {
        @Override
        public String text() {
            return "scan " + table + " " + stored;
        }

        @Override
        public List<ParameterSlot> slots() {
            return List.of();
        }
    }

    SourceSnapshot snapshot() {
        return new SourceSnapshot(
                ID, kind(), "generated 1", descriptors(), Optional.of(Instant.EPOCH), Optional.empty());
    }

    private List<TableDescriptor> descriptors() {
        return tables.stream().map(table -> table.descriptor(ID)).toList();
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public String kind() {
        return "generated";
    }

    @Override
    public int permits() {
        return PERMITS;
    }

    @Override
    public Capabilities capabilities() {
        return CapabilityList.of("A table of formulas")
                .operator(
                        Project.class,
                        project -> project.getProjects().stream().allMatch(RexInputRef.class::isInstance)
                                ? Verdict.yes()
                                : Verdict.no("a table of formulas computes nothing else"))
                .build();
    }

    @Override
    public Introspector introspector() {
        return new Introspector() {
            @Override
            public Observation observe(Progress progress) {
                return new Observation("generated 1", descriptors(), List.of());
            }

            @Override
            public TableStatistics measure(TableDescriptor table, Budget budget) {
                return TableStatistics.UNKNOWN;
            }
        };
    }

    @Override
    public FragmentCompiler compiler() {
        return fragment -> {
            List<String> stored = new ArrayList<>();
            for (int i = 0; i < fragment.getRowType().getFieldCount(); i++) {
                stored.add(FragmentColumns.origin(fragment, i).orElseThrow().name());
            }
            RelNode scan = fragment;
            while (scan instanceof Project project) {
                scan = project.getInput();
            }
            String table = FragmentColumns.table((TableScan) scan).name().table();
            return new Scan(ID, table, stored, RelTypes.columns(fragment.getRowType()));
        };
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        throw new UnsupportedOperationException("generated tables have no language");
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return new ReadSession() {
            @Override
            public RowCursor read(NativeQuery query, Bindings bindings) {
                Scan scan = (Scan) query;
                return Objects.requireNonNull(batches.get(scan.table())).read(scan.stored());
            }

            @Override
            public Consistency consistency() {
                return Consistency.SNAPSHOT;
            }

            @Override
            public void cancel() {
                // its cursors never wait
            }

            @Override
            public void close() {
                // holds nothing
            }
        };
    }

    @Override
    public void close() {
        // holds nothing
    }
}
