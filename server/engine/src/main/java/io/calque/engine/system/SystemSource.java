package io.calque.engine.system;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.RelTypes;
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
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.rel.core.TableScan;
import org.jspecify.annotations.Nullable;

/** Calque's own tables as a source that computes nothing and never fails. Thread-safe; one for each query that reads it. */
public final class SystemSource implements Source {
    public static final SourceId ID = new SourceId("system");

    private static final int PERMITS = 64;

    private final Map<TableName, SystemTable> tables = new LinkedHashMap<>();
    private final Optional<SystemView> view;

    private SystemSource(Iterable<SystemTable> tables, Optional<SystemView> view) {
        tables.forEach(table -> this.tables.put(new TableName(ID, table.schema(), table.name()), table));
        this.view = view;
    }

    /** For planning; it has no rows. */
    public static SystemSource of(Iterable<SystemTable> tables) {
        return new SystemSource(tables, Optional.empty());
    }

    /** The same tables as one query sees them. */
    public SystemSource as(SystemView newView) {
        return new SystemSource(tables.values(), Optional.of(newView));
    }

    /** What names resolve to. */
    public List<TableDescriptor> descriptors() {
        List<TableDescriptor> descriptors = new ArrayList<>();
        tables.forEach(
                (name, table) -> descriptors.add(TableDescriptor.of(name, TableKind.SYSTEM_TABLE, table.columns())));
        return descriptors;
    }

    @Override
    public SourceId id() {
        return ID;
    }

    @Override
    public String kind() {
        return "system";
    }

    @Override
    public int permits() {
        return PERMITS;
    }

    @Override
    public Capabilities capabilities() {
        return CapabilityList.of("Calque's system catalog").build();
    }

    @Override
    public Introspector introspector() {
        return new Introspector() {
            @Override
            public Observation observe(Progress progress) {
                return new Observation("Calque", descriptors(), List.of());
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
            TableDescriptor table = FragmentColumns.table((TableScan) fragment);
            return new SystemQuery(table.name(), RelTypes.columns(fragment.getRowType()));
        };
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        throw new QueryException(ErrorCode.NOT_SUPPORTED, "The system catalog has no language of its own: use SQL");
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        SystemView seen = view.orElseThrow(() -> new IllegalStateException("system tables read outside a query"));
        return new ReadSession() {
            @Override
            public RowCursor read(NativeQuery query, Bindings bindings) {
                SystemQuery system = (SystemQuery) query;
                return new Rows(
                        Objects.requireNonNull(tables.get(system.table())),
                        seen,
                        system.columns(),
                        options.batchRows());
            }

            @Override
            public Consistency consistency() {
                return Consistency.SNAPSHOT;
            }

            @Override
            public void cancel() {
                // Rows are in memory already; there is nothing to stop.
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private record SystemQuery(TableName table, List<Column> columns) implements NativeQuery {
        @Override
        public SourceId source() {
            return ID;
        }

        @Override
        public String text() {
            return "scan " + table.schema() + "." + table.table();
        }

        @Override
        public List<ParameterSlot> slots() {
            return List.of();
        }
    }

    private static final class Rows implements RowCursor {
        private final Iterator<? extends List<? extends @Nullable Object>> rows;
        private final List<ColumnBuilder> builders = new ArrayList<>();
        private final int batchRows;

        Rows(SystemTable table, SystemView view, List<NativeQuery.Column> columns, int batchRows) {
            this.rows = table.rows(view).iterator();
            this.batchRows = batchRows;
            columns.forEach(column -> builders.add(new ColumnBuilder(column.type(), 64)));
        }

        @Override
        public Optional<ColumnBatch> next() {
            int count = 0;
            while (count < batchRows && rows.hasNext()) {
                List<? extends @Nullable Object> row = rows.next();
                for (int i = 0; i < builders.size(); i++) {
                    builders.get(i).append(row.get(i));
                }
                count++;
            }
            return count == 0
                    ? Optional.empty()
                    : Optional.of(new ColumnBatch(
                            count, builders.stream().map(ColumnBuilder::build).toList()));
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
