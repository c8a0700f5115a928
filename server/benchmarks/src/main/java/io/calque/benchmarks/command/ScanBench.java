package io.calque.benchmarks.command;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.FirstRow;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Scan;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.TpchSplit;
import io.calque.engine.EngineConfig;
import io.calque.engine.Session;
import io.calque.spi.access.Principal;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "scan",
        description = "Whole tables: by the database's driver, by Calque in this process, and by its remote driver.",
        footer = {
            "",
            "Every value is looked at, and a checksum over all of them compared first. SQLite has a table worth it only in split hard."
        })
final class ScanBench implements Callable<Integer> {
    private static final int FETCH_SIZE = 2048;
    private static final List<String> COLUMNS = List.of(
            "table",
            "rows",
            "driver alone, k rows/s",
            "in process, k rows/s",
            "share",
            "two parts, k rows/s",
            "remote, k rows/s",
            "share",
            "first row, ms: driver / in process / remote");
    private static final int FIRST_ROWS = 7;
    private static final String LINEITEM =
            "select l_orderkey, l_quantity, l_extendedprice, l_shipdate, l_shipmode from lineitem";
    private static final List<String> PART = List.of("p_partkey", "p_size", "p_retailprice", "p_brand", "p_type");
    private static final List<String> ORDERS =
            List.of("o_orderkey", "o_custkey", "o_totalprice", "o_orderdate", "o_orderpriority");
    private static final String PARTSUPP = "select ps_partkey, ps_suppkey, ps_availqty, ps_comment from partsupp";

    private final Invocation invocation;

    @Mixin
    private final BenchSettings settings = new BenchSettings();

    @Mixin
    private final Comparing comparing = new Comparing();

    ScanBench(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Rounds rounds = settings.rounds(5, 9);
        List<Figure> figures = new ArrayList<>();
        try (LoadedTpch tpch = LoadedTpch.load(settings, EngineConfig.defaults(), invocation);
                Session session = tpch.session();
                Session parts = tpch.server().engine().open(Principal.LOCAL, Map.of("scan_splits", "2"));
                Connection remote = tpch.server().connect();
                Connection postgres = tpch.world().postgres().connect();
                Connection sqlite = tpch.world().sqlite().connect();
                MongoClient mongo = MongoClients.create(tpch.world().mongo().connectionString())) {
            // without this PostgreSQL's driver keeps the whole answer in memory first
            postgres.setAutoCommit(false);
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            figures.addAll(compare(
                    "lineitem, PostgreSQL",
                    LINEITEM,
                    Scan.jdbc(postgres, LINEITEM, FETCH_SIZE),
                    Optional.of(FirstRow.jdbc(postgres, LINEITEM, FETCH_SIZE)),
                    session,
                    Optional.of(parts),
                    remote,
                    rounds,
                    table));
            boolean mixed = tpch.world().split() == TpchSplit.MIXED;
            String collection = mixed ? "part" : "orders";
            List<String> fields = mixed ? PART : ORDERS;
            figures.addAll(compare(
                    collection + ", MongoDB",
                    "select " + String.join(", ", fields) + " from " + collection,
                    Scan.mongo(
                            mongo.getDatabase(tpch.world().mongo().database()).getCollection(collection),
                            fields,
                            FETCH_SIZE),
                    Optional.empty(),
                    session,
                    Optional.empty(),
                    remote,
                    rounds,
                    table));
            if (!mixed) {
                figures.addAll(compare(
                        "partsupp, SQLite",
                        PARTSUPP,
                        Scan.jdbc(sqlite, PARTSUPP, FETCH_SIZE),
                        Optional.of(FirstRow.jdbc(sqlite, PARTSUPP, FETCH_SIZE)),
                        session,
                        Optional.empty(),
                        remote,
                        rounds,
                        table));
            }
        }
        return comparing.finish(invocation, "calque bench scan --sf " + settings.scaleFactor(), figures);
    }

    private static List<Figure> compare(
            String name,
            String sql,
            Scan alone,
            Optional<FirstRow> firstAlone,
            Session session,
            Optional<Session> parts,
            Connection remote,
            Rounds rounds,
            MarkdownTable table)
            throws IOException, SQLException {
        Scan inProcess = Scan.engine(session, sql);
        Scan throughDriver = Scan.jdbc(remote, sql, 0);
        Scan.Figures expected = alone.read();
        Scan inParts = parts.map(divided -> Scan.engine(divided, sql)).orElse(inProcess);
        for (Scan scan : List.of(inProcess, throughDriver, inParts)) {
            Scan.Figures given = scan.read();
            if (!given.equals(expected)) {
                throw new IllegalStateException(name + ": the driver alone reads " + expected + ", Calque " + given);
            }
        }
        List<Timing> timings =
                rounds.inTurns(List.of(alone::read, inProcess::read, throughDriver::read, inParts::read));
        Figure local = Comparing.figure(name + ", in process", timings.get(1), timings.get(0));
        Figure distant = Comparing.figure(name + ", remote", timings.get(2), timings.get(0));
        List<FirstRow> ways = new ArrayList<>(List.of(FirstRow.engine(session, sql), FirstRow.jdbc(remote, sql, 0)));
        firstAlone.ifPresent(way -> ways.add(0, way));
        List<String> first = FirstRow.inTurns(ways, 2, FIRST_ROWS).stream()
                .map(timing -> Timing.text(timing.median()))
                .toList();
        table.row(List.of(
                name,
                String.valueOf(expected.rows()),
                speed(expected, timings.get(0)),
                speed(expected, timings.get(1)),
                String.format(Locale.ROOT, "%.2f", 1 / local.ratio()),
                parts.isEmpty() ? "" : speed(expected, timings.get(3)),
                speed(expected, timings.get(2)),
                String.format(Locale.ROOT, "%.2f", 1 / distant.ratio()),
                String.join(" / ", first)));
        return List.of(local, distant);
    }

    private static String speed(Scan.Figures read, Timing timing) {
        return String.format(Locale.ROOT, "%.0f", read.rows() / timing.median());
    }
}
