package io.calque.engine.operator;

import io.calque.planner.physical.AggregatePlan;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Groups what it reads when the first group is asked for, then part after part of what was set aside. Single-threaded. */
final class AggregateCursor implements RowCursor {
    private static final int BATCH_ROWS = 1024;

    /** Rows that were set aside, and how often they were divided. */
    private record Part(BatchFile rows, int depth) {}

    private final RowCursor rows;
    private final RowLayout input;
    private final AggregatePlan plan;
    private final OperatorResources resources;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Deque<Groups> grouped = new ArrayDeque<>();
    private @Nullable Partitions setAside;
    private int passed;
    private boolean begun;
    private boolean closed;

    AggregateCursor(RowCursor rows, RowLayout input, AggregatePlan plan, OperatorResources resources) {
        this.rows = rows;
        this.input = input;
        this.plan = plan;
        this.resources = resources;
    }

    @Override
    public Optional<ColumnBatch> next() {
        while (!closed) {
            Groups known = grouped.peek();
            if (known != null) {
                if (passed < known.size()) {
                    int count = Math.min(BATCH_ROWS, known.size() - passed);
                    ColumnBatch batch = known.results(passed, count);
                    passed += count;
                    return Optional.of(batch);
                }
                grouped.remove();
                passed = 0;
                continue;
            }
            if (!begun) {
                begun = true;
                group(rows, 0);
            } else if (parts.isEmpty()) {
                close();
            } else {
                Part part = parts.remove();
                group(part.rows().read(), part.depth());
                part.rows().close();
            }
        }
        return Optional.empty();
    }

    private void group(RowCursor from, int depth) {
        GroupShares made = new GroupShares(input, plan, resources);
        Partitions others = null;
        for (Optional<ColumnBatch> batch = from.next(); batch.isPresent(); batch = from.next()) {
            if (others != null) {
                made.addHere(batch.get(), others);
            } else if (!made.add(batch.get())) {
                others = new Partitions(input, resources, depth);
                setAside = others;
            }
            resources.checkRunning();
        }
        if (others != null) {
            for (BatchFile file : others.finish()) {
                if (file != null) {
                    parts.add(new Part(file, depth + 1));
                }
            }
            setAside = null;
        }
        grouped.addAll(made.finish());
        passed = 0;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        rows.close();
        parts.forEach(part -> part.rows().close());
        parts.clear();
        Partitions others = setAside;
        if (others != null) {
            others.close();
        }
        grouped.clear();
        resources.hold(0);
    }
}
