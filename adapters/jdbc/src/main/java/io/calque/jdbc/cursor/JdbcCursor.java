package io.calque.jdbc.cursor;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.BatchSize;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import io.calque.spi.source.RowCursor;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Batches out of one statement. Single-threaded, but for {@link #close} and {@link #cancel}. */
public final class JdbcCursor implements RowCursor {
    /** Small results should not pay for large arrays: the first batches start small and grow as rows come. */
    private static final int FIRST_CAPACITY = 64;

    private static final int LOOKED_AT_EVERY = 16;

    private static final long MILLIS_BETWEEN_INTERRUPTS = 200;

    /** The driver call that runs the statement, parameters bound. */
    @FunctionalInterface
    public interface Execution {
        DriverRows run() throws SQLException;
    }

    private enum Stop {
        NO,
        CANCELLED,
        CLOSED
    }

    private final SqlQuery query;
    private final Statement statement;
    private final Execution execution;
    private final ColumnBuilder[] builders;
    private final BatchSize size;
    private int capacity;
    private final CursorHost host;
    private final ReentrantLock inUse = new ReentrantLock();
    private final AtomicReference<Stop> stop = new AtomicReference<>(Stop.NO);
    private @Nullable DriverRows rows;
    private long delivered;
    private boolean ended;
    private boolean released;

    public JdbcCursor(SqlQuery query, Statement statement, Execution execution, int batchRows, CursorHost host) {
        this.query = query;
        this.statement = statement;
        this.execution = execution;
        this.size = new BatchSize(batchRows);
        this.capacity = Math.min(size.rows(), FIRST_CAPACITY);
        this.builders = query.columns().stream()
                .map(c -> new ColumnBuilder(c.type(), capacity))
                .toArray(ColumnBuilder[]::new);
        this.host = host;
    }

    public SqlQuery query() {
        return query;
    }

    public Statement statement() {
        return statement;
    }

    /** How many rows have been read; asked by whoever holds the cursor's turn. */
    public long delivered() {
        return delivered;
    }

    /** Whether the rows came to their end. */
    public boolean ended() {
        return ended;
    }

    /** Whether somebody asked this cursor to end before its rows did. */
    public boolean stopped() {
        return stop.get() != Stop.NO;
    }

    /** Runs the statement; once, before the first {@link #next}. */
    public void start() {
        inUse.lock();
        host.enter(this);
        try {
            requireRunning();
            rows = execution.run();
        } catch (SQLException e) {
            throw failure(e);
        } finally {
            host.leave(this);
            inUse.unlock();
        }
    }

    @Override
    public Optional<ColumnBatch> next() {
        inUse.lock();
        try {
            if (released && stop.get() == Stop.NO) {
                return Optional.empty();
            }
            requireRunning();
            return fetched();
        } finally {
            inUse.unlock();
        }
    }

    private Optional<ColumnBatch> fetched() {
        int count = 0;
        host.enter(this);
        try {
            DriverRows current = rows;
            if (current == null) {
                throw new IllegalStateException("the cursor was not started");
            }
            int wanted = size.rows();
            if (delivered > 0) {
                current.expect(wanted);
            }
            long started = System.nanoTime();
            while (count < wanted && !(isLookedAt(count) && System.nanoTime() - started > BatchSize.SOON_NANOS)) {
                if (!current.next(builders)) {
                    ended = true;
                    break;
                }
                count++;
            }
        } catch (SQLException e) {
            delivered += count;
            throw failure(e);
        } finally {
            host.leave(this);
        }
        delivered += count;
        if (ended) {
            release();
        }
        return count == 0 ? Optional.empty() : Optional.of(batch(count));
    }

    private ColumnBatch batch(int count) {
        List<ColumnVector> columns = new ArrayList<>(builders.length);
        for (int column = 0; column < builders.length; column++) {
            columns.add(builders[column].build());
        }
        ColumnBatch batch = new ColumnBatch(count, columns);
        size.made(batch);
        if (!ended && size.rows() > capacity) {
            capacity = size.rows();
            for (int column = 0; column < builders.length; column++) {
                builders[column] = new ColumnBuilder(query.columns().get(column).type(), capacity);
            }
        }
        return batch;
    }

    /** The clock is not free: of many rows that come fast only some are worth a look at it. */
    private static boolean isLookedAt(int count) {
        return count > 0 && (count < LOOKED_AT_EVERY || count % LOOKED_AT_EVERY == 0);
    }

    private void requireRunning() {
        if (stop.get() != Stop.NO) {
            throw cancelled(null);
        }
    }

    private QueryException failure(SQLException e) {
        return stop.get() == Stop.NO ? host.failure(this, e, delivered) : cancelled(e);
    }

    private QueryException cancelled(@Nullable SQLException cause) {
        return new QueryException(
                ErrorCode.CANCELLED,
                "The read of source '" + query.source() + "' was cancelled after " + delivered + " rows",
                cause);
    }

    /** Ends the native query at the source; {@link #next} then fails with CANCELLED. Never throws. */
    public void cancel() {
        if (stop.compareAndSet(Stop.NO, Stop.CANCELLED)) {
            interruptQuietly();
        }
    }

    @Override
    public void close() {
        stop.compareAndSet(Stop.NO, Stop.CLOSED);
        lockInterrupting();
        try {
            release();
        } finally {
            inUse.unlock();
        }
    }

    /** A cancel that comes before the server has begun is lost, so it is sent until the driver's call has ended. */
    private void lockInterrupting() {
        boolean interrupted = false;
        boolean locked = inUse.tryLock();
        while (!locked) {
            interruptQuietly();
            try {
                locked = inUse.tryLock(MILLIS_BETWEEN_INTERRUPTS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void interruptQuietly() {
        try {
            host.interrupt(this);
        } catch (SQLException e) {
            // The source is gone or the query has just ended: in both cases nothing runs any more.
            return;
        }
    }

    private void release() {
        if (!released) {
            released = true;
            host.release(this);
        }
    }
}
