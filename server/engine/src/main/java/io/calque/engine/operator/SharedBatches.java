package io.calque.engine.operator;

import io.calque.planner.physical.SharePlan;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.Function0;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are made once and read by several operators, each at its own pace. They are made as far as the reader that is ahead has come;
 * what memory does not hold goes to disk. All is kept to the end of the query, for a nested loop may come back. Belongs to the thread that
 * pulls the query.
 */
public final class SharedBatches extends BatchRows {
    private final Function0<Enumerable<Object>> maker;
    private final OperatorResources resources;
    private final List<ColumnBatch> inMemory = new ArrayList<>();
    private @Nullable BatchFile onDisk;
    private @Nullable RowCursor making;
    private long bytes;
    private int count;
    private boolean ended;

    /**
     * @param maker asked once, when the first row is wanted
     */
    public SharedBatches(Function0<Enumerable<Object>> maker, SharePlan plan, OperatorResources resources) {
        super(new RowLayout(plan.columns()));
        this.maker = maker;
        this.resources = resources;
    }

    @Override
    public RowCursor batches() {
        return new RowCursor() {
            private int next;
            private boolean closed;

            @Override
            public Optional<ColumnBatch> next() {
                if (closed || (next == count && !make())) {
                    return Optional.empty();
                }
                return Optional.of(batch(next++));
            }

            /** Other readers may want more. */
            @Override
            public void close() {
                closed = true;
            }
        };
    }

    private ColumnBatch batch(int number) {
        BatchFile file = onDisk;
        return number < inMemory.size() || file == null ? inMemory.get(number) : file.batch(number - inMemory.size());
    }

    /** One batch more; false at the end. */
    private boolean make() {
        if (ended) {
            return false;
        }
        RowCursor from = making;
        if (from == null) {
            from = read(maker.apply(), layout());
            making = from;
        }
        Optional<ColumnBatch> made = from.next();
        if (made.isEmpty()) {
            ended = true;
            from.close();
            return false;
        }
        keep(made.get());
        count++;
        return true;
    }

    private void keep(ColumnBatch batch) {
        BatchFile file = onDisk;
        if (file == null) {
            long more = bytes + batch.sizeInBytes();
            if (resources.hold(more)) {
                bytes = more;
                inMemory.add(batch);
                return;
            }
            resources.hold(bytes);
            file = new BatchFile(layout(), resources.newFile());
            onDisk = file;
        }
        file.add(batch);
    }
}
