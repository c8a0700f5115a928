package io.calque.engine;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.batch.BatchSize;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.ExpressionRule;
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
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;

/** A source of numbered rows {@code (id INTEGER, name VARCHAR)} that computes nothing, counts what it is asked, and fails on demand. */
final class FakeSource implements Source {
    /** How the tables behave. */
    enum Behaviour {
        NORMAL,
        /** Blocks after the first batch until cancelled or closed. */
        HANGS,
        /** Fails after the first batch. */
        DIES
    }

    private final SourceId id;
    private final int permits;
    private final List<TableDescriptor> tables = new ArrayList<>();
    private final int rowsPerTable;
    private final Behaviour behaviour;
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    final CountDownLatch cancelled = new CountDownLatch(1);
    final AtomicInteger sessions = new AtomicInteger();
    final CountDownLatch firstBatchRead = new CountDownLatch(1);
    final AtomicInteger delivered = new AtomicInteger();
    private boolean readsByKeys;
    private boolean readsInParts;

    FakeSource(String id, int permits, int rowsPerTable, Behaviour behaviour, String... tableNames) {
        this.id = new SourceId(id);
        this.permits = permits;
        this.rowsPerTable = rowsPerTable;
        this.behaviour = behaviour;
        for (String name : tableNames) {
            List<ColumnDescriptor> columns = List.of(
                    ColumnDescriptor.of("id", DataType.INTEGER, "int", Nullability.NOT_NULL),
                    ColumnDescriptor.of("name", DataType.VARCHAR, "text", Nullability.NULLABLE));
            tables.add(TableDescriptor.of(new TableName(this.id, "main", name), TableKind.TABLE, columns));
        }
    }

    /** This source, which from now on reads by sets of keys. */
    FakeSource readingByKeys() {
        readsByKeys = true;
        return this;
    }

    /** This source, whose scans can from now on be read in parts. */
    FakeSource readingInParts() {
        readsInParts = true;
        return this;
    }

    SourceSnapshot snapshot() {
        return new SourceSnapshot(id, kind(), "fake 1", tables, Optional.of(Instant.EPOCH), Optional.empty());
    }

    @Override
    public SourceId id() {
        return id;
    }

    @Override
    public String kind() {
        return "fake";
    }

    @Override
    public int permits() {
        return permits;
    }

    @Override
    public Capabilities capabilities() {
        if (!readsByKeys) {
            return CapabilityList.of("The fake").build();
        }
        return CapabilityList.of("The fake")
                .operator(Filter.class)
                .functions(
                        (call, input) -> call.getOperands().get(1) instanceof RexDynamicParam keys
                                        && ParameterSlot.isFound(keys.getIndex())
                                ? Verdict.yes()
                                : Verdict.no("the fake knows keys only"),
                        "=",
                        ">=",
                        "<=")
                .functions(ExpressionRule.ALWAYS, "AND")
                .keyTuples()
                .build();
    }

    @Override
    public Introspector introspector() {
        return new Introspector() {
            @Override
            public Observation observe(Progress progress) {
                return new Observation("fake 1", tables, List.of());
            }

            @Override
            public TableStatistics measure(TableDescriptor table, Budget budget) {
                return TableStatistics.UNKNOWN;
            }
        };
    }

    /** A scan, or the rows of a scan whose ids are among the keys of every slot and within its bounds. */
    private record FakeQuery(SourceId source, String text, List<ParameterSlot> slots, List<Column> columns)
            implements NativeQuery {
        @Override
        public OptionalLong dividableRows() {
            return OptionalLong.of(0);
        }
    }

    /** Every so manieth row of a scan. */
    private record FakePart(FakeQuery whole, int part, int parts) implements NativeQuery {
        @Override
        public SourceId source() {
            return whole.source();
        }

        @Override
        public String text() {
            return whole.text() + ", part " + part + " of " + parts;
        }

        @Override
        public List<ParameterSlot> slots() {
            return whole.slots();
        }

        @Override
        public List<Column> columns() {
            return whole.columns();
        }
    }

