package io.calque.benchmarks.command;

import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.world.RecordedRead;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "bind",
        description =
                "What reads take at each kind of source, for the choice between all rows of a fetch and those of some keys.",
        footer = {
            "",
            "Microseconds, to be compared with ReadCosts of each adapter. The data is TPC-H; --split hard has a large table at every source."
        })
final class BindBench implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "table", "rows", "round trip", "row", "field", "key of 200", "rows per key", "grouped row", "groups");
    private static final int KEYS = 200;
    private static final double MICROS = 1_000;

    private final Invocation invocation;

    @Mixin
    private final BenchSettings settings = new BenchSettings();

    BindBench(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * A table that each split keeps in one source or another.
     *
     * @param grouped a column with repeated values
     * @param others four more columns
     */
    private record Measured(String table, String key, String grouped, String others) {}

    private static final List<Measured> TABLES = List.of(
            new Measured("lineitem", "l_orderkey", "l_partkey", "l_suppkey, l_quantity, l_shipdate, l_shipmode"),
            new Measured("orders", "o_orderkey", "o_custkey", "o_totalprice, o_orderdate, o_orderpriority, o_clerk"),
            new Measured("partsupp", "ps_partkey", "ps_suppkey", "ps_suppkey, ps_availqty, ps_supplycost, ps_comment"));

    @Override
    public Integer call() throws IOException, SQLException {
        Rounds rounds = settings.rounds(5, 9);
        try (LoadedTpch tpch = LoadedTpch.load(settings, EngineConfig.defaults(), invocation);
                Session session = tpch.session()) {
            session.set("bind_joins", "always");
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            for (Measured measured : TABLES) {
                table.row(measure(measured, tpch, session, rounds));
            }
        }
        return 0;
    }

    private static List<String> measure(Measured table, LoadedTpch tpch, Session session, Rounds rounds)
            throws SQLException {
        String narrow = "select " + table.key() + " from " + table.table();
        String wide = "select " + table.key() + ", " + table.others() + " from " + table.table();
        String groups = "select distinct " + table.grouped() + " from " + table.table();
        String nothing = narrow + " where " + table.key() + " = -1";
        RecordedRead keyed = keyed(table, tpch, session);
        try (Source source = open(tpch, keyed.query());
                ReadSession reads =
                        source.begin(new ReadOptions("bench", ReadOptions.DEFAULT_BATCH_ROWS, Duration.ofMinutes(5)))) {
            Bindings keys = keys(keyed.query());
            long rows = run(session, narrow);
            long grouped = run(session, groups);
            long found = run(reads, keyed.query(), keys);
            List<Timing> times = rounds.inTurns(List.of(
                    () -> run(session, nothing),
                    () -> run(session, narrow),
                    () -> run(session, wide),
                    () -> run(reads, keyed.query(), keys),
                    () -> run(session, groups)));
            double roundTrip = times.get(0).median() * MICROS;
            double one = (times.get(1).median() * MICROS - roundTrip) / rows;
            double field = (times.get(2).median() * MICROS - roundTrip - one * rows) / (4.0 * rows);
            double key = (times.get(3).median() * MICROS - roundTrip - found * one) / KEYS;
            double group = (times.get(4).median() * MICROS - roundTrip - grouped * one) / rows;
            return List.of(
                    table.table() + ", " + source.kind(),
                    String.valueOf(rows),
                    text(roundTrip),
                    text(one - field),
                    text(field),
                    text(key),
                    text((double) found / KEYS),
                    text(group),
                    String.valueOf(grouped));
        }
    }

    /** What the source is sent for a join with two numbers; one would be a constant. */
    private static RecordedRead keyed(Measured table, LoadedTpch tpch, Session session) {
        String sql = "select t." + table.key() + " from " + table.table() + " t join (values (1), (2)) v (k) on t."
                + table.key() + " = v.k";
        return tpch.readsOf(() -> run(session, sql)).stream()
                .filter(read -> read.query().slots().stream().anyMatch(ParameterSlot::isKeys))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(table.table() + " is not asked by keys"));
    }

    /** Every fortieth number: the first eight of 32 are order keys. */
    private static Bindings keys(NativeQuery query) {
        ParameterSlot slot = query.slots().get(0);
        return Bindings.NONE.withKeys(
                slot.parameter(),
                LongStream.range(0, KEYS).map(i -> i * 32 + 1 + i % 8).boxed().toList());
    }

    private static Source open(LoadedTpch tpch, NativeQuery query) {
        SourceConfig config = tpch.world().sources().stream()
                .filter(source -> source.id().equals(query.source()))
                .findFirst()
                .orElseThrow();
        return ServiceLoader.load(Adapter.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(adapter -> adapter.kind().equals(config.kind()))
                .findFirst()
                .orElseThrow()
                .open(config);
    }

    private static long run(Session session, String sql) {
        long rows = 0;
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            for (Optional<ColumnBatch> next = run.next(); next.isPresent(); next = run.next()) {
                rows += next.get().rows();
            }
        }
        return rows;
    }

    private static long run(ReadSession session, NativeQuery query, Bindings keys) {
        long rows = 0;
        try (RowCursor cursor = session.read(query, keys)) {
            for (Optional<ColumnBatch> next = cursor.next(); next.isPresent(); next = cursor.next()) {
                rows += next.get().rows();
            }
        }
        return rows;
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
}
