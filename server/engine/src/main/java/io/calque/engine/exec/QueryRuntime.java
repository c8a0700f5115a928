package io.calque.engine.exec;

import io.calque.engine.explain.PlanTree;
import io.calque.engine.operator.BatchRows;
import io.calque.engine.operator.Crew;
import io.calque.engine.operator.ExternalSort;
import io.calque.engine.operator.HashAggregation;
import io.calque.engine.operator.HashJoin;
import io.calque.engine.operator.RowLayout;
import io.calque.engine.operator.SharedBatches;
import io.calque.engine.operator.ValueSizes;
import io.calque.engine.prepare.KeyedFragment;
import io.calque.engine.prepare.PlannedQuery;
import io.calque.planner.lowering.StoppableOrder;
import io.calque.planner.physical.AggregatePlan;
import io.calque.planner.physical.FragmentRuntime;
import io.calque.planner.physical.JoinPlan;
import io.calque.planner.physical.SharePlan;
import io.calque.planner.physical.SortPlan;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.Bindings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/** Gives compiled code the rows of its fragments, and watches its operators. Single-threaded: belongs to the thread that pulls the query. */
final class QueryRuntime implements FragmentRuntime {
    /** What a group takes beside its key: the entry, the accumulator and what it counts with. */
    private static final int GROUP_BYTES = 160;
    /** Charges of an operator for its groups stand behind those for its inputs. */
    private static final int GROUPS = 2;

    private final PlannedQuery plan;
    private final Bindings bindings;
    private final KeyedReadCosts costs;
    private final QueryFetches fetches;
    private final MemoryAccount memory;
    private final StopFlag stop;
    private final Crew crew;
    private final SpoolSpace disk;
    private final Map<Integer, OperatorBudget> budgets = new HashMap<>();
    private final List<OperatorWatch> operators = new ArrayList<>();
    private final Map<Integer, List<ColumnBatch>> kept = new HashMap<>();
    private final Map<Integer, SharedBatches> shared = new HashMap<>();
    private final List<KeySet> keySets = new ArrayList<>();
    private final AtomicLong rereadBytes = new AtomicLong();

    QueryRuntime(
            PlannedQuery plan,
            Bindings bindings,
            QueryFetches fetches,
            KeyedReadCosts costs,
            MemoryAccount memory,
            SpoolSpace disk,
            StopFlag stop,
            Crew crew) {
        this.plan = plan;
        this.bindings = bindings;
        this.costs = costs;
        this.fetches = fetches;
        this.memory = memory;
        this.disk = disk;
        this.stop = stop;
        this.crew = crew;
        watch(plan.tree(), System.nanoTime());
        plan.keyed().values().stream().flatMap(keyed -> keyed.uses().stream()).forEach(use -> {
            while (keySets.size() <= use.keySet()) {
                keySets.add(new KeySet(memory, this::startWhatIsKeyed));
            }
        });
        memory.explainedBy(this::largest);
    }

    /** In the order in which the planner numbers them. */
    private void watch(PlanTree node, long startedNanos) {
        if (node.fetch().isPresent()) {
            return;
        }
        operators.add(new OperatorWatch(node.title(), startedNanos));
        node.inputs().forEach(input -> watch(input, startedNanos));
    }

    List<OperatorWatch> operators() {
        return operators;
    }

    /** What most of the memory is used for; empty when nothing is kept but what is on its way. Asked from any thread. */
    private Optional<String> largest() {
        Optional<OperatorWatch> most = operators.stream().max(Comparator.comparingLong(OperatorWatch::keptBytes));
        long mostBytes = most.map(OperatorWatch::keptBytes).orElse(0L);
        long reread = rereadBytes.get();
        if (Math.max(mostBytes, reread) == 0) {
            return Optional.empty();
        }
        return reread > mostBytes
                ? Optional.of("rows that a nested loop reads again take " + kibibytes(reread))
                : most.map(o -> "the local " + o.description() + " keeps " + kibibytes(mostBytes));
    }

    private static String kibibytes(long bytes) {
        return bytes < 10 << 20 ? bytes / 1024 + " KiB" : (bytes >> 20) + " MiB";
    }

    @Override
    public Enumerable<Object> fetch(int ordinal) {
        RowDecoder decoder = new RowDecoder(plan.fragments().get(ordinal).columns());
        boolean replayed = plan.replayed().contains(ordinal);
        Optional<RowLayout> layout =
                FetchedRows.layout(plan.fragments().get(ordinal).columns());
        if (layout.isPresent() && !replayed) {
            return new FetchedRows(layout.get(), () -> asked(ordinal), decoder, stop);
        }
        return new AbstractEnumerable<>() {
            @Override
            public Enumerator<Object> enumerator() {
                return replayed ? replay(ordinal, decoder) : stream(ordinal, decoder);
            }
        };
    }

    /** Its keys are complete afterwards, should it wait for any. */
    private FragmentRead asked(int ordinal) {
        KeyedFragment keyed = plan.keyed().get(ordinal);
        if (keyed != null) {
            complete(ordinal, keyed);
        }
        return fetches.asked(ordinal);
    }

    private void complete(int ordinal, KeyedFragment keyed) {
        FragmentRead read = fetches.reads().get(ordinal);
        if (!read.isReady()) {
            read.ready(KeyedReads.of(keyed, read.query(), bindings, keySets, costs));
        }
    }

