package io.calque.mongodb.cursor;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCursor;
import io.calque.mongodb.Failures;
import io.calque.mongodb.pipeline.PipelineQuery;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.BatchSize;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.RowCursor;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;

/** Streams the result of one aggregation. One thread reads; {@link #close} may come from any. */
public final class PipelineCursor implements RowCursor {
    private final PipelineQuery query;
    private final String address;
    private final MongoCursor<RawBsonDocument> documents;
    private final RowDecoder decoder;
    private final BatchSize size;
    private final long deadlineNanos;
    private final BooleanSupplier cancelled;
    private final Runnable whenEmpty;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long rows;
    private boolean ended;

    /**
     * @param documents handed over: closed with this cursor
     * @param keep the condition of {@link PipelineQuery#unwinding}, without slots; empty when there is none
     * @param address how messages name the server
     * @param deadlineNanos as {@link System#nanoTime} counts
     * @param cancelled whether the session was cancelled
     * @param whenEmpty asked when not one document came: throws SOURCE_CHANGED when that is because the collection is gone
     */
    public PipelineCursor(
            PipelineQuery query,
            String address,
            MongoCursor<RawBsonDocument> documents,
            BsonDocument keep,
            Mismatch mismatch,
            int batchRows,
            long deadlineNanos,
            BooleanSupplier cancelled,
            Runnable whenEmpty) {
        this.whenEmpty = whenEmpty;
        this.query = query;
        this.address = address;
        this.documents = documents;
        this.decoder = query.unwinding().isPresent()
                ? new UnwindingDecoder(
                        query.source(), query.fields(), query.unwinding().get(), keep, mismatch, batchRows)
                : new DocumentDecoder(query.source(), query.fields(), mismatch, batchRows);
        this.size = new BatchSize(batchRows);
        this.deadlineNanos = deadlineNanos;
        this.cancelled = cancelled;
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            int wanted = size.rows();
            long started = System.nanoTime();
            while (decoder.rows() < wanted
                    && !(decoder.rows() > 0 && System.nanoTime() - started > BatchSize.SOON_NANOS)) {
                stopIfAsked();
                if (decoder.drain() || decoder.rows() >= wanted) {
                    break;
                }
                if (!documents.hasNext()) {
                    ended = true;
                    if (rows == 0) {
                        whenEmpty.run();
                    }
                    break;
                }
                // What has arrived is read without asking again, so a batch costs one round trip at most.
                do {
                    decoder.read(documents.next());
                    rows++;
                } while (decoder.rows() < wanted && documents.available() > 0);
            }
        } catch (QueryException e) {
            close();
            throw e;
        } catch (RuntimeException e) {
            close();
            throw translated(e);
        }
        if (ended) {
            close();
        }
        if (rows == 0 && ended && query.whenEmpty() == WhenEmpty.ONE_ROW) {
            return Optional.of(rowOverNothing());
        }
        if (decoder.rows() == 0) {
            return Optional.empty();
        }
        ColumnBatch batch = decoder.build();
        size.made(batch);
        return Optional.of(batch);
    }

    private void stopIfAsked() {
        if (cancelled.getAsBoolean() || closed.get()) {
            throw new QueryException(
                    ErrorCode.CANCELLED, "The query was cancelled " + doing() + " (source '" + query.source() + "')");
        }
        if (System.nanoTime() - deadlineNanos > 0) {
            throw new QueryException(ErrorCode.TIMED_OUT, "Source '" + query.source() + "' ran out of time " + doing());
        }
    }

    private QueryException translated(RuntimeException e) {
        // A cursor that another thread closed answers with IllegalStateException.
        boolean stopped = cancelled.getAsBoolean() || e instanceof IllegalStateException && closed.get();
        boolean byServer = e instanceof MongoException mongo && Failures.isStopped(mongo);
        if (stopped || byServer && closed.get()) {
            return new QueryException(
                    ErrorCode.CANCELLED,
                    "The query was cancelled " + doing() + " (source '" + query.source() + "')",
                    e);
        }
        return Failures.of(query.source(), address, doing(), e);
    }

    private String doing() {
        return "while reading " + query.database() + "." + query.collection() + " after " + rows + " rows";
    }

    /** $group gives no document for no input; SQL's aggregate without groups gives one row. */
    private ColumnBatch rowOverNothing() {
        return new ColumnBatch(
                1, query.fields().stream().map(PipelineCursor::overNothing).toList());
    }

    private static ColumnVector overNothing(ResultField field) {
        NativeQuery.Column column = field.column();
        ColumnBuilder builder = new ColumnBuilder(column.type(), 1);
        // Of the aggregates only COUNT, GROUPING and the sum that is 0 of nothing are never NULL.
        if (column.nullable()) {
            builder.appendNull();
        } else {
            builder.append(
                    switch (column.type().kind()) {
                        case DECIMAL -> BigDecimal.ZERO.setScale(column.type().scale());
                        case DOUBLE -> 0.0;
                        default -> field.overNothing();
                    });
        }
        return builder.build();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                documents.close();
            } catch (RuntimeException e) {
                // The server drops cursors of a lost connection by itself; there is nobody to tell.
            }
        }
    }
}
