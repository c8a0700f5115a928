package io.calque.engine.exec;

import io.calque.engine.operator.BatchRows;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.RowCursor;
import java.util.Optional;

/** The batches of an operator of our own, their rows counted, until the query is stopped. Belongs to the thread that pulls the query. */
final class PassedBatches extends BatchRows {
    private final BatchRows rows;
    private final OperatorWatch watch;
    private final StopFlag stop;

    PassedBatches(BatchRows rows, OperatorWatch watch, StopFlag stop) {
        super(rows.layout());
        this.rows = rows;
        this.watch = watch;
        this.stop = stop;
    }

    @Override
    public RowCursor batches() {
        RowCursor from = rows.batches();
        return new RowCursor() {
            @Override
            public Optional<ColumnBatch> next() {
                stop.check();
                Optional<ColumnBatch> batch = from.next();
                batch.ifPresentOrElse(some -> watch.passed(some.rows()), watch::ended);
                return batch;
            }

            @Override
            public void close() {
                from.close();
                watch.ended();
            }
        };
    }
}
