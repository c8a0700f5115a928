package io.calque.engine.exec;

import io.calque.engine.prepare.PlannedQuery;
import io.calque.planner.physical.FragmentRuntime;
import io.calque.spi.batch.ColumnBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** Gives compiled code the rows of its fragments. Single-threaded: belongs to the thread that pulls the query. */
final class QueryRuntime implements FragmentRuntime {
    /** More operators than any plan has; counters beyond are dropped. */
    private static final int MAX_COUNTED = 1024;

    private final PlannedQuery plan;
    private final QueryFetches fetches;
    private final MemoryAccount memory;
    private final AtomicBoolean cancelled;
    private final Map<Integer, List<ColumnBatch>> kept = new HashMap<>();
    private final AtomicLongArray operatorRows = new AtomicLongArray(MAX_COUNTED);

    QueryRuntime(PlannedQuery plan, QueryFetches fetches, MemoryAccount memory, AtomicBoolean cancelled) {
        this.plan = plan;
        this.fetches = fetches;
        this.memory = memory;
        this.cancelled = cancelled;
    }

    @Override
    public Enumerable<Object> fetch(int ordinal) {
        RowDecoder decoder = new RowDecoder(plan.fragments().get(ordinal).columns());
        boolean replayed = plan.replayed().contains(ordinal);
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return replayed ? replay(ordinal, decoder) : stream(ordinal, decoder);
            }
        };
    }

    private Enumerator<Object> stream(int ordinal, RowDecoder decoder) {
        FragmentRead read = fetches.asked(ordinal);
        Supplier<Optional<ColumnBatch>> batches = read::take;
        if (plan.retained().contains(ordinal)) {
            // The operator above keeps these rows until the query ends.
            batches = () -> {
                Optional<ColumnBatch> batch = read.take();
                batch.ifPresent(b -> memory.reserve(b.sizeInBytes()));
                return batch;
            };
        }
        return new FragmentRows(batches, decoder, cancelled, read::abandon);
    }

    private Enumerator<Object> replay(int ordinal, RowDecoder decoder) {
        Iterator<ColumnBatch> batches =
                kept.computeIfAbsent(ordinal, this::readAll).iterator();
        return new FragmentRows(
                () -> batches.hasNext() ? Optional.of(batches.next()) : Optional.empty(), decoder, cancelled, () -> {});
    }

    private List<ColumnBatch> readAll(int ordinal) {
        FragmentRead read = fetches.asked(ordinal);
        List<ColumnBatch> all = new ArrayList<>();
        for (Optional<ColumnBatch> batch = read.take(); batch.isPresent(); batch = read.take()) {
            memory.reserve(batch.get().sizeInBytes());
            all.add(batch.get());
        }
        return all;
    }

    @Override
    public Enumerable<Object> counted(int operator, Enumerable<Object> rows) {
        return rows.where(row -> {
            if (operator < MAX_COUNTED) {
                operatorRows.incrementAndGet(operator);
            }
            return true;
        });
    }

    long operatorRows(int operator) {
        return operator < MAX_COUNTED ? operatorRows.get(operator) : 0;
    }
}
