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
    private @Nullable Groups groups;
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
            Groups known = groups;
            if (known != null && passed < known.size()) {
                int count = Math.min(BATCH_ROWS, known.size() - passed);
                ColumnBatch batch = known.results(passed, count);
                passed += count;
                return Optional.of(batch);
            }
            groups = null;
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
        Groups made = new Groups(input, plan);
        Partitions others = null;
        for (Optional<ColumnBatch> batch = from.next(); batch.isPresent(); batch = from.next()) {
            int[] where = made.add(batch.get());
            if (others != null) {
                setAside(batch.get(), where, made, others);
            } else if (!resources.hold(made.bytes()) && made.size() > 1) {
                made.close();
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
        groups = made;
        passed = 0;
    }

    private static void setAside(ColumnBatch batch, int[] where, Groups made, Partitions others) {
        for (int row = 0; row < batch.rows(); row++) {
            if (where[row] == Groups.ELSEWHERE) {
                others.add(batch, row, others.of(made.hash(row)));
            }
        }
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
        groups = null;
        resources.hold(0);
    }
}