    private static FakeQuery compile(SourceId source, RelNode fragment) {
        List<ParameterSlot> slots = new ArrayList<>();
        RelNode node = fragment;
        while (node instanceof Filter filter) {
            for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                // of keys with several columns the first parameter stands for all
                RexDynamicParam keys =
                        (RexDynamicParam) ((RexCall) conjunct).getOperands().get(1);
                slots.add(new ParameterSlot(keys.getIndex(), RelTypes.toData(keys.getType())));
            }
            node = filter.getInput();
        }
        String table = FragmentColumns.table((TableScan) node).name().table();
        return new FakeQuery(
                source,
                slots.isEmpty()
                        ? "scan " + table
                        : "scan " + table + " by "
                                + slots.stream().map(ParameterSlot::shown).toList(),
                slots,
                RelTypes.columns(fragment.getRowType()));
    }

    @Override
    public FragmentCompiler compiler() {
        return fragment -> compile(id, fragment);
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        return new FakeQuery(id, nativeText, List.of(), List.of(new NativeQuery.Column("id", DataType.INTEGER, false)));
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        sessions.incrementAndGet();
        CountDownLatch stopped = new CountDownLatch(1);
        return new ReadSession() {
            @Override
            public RowCursor read(NativeQuery query, Bindings bindings) {
                List<LongPredicate> conditions = query.slots().stream()
                        .map(slot -> condition(slot, bindings))
                        .toList();
                return new Rows(query, conditions, options.batchRows(), stopped);
            }

            @Override
            public List<NativeQuery> divide(NativeQuery query, int parts) {
                List<NativeQuery> divided = new ArrayList<>();
                for (int part = 0; readsInParts && part < parts; part++) {
                    divided.add(new FakePart((FakeQuery) query, part, parts));
                }
                return readsInParts ? divided : List.of(query);
            }

            @Override
            public Consistency consistency() {
                return Consistency.SNAPSHOT;
            }

            @Override
            public void cancel() {
                cancelled.countDown();
                stopped.countDown();
            }

            @Override
            public void close() {
                stopped.countDown();
                sessions.decrementAndGet();
            }
        };
    }

    private static LongPredicate condition(ParameterSlot slot, Bindings bindings) {
        if (slot.isKeys()) {
            Set<Object> keys = new HashSet<>(bindings.keys(slot));
            return id -> keys.contains(id) || keys.contains("row " + id) || keys.contains(List.of(id, "row " + id));
        }
        Object bound = Objects.requireNonNull(bindings.value(slot));
        int direction = slot.shown().startsWith("?least") ? 1 : -1;
        return id -> direction
                        * (bound instanceof Long least
                                ? Long.compare(id, least)
                                : ("row " + id).compareTo((String) bound))
                >= 0;
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    private final class Rows implements RowCursor {
        private final NativeQuery query;
        private final List<LongPredicate> conditions;
        private final BatchSize size;
        private final CountDownLatch stopped;
        private int next;
        private boolean closed;

        Rows(NativeQuery query, List<LongPredicate> conditions, int batchRows, CountDownLatch stopped) {
            this.query = query;
            this.conditions = conditions;
            this.size = new BatchSize(batchRows);
            this.stopped = stopped;
            mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        }

        @Override
        public Optional<ColumnBatch> next() {
            if (next > 0 && behaviour == Behaviour.DIES) {
                throw new QueryException(
                        ErrorCode.SOURCE_READ_FAILED, "Source '" + id + "' failed after " + next + " rows");
            }
            if (next > 0 && behaviour == Behaviour.HANGS) {
                firstBatchRead.countDown();
                await();
                throw new QueryException(ErrorCode.CANCELLED, "stopped at the source");
            }
            int count = Math.min(size.rows(), rowsPerTable - next);
            if (count <= 0) {
                return Optional.empty();
            }
            List<ColumnBuilder> builders = new ArrayList<>();
            query.columns().forEach(c -> builders.add(new ColumnBuilder(c.type(), count)));
            int kept = 0;
            for (int i = 0; i < count; i++, next++) {
                long row = next;
                if (!conditions.stream().allMatch(condition -> condition.test(row))
                        || query instanceof FakePart some && row % some.parts() != some.part()) {
                    continue;
                }
                kept++;
                for (int c = 0; c < builders.size(); c++) {
                    boolean number = query.columns().get(c).type().equals(DataType.INTEGER);
                    builders.get(c).append(number ? (Object) (long) next : "row " + next);
                }
            }
            if (kept == 0) {
                return next();
            }
            delivered.addAndGet(kept);
            ColumnBatch batch = new ColumnBatch(
                    kept, builders.stream().map(ColumnBuilder::build).toList());
            size.made(batch);
            return Optional.of(batch);
        }

        private void await() {
            try {
                if (!stopped.await(30, TimeUnit.SECONDS)) {
                    throw new AssertionError("nobody stopped a hanging read");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** By its own thread and by a query that is closed early, at once: the second waits for the first. */
        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                stopped.countDown();
                open.decrementAndGet();
            }
        }
    }
}
