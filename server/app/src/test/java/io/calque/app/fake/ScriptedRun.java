package io.calque.app.fake;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.batch.ColumnVector;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A scripted statement, running. */
final class ScriptedRun implements QueryRun {
    private static final int BATCH = 1000;

    private final ScriptedQuery query;
    private final List<? extends @Nullable Object> parameters;
    private final RunOptions options;
    private final String id = "q-" + UUID.randomUUID();
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private long next;
    private @Nullable ColumnBatch batch;

    ScriptedRun(ScriptedQuery query, List<? extends @Nullable Object> parameters, RunOptions options) {
        this.query = query;
        this.parameters = parameters;
        this.options = options;
        query.engine().openRuns.incrementAndGet();
        query.engine().lastId = id;
    }

    @Override
    public String queryId() {
        return id;
    }

    @Override
    public List<ResultColumn> columns() {
        return query.columns();
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (query.answer().blocks()) {
            block();
        }
        if (cancelled.getCount() == 0) {
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled");
        }
        long available = query.answer().count();
        long all = options.maxRows() > 0 ? Math.min(options.maxRows(), available) : available;
        int count = (int) Math.min(BATCH, all - next);
        if (count <= 0) {
            query.answer().end().ifPresent(failure -> {
                throw failure;
            });
            return Optional.empty();
        }
        ColumnBatch repeated = batch;
        if (query.answer().repeats() && repeated != null && count == BATCH) {
            next += count;
            return Optional.of(repeated);
        }
        List<ColumnBuilder> builders = query.answer().types().stream()
                .map(type -> new ColumnBuilder(type, BATCH))
                .collect(Collectors.toList());
        for (int i = 0; i < count; i++) {
            List<? extends @Nullable Object> row = row(next++);
            for (int column = 0; column < builders.size(); column++) {
                builders.get(column).append(row.get(column));
            }
        }
        query.engine().produced.addAndGet(count);
        List<ColumnVector> columns = builders.stream().map(ColumnBuilder::build).toList();
        batch = new ColumnBatch(count, columns);
        return Optional.of(batch);
    }

    private List<? extends @Nullable Object> row(long number) {
        if (query.answer().generated() >= 0 || query.answer().repeats()) {
            return ScriptedAnswer.row(number);
        }
        if (query.answer().echoes()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object parameter : parameters) {
                values.add(internal(parameter));
            }
            return values;
        }
        return query.answer().rows().get((int) number);
    }

    private static @Nullable Object internal(@Nullable Object value) {
        if (value instanceof LocalDate date) {
            return date.toEpochDay();
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / 1_000_000;
        }
        if (value instanceof LocalDateTime wallClock) {
            return wallClock.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ScriptedRun::internal).toList();
        }
        return value;
    }

    private void block() {
        query.engine().waiting().countDown();
        long millis = options.timeout().map(java.time.Duration::toMillis).orElse(60_000L);
        try {
            if (!cancelled.await(millis, TimeUnit.MILLISECONDS)) {
                throw new QueryException(ErrorCode.TIMED_OUT, "The query ran longer than " + millis + " ms");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryException(ErrorCode.CANCELLED, "The query was interrupted", e);
        }
    }

    @Override
    public List<QueryWarning> warnings() {
        return query.answer().warnings();
    }

    @Override
    public void cancel() {
        if (cancelled.getCount() > 0) {
            query.engine().cancelled.incrementAndGet();
            cancelled.countDown();
            query.engine().ended.release();
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            cancelled.countDown();
            query.engine().openRuns.decrementAndGet();
        }
    }
}
