package io.calque.engine.session;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.SourceWatch;
import io.calque.engine.SourceWatch.Look;
import io.calque.engine.exec.Execution;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.catalog.CatalogSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run that survives a source having changed: before the first row, the source is looked at again, and the statement runs once more on
 * what it holds now if it still returns the same columns. Otherwise the failure says what changed. {@link #next} belongs to one thread;
 * {@link #cancel} may come from any.
 */
final class ChangedSourceRun implements QueryRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChangedSourceRun.class);

    private final Attempts attempts;
    private final SourceWatch watch;
    private final CatalogSnapshot planned;
    private final long deadline;
    private final List<QueryWarning> warnings = new ArrayList<>();
    private volatile Execution current;
    private volatile boolean cancelled;
    private boolean delivered;
    private boolean repeated;

    /**
     * @param planned what the first attempt was planned on
     * @param timeout for all attempts together
     */
    ChangedSourceRun(Attempts attempts, SourceWatch watch, CatalogSnapshot planned, Duration timeout) {
        this.attempts = attempts;
        this.watch = watch;
        this.planned = planned;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.current = attempts.start(attempts.plan(planned), planned, timeout);
    }

    /** How the statement is planned and run. */
    interface Attempts {
        /** @throws QueryException for whatever is wrong with the statement over this catalog */
        PlannedQuery plan(CatalogSnapshot snapshot);

        Execution start(PlannedQuery plan, CatalogSnapshot snapshot, Duration timeout);
    }

    @Override
    public boolean comesAtOnce() {
        return current.comesAtOnce();
    }

    @Override
    public Optional<ColumnBatch> next() {
        try {
            Optional<ColumnBatch> batch = current.next();
            delivered |= batch.isPresent();
            return batch;
        } catch (QueryException e) {
            Optional<SourceId> source = current.failedSource().filter(s -> suspicious(e.code()));
            if (source.isEmpty() || repeated || cancelled) {
                throw e;
            }
            repeated = true;
            again(source.get(), e);
            return next();
        }
    }

    /** What a source says when it is not what the registry knows; a value of another type may also be just that. */
    private static boolean suspicious(ErrorCode code) {
        return code == ErrorCode.SOURCE_CHANGED || code == ErrorCode.SOURCE_VALUE_INVALID;
    }

    private void again(SourceId source, QueryException failure) {
        PlannedQuery old = current.plan();
        Look look = watch.lookAgain(source, planned.whole(), old.tables(), failure, left())
                .orElseThrow(() -> failure);
        if (!look.changed()) {
            throw failure;
        }
        // who sees a part of the catalog is not told what changed in the rest
        List<String> differences = planned == planned.whole() ? look.differences() : List.of();
        String changed = "Source '" + source + "' has changed"
                + (differences.isEmpty() ? "" : ": " + String.join("; ", differences));
        if (delivered) {
            throw new QueryException(
                    ErrorCode.SOURCE_CHANGED,
                    changed + ". " + current.delivered() + " rows had been delivered; run the statement again",
                    failure);
        }
        PlannedQuery plan;
        try {
            plan = attempts.plan(look.snapshot());
        } catch (QueryException e) {
            throw new QueryException(ErrorCode.SOURCE_CHANGED, changed + ". " + e.getMessage(), failure);
        }
        if (!sameColumns(old.columns(), plan.columns())) {
            throw new QueryException(
                    ErrorCode.SOURCE_CHANGED,
                    changed + ". The statement now returns " + words(plan.columns()) + " instead of "
                            + words(old.columns()) + "; prepare it again",
                    failure);
        }
        LOG.info(
                "query runs again query_id={} source={} version={}",
                queryId(),
                source,
                look.snapshot().version());
        warnings.add(new QueryWarning(
                "01000",
                changed + "; the statement ran on version " + look.snapshot().version()));
        current = attempts.start(plan, look.snapshot(), left());
        if (cancelled) {
            current.cancel();
        }
    }

    private Duration left() {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }

    /** What a client was told of its result; where a column comes from may change behind it. */
    private static boolean sameColumns(List<ResultColumn> old, List<ResultColumn> now) {
        return words(old).equals(words(now));
    }

    private static String words(List<ResultColumn> columns) {
        return columns.stream().map(c -> c.label() + " " + c.type()).toList().toString();
    }

    @Override
    public String queryId() {
        return current.queryId();
    }

    @Override
    public List<ResultColumn> columns() {
        return current.columns();
    }

    @Override
    public List<QueryWarning> warnings() {
        List<QueryWarning> all = new ArrayList<>(warnings);
        all.addAll(current.warnings());
        return all;
    }

    @Override
    public void cancel() {
        cancelled = true;
        current.cancel();
    }

    @Override
    public void close() {
        cancelled = true;
        current.close();
    }
}