    /** A fetch that waited for keys only starts with the last of them: its reader may be busy with another one for long. */
    private void startWhatIsKeyed() {
        for (int ordinal = 0; ordinal < plan.fragments().size(); ordinal++) {
            KeyedFragment keyed = plan.keyed().get(ordinal);
            if (keyed != null
                    && keyed.uses().stream()
                            .allMatch(use -> keySets.get(use.keySet()).isComplete())) {
                complete(ordinal, keyed);
                fetches.ready(ordinal);
            }
        }
    }

    @Override
    public Enumerable<Object> keys(int keySet, Function1<Object, Object> key, Enumerable<Object> rows) {
        KeySet set = keySets.get(keySet);
        if (set.isComplete()) {
            return rows;
        }
        KeyRows passing = new KeyRows(rows, key, set, memory);
        set.comesFrom(passing);
        return passing;
    }

    @Override
    public Enumerable<Object> lazily(Function0<Enumerable<Object>> rows) {
        return new LazyRows(rows);
    }

    private Enumerator<Object> stream(int ordinal, RowDecoder decoder) {
        FragmentRead read = asked(ordinal);
        return new FragmentRows(read::take, decoder, stop, read::abandon);
    }

    private Enumerator<Object> replay(int ordinal, RowDecoder decoder) {
        List<ColumnBatch> all = kept.get(ordinal);
        if (all == null) {
            // Its keys may come from another fetch that is kept, so that the map changes meanwhile.
            all = readAll(ordinal);
            kept.put(ordinal, all);
        }
        Iterator<ColumnBatch> batches = all.iterator();
        return new FragmentRows(
                () -> batches.hasNext() ? Optional.of(batches.next()) : Optional.empty(), decoder, stop, () -> {});
    }

    private List<ColumnBatch> readAll(int ordinal) {
        FragmentRead read = asked(ordinal);
        List<ColumnBatch> all = new ArrayList<>();
        for (Optional<ColumnBatch> batch = read.take(); batch.isPresent(); batch = read.take()) {
            memory.reserve(batch.get().sizeInBytes());
            rereadBytes.addAndGet(batch.get().sizeInBytes());
            all.add(batch.get());
        }
        return all;
    }

    @Override
    public Enumerable<Object> passed(int operator, Enumerable<Object> rows) {
        OperatorWatch watch = operators.get(operator);
        return rows instanceof BatchRows batched
                ? new PassedBatches(batched, watch, stop)
                : new PassedRows(rows, watch, stop);
    }

    @Override
    public Enumerable<Object> kept(int operator, int input, int overheadBytes, Enumerable<Object> rows) {
        return new KeptRows(rows, operators.get(operator).charge(input, memory), overheadBytes);
    }

    @Override
    public Function0<Object> groups(int operator, Function0<Object> initializer) {
        OperatorWatch watch = operators.get(operator);
        MemoryCharge charge = watch.charge(GROUPS, memory);
        // an aggregate below a lateral join groups anew for each row of it
        charge.release();
        return () -> {
            charge.add(GROUP_BYTES + ValueSizes.of(watch.groupKey()));
            return initializer.apply();
        };
    }

    @Override
    public Function1<Object, Object> groupKeys(int operator, Function1<Object, Object> selector) {
        OperatorWatch watch = operators.get(operator);
        return row -> {
            Object key = selector.apply(row);
            watch.groupKey(key);
            return key;
        };
    }

    @Override
    public Enumerable<Object> distinct(
            int operator, Enumerable<Object> rows, @Nullable EqualityComparer<Object> comparer) {
        return new DistinctRows(rows, comparer, operators.get(operator).charge(GROUPS, memory));
    }

    @Override
    public Enumerable<Object> sorted(int operator, SortPlan sort, Enumerable<Object> rows, long offset, long limit) {
        return new ExternalSort(rows, sort, budget(operator), offset, limit);
    }

    @Override
    public Enumerable<Object> aggregated(int operator, AggregatePlan grouping, Enumerable<Object> rows) {
        return new HashAggregation(rows, grouping, budget(operator));
    }

    @Override
    public Enumerable<Object> joined(
            int operator,
            JoinPlan join,
            Enumerable<Object> left,
            Enumerable<Object> right,
            @Nullable Predicate2<Object, Object> condition) {
        return new HashJoin(left, right, join, condition, budget(operator));
    }

    @Override
    public void share(int operator, SharePlan part, Function0<Enumerable<Object>> rows) {
        shared.put(part.number(), new SharedBatches(rows, part, budget(operator)));
    }

    @Override
    public Enumerable<Object> shared(int number) {
        return Objects.requireNonNull(shared.get(number));
    }

    private OperatorBudget budget(int operator) {
        synchronized (budgets) {
            return budgets.computeIfAbsent(
                    operator, number -> new OperatorBudget(operators.get(number), memory, disk, stop, crew));
        }
    }

    /** Frees the disk that operators still hold: not all of them are closed by those who read them. From any thread. */
    void close() {
        synchronized (budgets) {
            budgets.values().forEach(OperatorBudget::close);
        }
    }

    @Override
    public Comparator<Object> stoppable(Comparator<Object> order) {
        return new StoppableOrder<>(order, stop.raw());
    }

    @Override
    public void checkRunning() {
        stop.check();
    }
}
