package io.calque.engine.exec;

import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.explain.PlanTree;
import io.calque.engine.operator.BatchRows;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.engine.prepare.ReadAs;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.ReadSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.jspecify.annotations.Nullable;

/** A running query. {@link #next} belongs to one thread at a time; {@link #cancel} may come from any. */
public final class Execution implements QueryRun {
    /** The first batch is small, so that a person sees rows at once; later ones grow to this. */
    private static final int FIRST_ROWS = 128;

    private static final int MOST_ROWS = 4096;

    private final String queryId;
    private final PlannedQuery plan;
    private final QueryFetches fetches;
    private final QueryRuntime runtime;
    private final MemoryAccount memory;
    private final Runnable onClose;
    private final long maxRows;
    private final StopFlag stop;
    private final AtomicReference<@Nullable QueryException> stopCause = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<QueryWarning> warnings = new ArrayList<>();
    /** Computed at the first pull: binding compiled code may already run an aggregate over all its input. */
    private final Supplier<Enumerable<Object>> rows;

    /** In place of operators, where there are none and no bound can fall inside a batch. */
    private final @Nullable FetchedBatches fetched;

    private @Nullable Enumerator<Object> enumerator;
    private @Nullable OperatorBatches computed;
    private int batchRows = FIRST_ROWS;
    private volatile long delivered;
    private boolean ended;

    Execution(
            String queryId,
            PlannedQuery plan,
            QueryFetches fetches,
            QueryRuntime runtime,
            MemoryAccount memory,
            Supplier<Enumerable<Object>> rows,
            StopFlag stop,
            long maxRows,
            Runnable onClose) {
        this.queryId = queryId;
        this.plan = plan;
        this.fetches = fetches;
        this.runtime = runtime;
        this.memory = memory;
        this.rows = rows;
        this.stop = stop;
        this.maxRows = maxRows;
        this.onClose = onClose;
        this.fetched = maxRows == 0 && FetchedBatches.suffice(plan)
                ? new FetchedBatches(plan.columns(), () -> fetches.asked(0).take())
                : null;
    }

    @Override
    public String queryId() {
        return queryId;
    }

    @Override
    public List<ResultColumn> columns() {
        return plan.columns();
    }

    @Override
    public Optional<ColumnBatch> next() {
        if (ended) {
            return Optional.empty();
        }
        try {
            checkStopped();
            Optional<ColumnBatch> batch = pull();
            checkStopped();
            return batch;
        } catch (RuntimeException | Error e) {
            ended = true;
            QueryException stopped = stopCause.get();
            QueryException failure = stopped != null ? stopped : ReadAs.blamed(RuntimeErrors.of(e), plan.readAs());
            stopCause.compareAndSet(null, failure);
            release();
            throw failure;
        }
    }

    /** What stands above a sort or an aggregate has all its rows computed once it has given the first. */
    @Override
    public boolean comesAtOnce() {
        if (fetched != null) {
            return fetches.reads().get(0).hasArrived();
        }
        return delivered > 0 && isComputedWhole(plan.tree());
    }

    private static boolean isComputedWhole(PlanTree node) {
        return switch (node.operator()) {
            case "CodePointSort", "Aggregate" -> true;
            case "Calc" ->
                node.inputs().size() == 1 && isComputedWhole(node.inputs().get(0));
            default -> false;
        };
    }

    private Optional<ColumnBatch> pull() {
        FetchedBatches whole = fetched;
        if (whole == null) {
            return pullOperators();
        }
        return given(whole.next());
    }

    private Optional<ColumnBatch> given(Optional<ColumnBatch> batch) {
        batch.ifPresent(rowsOfIt -> delivered += rowsOfIt.rows());
        if (batch.isEmpty()) {
            ended = true;
            release();
        }
        return batch;
    }

    private Optional<ColumnBatch> pullOperators() {
        if (enumerator == null && computed == null) {
            Enumerable<Object> root = rows.get();
            if (maxRows == 0 && root instanceof BatchRows batches && OperatorBatches.suffice(plan.columns(), batches)) {
                computed = new OperatorBatches(plan.columns(), batches);
            } else {
                enumerator = root.enumerator();
            }
        }
        OperatorBatches whole = computed;
        return whole == null ? pullRows(Objects.requireNonNull(enumerator)) : given(whole.next());
    }

    private Optional<ColumnBatch> pullRows(Enumerator<Object> from) {
        RowEncoder encoder = new RowEncoder(plan.columns(), batchRows);
        while (encoder.rows() < batchRows && !isFull(encoder)) {
            if (!from.moveNext()) {
                ended = true;
                break;
            }
            encoder.add(from.current());
        }
        batchRows = Math.min(MOST_ROWS, batchRows * 2);
        delivered += encoder.rows();
        if (ended || isFull(encoder)) {
            ended = true;
            release();
        }
        return encoder.rows() == 0 ? Optional.empty() : Optional.of(encoder.build());
    }

    private boolean isFull(RowEncoder encoder) {
        return maxRows > 0 && delivered + encoder.rows() >= maxRows;
    }

    private void checkStopped() {
        QueryException stopped = stopCause.get();
        if (stopped != null) {
            throw stopped;
        }
    }

    @Override
    public List<QueryWarning> warnings() {
        return List.copyOf(warnings);
    }

    @Override
    public void cancel() {
        stop(new QueryException(ErrorCode.CANCELLED, "The query was cancelled"));
    }

    /** Ends the query for this reason, at its sources too. */
    void stop(QueryException cause) {
        if (!closed.get() && stopCause.compareAndSet(null, cause)) {
            stop.raise();
            fetches.stop(cause);
        }
    }

    @Override
    public void close() {
        ended = true;
        release();
    }

    private void release() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        stop.raise();
        Enumerator<Object> open = enumerator;
        OperatorBatches whole = computed;
        try {
            if (open != null) {
                open.close();
            }
            if (whole != null) {
                whole.close();
            }
        } finally {
            fetches.close();
            runtime.close();
            memory.releaseAll();
            onClose.run();
        }
    }

    /** The source at which the query failed; empty when it did not, or failed elsewhere. */
    public Optional<SourceId> failedSource() {
        return failure().flatMap(fetches::sourceOf);
    }

    /** Rows given to the client so far. */
    public long delivered() {
        return delivered;
    }

    public PlannedQuery plan() {
        return plan;
    }

    public long peakMemoryBytes() {
        return memory.peakBytes();
    }

    /** What each fetch did, by ordinal. */
    public List<FragmentCounters.Figures> fetchFigures() {
        return fetches.reads().stream().map(read -> read.counters().figures()).toList();
    }

    /** What each operator did so far, in the order in which {@link io.calque.engine.explain.PlanTree} lists them, fetches left out. */
    public List<OperatorFigures> operatorFigures() {
        return runtime.operators().stream().map(OperatorWatch::figures).toList();
    }

    public Map<SourceId, ReadSession.Consistency> consistency() {
        return fetches.consistency();
    }

    /** Why the query ended early; empty when it ran to its end or still runs. */
    public Optional<QueryException> failure() {
        return Optional.ofNullable(stopCause.get());
    }
}
