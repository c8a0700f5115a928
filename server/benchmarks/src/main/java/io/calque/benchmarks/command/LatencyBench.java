package io.calque.benchmarks.command;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;
import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Timing;
import io.calque.engine.EngineConfig;
import io.calque.engine.QueryRun;
import io.calque.engine.RunOptions;
import io.calque.engine.Session;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "latency",
        description =
                "How long small answers take: by the database's driver, by Calque in this process, and by its remote driver.",
        footer = {
            "",
            "The data is TPC-H at scale factor 0.01, split mixed, unless --sf and --split say otherwise. The join's peer is PostgreSQL with all tables."
        })
final class LatencyBench implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("statement", "driver alone, ms", "in process, ms", "remote, ms", "from .. to", "ratio");

    private final Invocation invocation;

    @Mixin
    private final BenchSettings settings = new BenchSettings();

    @Mixin
    private final Comparing comparing = new Comparing();

    LatencyBench(Invocation invocation) {
        this.invocation = invocation;
    }

    private record Lookup(String name, int rows, String sql, Rounds.Work alone) {}

    @Override
    public Integer call() throws IOException, SQLException {
        Rounds rounds = settings.rounds(300, 300);
        List<Figure> figures = new ArrayList<>();
        try (LoadedTpch tpch = LoadedTpch.load(settings, EngineConfig.defaults(), invocation);
                Session session = tpch.session();
                Connection remote = tpch.server().connect();
                Connection postgres = tpch.reference().database().connect();
                Connection sqlite = tpch.world().sqlite().connect();
                MongoClient mongo = MongoClients.create(tpch.world().mongo().connectionString())) {
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            for (Lookup lookup : lookups(tpch, postgres, sqlite, mongo)) {
                check(lookup, rows(remote, lookup.sql()), inProcess(session, lookup.sql()));
                List<Timing> timings = rounds.inTurns(List.of(
                        lookup.alone(), () -> inProcess(session, lookup.sql()), () -> rows(remote, lookup.sql())));
                Figure figure = Comparing.figure(lookup.name(), timings.get(2), timings.get(0));
                figures.add(figure);
                table.row(List.of(
                        lookup.name(),
                        Timing.text(timings.get(0).median()),
                        Timing.text(timings.get(1).median()),
                        Timing.text(timings.get(2).median()),
                        timings.get(2).spread(),
                        String.format(Locale.ROOT, "%.1f", figure.ratio())));
            }
        }
        return comparing.finish(invocation, "calque bench latency", figures);
    }

    private static void check(Lookup lookup, int remote, int local) {
        if (remote != lookup.rows() || local != lookup.rows()) {
            throw new IllegalStateException(lookup.name() + ": " + lookup.rows() + " rows are right, " + remote
                    + " came through the driver and " + local + " in process");
        }
    }

    private static List<Lookup> lookups(LoadedTpch tpch, Connection postgres, Connection sqlite, MongoClient mongo) {
        String order = "select o_totalprice from orders where o_orderkey = 7";
        String part = "select p_name from part where p_partkey = 7";
        String nation = "select n_name from nation where n_nationkey = 7";
        String join =
                "select c_name, n_name from customer join nation on c_nationkey = n_nationkey where c_custkey <= 10";
        return List.of(
                new Lookup("SELECT 1", 1, "select 1", () -> rows(postgres, "select 1")),
                new Lookup("key lookup, PostgreSQL", 1, order, () -> rows(postgres, order)),
                new Lookup(
                        "key lookup, MongoDB",
                        1,
                        part,
                        () -> mongo.getDatabase(tpch.world().mongo().database())
                                .getCollection("part")
                                .find(Filters.eq("p_partkey", 7L))
                                .projection(Projections.include("p_name"))
                                .first()),
                new Lookup("key lookup, SQLite", 1, nation, () -> rows(sqlite, nation)),
                new Lookup("ten-row join, PostgreSQL and SQLite", 10, join, () -> rows(postgres, join)));
    }

    private static int rows(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            int rows = 0;
            while (results.next()) {
                rows += results.getObject(1) == null ? 0 : 1;
            }
            return rows;
        }
    }

    private static int inProcess(Session session, String sql) {
        try (QueryRun run = session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
            int rows = 0;
            for (var batch = run.next(); batch.isPresent(); batch = run.next()) {
                rows += batch.get().rows();
            }
            return rows;
        }
    }
}
