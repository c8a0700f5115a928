package io.calque.benchmarks.command;

import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.generated.DuckDb;
import io.calque.benchmarks.generated.GeneratedTable;
import io.calque.benchmarks.generated.GeneratedWorld;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Timing;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.batch.ColumnVector;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "operators",
        description =
                "Join, group and sort rows that are computed, not read, in memory and within little of it, beside DuckDB.",
        footer = {
            "",
            "Times are the processor's, of all threads of the process, but for the last two columns: what a clock shows with one thread for the operators,"
                    + " and with as many as there are cores. The peer is DuckDB in the same process, where org.duckdb:duckdb_jdbc is"
                    + " on the class path. 6,000,000 rows want 3 GB of heap (CALQUE_JAVA_OPTS=-Xmx3g)."
        })
final class OperatorsBench implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "statement",
            "DuckDB, ms",
            "Calque, ms",
            "from .. to",
            "ratio",
            "within --memory, ms",
            "peak, MiB",
            "clock, one thread",
            "clock, all cores");

    private final Invocation invocation;

    @Option(names = "--rows", paramLabel = "N", defaultValue = "6000000", description = "Rows of the larger table.")
    private int rows = 6_000_000;

    @Option(names = "--keys", paramLabel = "N", defaultValue = "1500000", description = "Rows of the smaller table.")
    private int keys = 1_500_000;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            defaultValue = "256MB",
            description = "What the query may take when it is to spill (default: ${DEFAULT-VALUE}).")
    private String memory = "256MB";

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds before those that are timed.")
    private int warmUps = 3;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Rounds that are timed.")
    private int timed = 5;

    @Mixin
    private final Comparing comparing = new Comparing();

    OperatorsBench(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Whole work, small answers: bringing millions of rows to a client would be measured instead. */
    private Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("join", "select count(*), sum(f.v), sum(d.w) from facts f join dims d on f.k = d.k");
        statements.put(
                "join, keys with gaps", "select count(*), sum(f.v), sum(d.w) from facts f join dims d on f.g = d.g");
        statements.put(
                "group",
                "select count(*), max(n), min(n), max(s), min(s) from (select k, count(*) as n, sum(v) as s from facts group by k) as g");
        statements.put("sort", "select id, k, v from facts order by v, id limit 5 offset " + Math.max(0, rows - 5));
        return statements;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        List<GeneratedTable> tables = List.of(GeneratedTable.facts(rows, keys), GeneratedTable.keys(keys));
        long heap = Runtime.getRuntime().maxMemory();
        EngineConfig config = new EngineConfig(heap, heap, Duration.ofHours(1), 4, 10);
        List<Figure> figures = new ArrayList<>();
        Optional<DuckDb> peer = DuckDb.load(tables);
        if (peer.isEmpty()) {
            LoadedTpch.say(
                    invocation,
                    "DuckDB is not there: its driver org.duckdb:duckdb_jdbc is not on the class path; Calque alone");
        }
        try (GeneratedWorld world = new GeneratedWorld(config, tables);
                Session session = world.engine().open(Principal.LOCAL, Map.of());
                Session alone = world.engine().open(Principal.LOCAL, Map.of("local_threads", "1"));
                Session little = world.engine().open(Principal.LOCAL, Map.of("query_memory", memory))) {
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            for (Map.Entry<String, String> statement : statements().entrySet()) {
                if (!measure(statement, peer, session, alone, little, table, figures)) {
                    return ExitCode.FAILED;
                }
            }
        } finally {
            if (peer.isPresent()) {
                peer.get().close();
            }
        }
        return comparing.finish(invocation, "calque bench operators", figures);
    }

    private boolean measure(
            Map.Entry<String, String> statement,
            Optional<DuckDb> peer,
            Session session,
            Session alone,
            Session little,
            MarkdownTable table,
            List<Figure> figures)
            throws IOException, SQLException {
        String sql = statement.getValue();
        Answer ample = answer(session, sql);
        Answer spilled = answer(little, sql);
        List<List<Long>> expected = peer.isEmpty() ? ample.rows() : peer.get().rows(sql);
        if (!ample.rows().equals(expected) || !spilled.rows().equals(expected)) {
            invocation
                    .error()
                    .println(statement.getKey() + " is wrong: " + ample.rows() + " in memory, " + spilled.rows()
                            + " within " + memory + ", but " + expected + " is right");
            return false;
        }
        List<Rounds.Work> works = new ArrayList<>();
        works.add(() -> answer(session, sql));
        works.add(() -> answer(little, sql));
        peer.ifPresent(duckDb -> works.add(() -> duckDb.rows(sql)));
        List<Timing> timings = new Rounds(warmUps, timed).onAllProcessors(works);
        List<Timing> clock =
                new Rounds(warmUps, timed).inTurns(List.of(() -> answer(alone, sql), () -> answer(session, sql)));
        double calque = timings.get(0).median();
        double other = peer.isEmpty() ? Double.NaN : timings.get(2).median();
        figures.add(new Figure(statement.getKey(), calque, peer.isEmpty() ? calque : other));
        table.row(List.of(
                statement.getKey(),
                peer.isEmpty() ? "" : Timing.text(other),
                Timing.text(calque),
                timings.get(0).spread(),
                peer.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", calque / other),
                Timing.text(timings.get(1).median()),
                String.valueOf(spilled.peakBytes() >> 20),
                Timing.text(clock.get(0).median()),
                Timing.text(clock.get(1).median())));
        return true;
    }

    /** What a statement gave, and the most memory that was counted for it. */
    private record Answer(List<List<Long>> rows, long peakBytes) {}

    private static Answer answer(Session session, String sql) {
        String id;
        List<List<Long>> rows;
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            id = run.queryId();
            rows = rows(run);
        }
        try (QueryRun run = session.prepare("select peak_memory_bytes from system.queries where query_id = ?")
                .run(List.of(id), RunOptions.DEFAULT)) {
            return new Answer(rows, rows(run).get(0).get(0));
        }
    }

    private static List<List<Long>> rows(QueryRun run) {
        List<List<Long>> rows = new ArrayList<>();
        for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
            for (int row = 0; row < batch.get().rows(); row++) {
                List<Long> values = new ArrayList<>();
                for (ColumnVector column : batch.get().columns()) {
                    values.add(((Number) Objects.requireNonNull(column.get(row))).longValue());
                }
                rows.add(values);
            }
        }
        return rows;
    }
}
