package io.calque.benchmarks.command;

import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.benchmarks.tpch.TpchWorld;
import io.calque.benchmarks.world.ServerProcess;
import io.calque.embedded.PostgresServer;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "start",
        description =
                "How long the first query takes that a server is asked, at once when it listens and after a while.",
        footer = {
            "",
            "Each figure is of a server that was started for it, over TPC-H at scale factor 0.01 and a registry that knows it. The time is from"
                    + " the line that says that it listens to the last row, with the connection; the processor's time is the server's, of all its"
                    + " threads, warming up included. The peer in a baseline is starting the program for its version."
        })
final class StartBench implements Callable<Integer> {
    private static final double SCALE_FACTOR = 0.01;
    private static final List<String> COLUMNS = List.of(
            "first query",
            "until it listens, ms",
            "first query, ms",
            "from .. to",
            "processor, ms",
            "second, ms",
            "after a pause, ms");

    private final Invocation invocation;

    @Mixin
    private final Comparing comparing = new Comparing();

    @Option(names = "--rounds", paramLabel = "N", description = "Servers started for each figure (default: 5).")
    private int rounds = 5;

    @Option(
            names = "--pause",
            paramLabel = "MILLISECONDS",
            description = "How long the second server of each round is left alone before it is asked (default: 3000).")
    private long pause = 3000;

    @Option(
            names = "--only",
            paramLabel = "<text>",
            description = "Only first queries with this in their names, such as MongoDB.")
    private String only = "";

    StartBench(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Statements by name, and how many rows are right. */
    private record First(String sql, int rows) {}

    private Map<String, First> statements() {
        Map<String, First> statements = new LinkedHashMap<>();
        statements.put("SELECT 1", new First("select 1", 1));
        statements.put("key lookup, PostgreSQL", new First("select o_totalprice from orders where o_orderkey = 7", 1));
        statements.put("key lookup, MongoDB", new First("select p_name from part where p_partkey = 7", 1));
        statements.put("key lookup, SQLite", new First("select n_name from nation where n_nationkey = 7", 1));
        statements.put(
                "ten-row join, PostgreSQL and SQLite",
                new First(
                        "select c_name, n_name from customer join nation on c_nationkey = n_nationkey"
                                + " where c_custkey <= 10",
                        10));
        statements.keySet().removeIf(name -> !name.contains(only));
        return statements;
    }

    /** Milliseconds of one server. */
    private record Start(double ready, double first, double processor, double second) {}

    @Override
    public Integer call() throws IOException, SQLException {
        if (rounds < 1) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID, "--rounds is " + rounds + ", where at least 1 is wanted");
        }
        List<Figure> figures = new ArrayList<>();
        Path directory = Files.createTempDirectory("calque-bench-start");
        LoadedTpch.say(invocation, "starting PostgreSQL, loading TPC-H " + SCALE_FACTOR + " ...");
        try (PostgresServer postgres = PostgresServer.start();
                TpchWorld world = TpchWorld.load(TpchSplit.MIXED, SCALE_FACTOR, postgres)) {
            List<SourceConfig> sources = world.sources();
            Path config = ServerProcess.configure(sources, directory);
            LoadedTpch.say(invocation, "introspecting ...");
            start(config, sources, new First("select 1", 1), 0);
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            for (Map.Entry<String, First> statement : statements().entrySet()) {
                figures.add(time(statement.getKey(), statement.getValue(), config, sources, table));
            }
        } finally {
            delete(directory);
        }
        return comparing.finish(invocation, "calque bench start", figures);
    }

    private Figure time(String name, First statement, Path config, List<SourceConfig> sources, MarkdownTable table)
            throws IOException, SQLException {
        double[][] millis = new double[6][rounds];
        for (int round = 0; round < rounds; round++) {
            long begin = System.nanoTime();
            ServerProcess.startAndEnd();
            millis[5][round] = since(begin);
            Start start = start(config, sources, statement, 0);
            millis[0][round] = start.ready();
            millis[1][round] = start.first();
            millis[2][round] = start.processor();
            millis[3][round] = start.second();
            millis[4][round] = start(config, sources, statement, pause).first();
        }
        Timing first = Timing.of(millis[1]);
        table.row(List.of(
                name,
                Timing.text(Timing.of(millis[0]).median()),
                Timing.text(first.median()),
                first.spread(),
                Timing.text(Timing.of(millis[2]).median()),
                Timing.text(Timing.of(millis[3]).median()),
                Timing.text(Timing.of(millis[4]).median())));
        return Comparing.figure(name, first, Timing.of(millis[5]));
    }

    private static Start start(Path config, List<SourceConfig> sources, First statement, long pause)
            throws SQLException {
        long begin = System.nanoTime();
        try (ServerProcess server = ServerProcess.start(config, sources)) {
            double ready = since(begin);
            server.leaveAlone(Duration.ofMillis(pause));
            double before = server.processorTime().toMillis();
            long asked = System.nanoTime();
            try (Connection connection = DriverManager.getConnection(server.url())) {
                check(connection, statement);
                double first = since(asked);
                double processor = server.processorTime().toMillis() - before;
                long again = System.nanoTime();
                check(connection, statement);
                return new Start(ready, first, processor, since(again));
            }
        }
    }

    private static double since(long nanos) {
        return (System.nanoTime() - nanos) / 1e6;
    }

    private static void check(Connection connection, First wanted) throws SQLException {
        int rows = 0;
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(wanted.sql())) {
            while (results.next()) {
                rows += results.getObject(1) == null ? 0 : 1;
            }
        }
        if (rows != wanted.rows()) {
            throw new IllegalStateException(
                    String.format(Locale.ROOT, "%s: %d rows are right, %d came", wanted.sql(), wanted.rows(), rows));
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
