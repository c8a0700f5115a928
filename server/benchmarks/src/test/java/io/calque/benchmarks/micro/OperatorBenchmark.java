package io.calque.benchmarks.micro;

import io.calque.benchmarks.generated.GeneratedTable;
import io.calque.benchmarks.generated.GeneratedWorld;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Our join, grouping and sort over rows that are in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class OperatorBenchmark {
    /** What is measured. */
    public enum Operator {
        JOIN("select sum(f.v + d.w) from facts f join dims d on f.k = d.k"),
        JOIN_WITH_GAPS("select sum(f.v + d.w) from facts f join dims d on f.g = d.g"),
        GROUP("select max(s) from (select k, sum(v) as s from facts group by k) as g"),
        SORT("select v from facts order by v, id limit 1 offset 1000");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }
    }

    @Param({"JOIN", "JOIN_WITH_GAPS", "GROUP", "SORT"})
    public Operator operator = Operator.JOIN;

    @Param("400000")
    public int rows = 4000;

    private GeneratedWorld world;
    private Session session;

    @Setup(Level.Trial)
    public void prepare() {
        int keys = rows / 4;
        world = new GeneratedWorld(
                EngineConfig.defaults(), List.of(GeneratedTable.facts(rows, keys), GeneratedTable.keys(keys)));
        session = world.engine().open(Principal.LOCAL, Map.of());
        long right = right(keys);
        if (run() != right) {
            throw new IllegalStateException(operator + " gives " + run() + ", where " + right + " is right");
        }
    }

    @TearDown(Level.Trial)
    public void close() {
        session.close();
        world.close();
    }

    @Benchmark
    public long run() {
        try (QueryRun run = session.prepare(operator.sql).run(List.of(), RunOptions.DEFAULT)) {
            long found = Long.MIN_VALUE;
            for (Optional<ColumnBatch> next = run.next(); next.isPresent(); next = run.next()) {
                found = ((Number) next.get().columns().get(0).get(0)).longValue();
            }
            return found;
        }
    }

    /** The same by the formulas of the tables. */
    private long right(int keys) {
        long[] sums = new long[keys];
        long[] values = new long[rows];
        long joined = 0;
        for (int row = 0; row < rows; row++) {
            int key = (int) (row * 2_654_435_761L % keys);
            values[row] = row * 40_503L % 1_000_003;
            sums[key] += values[row];
            joined += values[row] + key * 7_919L % 10_007;
        }
        return switch (operator) {
            case JOIN, JOIN_WITH_GAPS -> joined;
            case GROUP -> Arrays.stream(sums).max().orElseThrow();
            case SORT -> Arrays.stream(values).sorted().skip(1000).findFirst().orElseThrow();
        };
    }
}
