package io.calque.benchmarks.command;

import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.fragments.BestFetches;
import io.calque.benchmarks.fragments.BestFragments;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.Moved;
import io.calque.benchmarks.tpch.TpchAnswer;
import io.calque.benchmarks.tpch.TpchQuery;
import io.calque.benchmarks.world.DriversAlone;
import io.calque.benchmarks.world.RecordedRead;
import io.calque.engine.EngineConfig;
import io.calque.engine.Session;
import io.calque.spi.source.NativeQuery;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "tpch",
        description = "TPC-H's 22 queries over three databases, through the remote driver.",
        footer = {
            "",
            "PostgreSQL alone holds all eight tables with keys, indexes and statistics. 'Drivers alone' fetch the same fragments at the same"
                    + " time and look at every value; fragments that take values from another source are left out, and counted. 'Best fragments'"
                    + " are written by hand for the query and the split, sent by the drivers alone, values handed on from one to the next;"
                    + " 'within' is whether Calque takes at most three times as long and 30 ms. 'Waiting for"
                    + " MongoDB' is what operators waited for its rows: the embedded server is no measure of a real one."
        })
final class TpchBench implements Callable<Integer> {
    private static final List<String> COLUMNS = List.of(
            "query",
            "PostgreSQL alone, ms",
            "Calque, ms",
            "from .. to",
            "ratio",
            "best fragments, ms",
            "within",
            "drivers alone, ms",
            "waiting for MongoDB, ms",
            "rows lite/mongo/pg",
            "KiB lite/mongo/pg");

    /** No query may take more than this many times what the best fragments take, and these milliseconds. */
    private static final double MOST_TIMES = 3;

    private static final double MOST_MORE = 30;

    private final Invocation invocation;

    @Mixin
    private final BenchSettings settings = new BenchSettings();

    @Mixin
    private final Comparing comparing = new Comparing();

    @Option(
            names = "--queries",
            split = ",",
            paramLabel = "N",
            description = "Only these queries, from 1 to 22 (default: all).")
    private List<Integer> queries = List.of();

    TpchBench(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Rounds rounds = settings.rounds(3, 5);
        List<TpchQuery> asked = TpchQuery.all(settings.scaleFactor()).stream()
                .filter(query -> queries.isEmpty() || queries.contains(query.number()))
                .toList();
        List<Figure> figures = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        List<String> above = new ArrayList<>();
        try (LoadedTpch tpch = LoadedTpch.load(settings, EngineConfig.defaults(), invocation);
                DriversAlone drivers = new DriversAlone(tpch.world());
                Session session = tpch.session();
                Connection alone = tpch.reference().database().connect();
                Connection remote = tpch.server().connect()) {
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            for (TpchQuery query : asked) {
                if (invocation.interruption().isInterrupted()) {
                    return ExitCode.FAILED;
                }
                Optional<String> difference = ask(alone, query).difference(ask(remote, query));
                if (difference.isPresent()) {
                    wrong.add(difference.get());
                    continue;
                }
                figures.add(time(query, rounds, tpch, drivers, session, alone, remote, table, above));
            }
            table.row(sum(
                    "sum",
                    figures,
                    figures.stream().mapToDouble(Figure::millis).sum(),
                    figures.stream().mapToDouble(Figure::peerMillis).sum()));
            table.row(sum("geometric mean", figures, mean(figures, Figure::millis), mean(figures, Figure::peerMillis)));
        }
        invocation
                .error()
                .println(
                        above.isEmpty()
                                ? "no query is above 3 x the best fragments' time + 30 ms"
                                : "above 3 x the best fragments' time + 30 ms: " + String.join(", ", above));
        wrong.forEach(line -> invocation.error().println("wrong answer, not timed: " + line));
        String command = "calque bench tpch --sf " + settings.scaleFactor() + " --split "
                + settings.split().name().toLowerCase(Locale.ROOT);
        int code = comparing.finish(invocation, command, figures);
        return wrong.isEmpty() ? code : ExitCode.FAILED;
    }

    private static Figure time(
            TpchQuery query,
            Rounds rounds,
            LoadedTpch tpch,
            DriversAlone drivers,
            Session session,
            Connection alone,
            Connection remote,
            MarkdownTable table,
            List<String> above)
            throws IOException, SQLException {
        List<Moved> moved = new ArrayList<>();
        List<RecordedRead> reads = tpch.readsOf(() -> moved.addAll(Moved.by(session, query.sql())));
        List<NativeQuery> independent = DriversAlone.independent(reads);
        BestFragments best =
                BestFragments.of(tpch.world().split(), query, tpch.reference().scaleFactor());
        try (DriversAlone.Fetches fetches = drivers.fetches(independent);
                BestFetches byHand = new BestFetches(best, tpch.world())) {
            List<Timing> timings = rounds.inTurns(
                    List.of(() -> ask(alone, query), () -> ask(remote, query), fetches::run, byHand::run));
            Figure figure = Comparing.figure("Q" + query.number(), timings.get(1), timings.get(0));
            double fragments = timings.get(3).median();
            boolean within = figure.millis() <= MOST_TIMES * fragments + MOST_MORE;
            if (!within) {
                above.add(figure.name());
            }
            int bound = reads.size() - independent.size();
            table.row(List.of(
                    figure.name(),
                    Timing.text(figure.peerMillis()),
                    Timing.text(figure.millis()),
                    timings.get(1).spread(),
                    String.format(Locale.ROOT, "%.1f", figure.ratio()),
                    Timing.text(fragments),
                    within ? "yes" : "no",
                    Timing.text(timings.get(2).median()) + (bound == 0 ? "" : " without " + bound),
                    Timing.text(moved.stream()
                            .filter(m -> m.source().equals("mongo"))
                            .mapToDouble(Moved::waitMillis)
                            .sum()),
                    each(moved, Moved::rows),
                    each(moved, m -> m.bytes() / 1024)));
            return figure;
        }
    }

    private static String each(List<Moved> moved, ToLongFunction<Moved> what) {
        return List.of("lite", "mongo", "pg").stream()
                .map(source -> String.valueOf(moved.stream()
                        .filter(m -> m.source().equals(source))
                        .mapToLong(what)
                        .sum()))
                .collect(Collectors.joining("/"));
    }

    private static List<String> sum(String name, List<Figure> figures, double calque, double peer) {
        return List.of(
                name + " of " + figures.size(),
                Timing.text(peer),
                Timing.text(calque),
                "",
                String.format(Locale.ROOT, "%.1f", calque / peer),
                "",
                "",
                "",
                "",
                "",
                "");
    }

    private static double mean(List<Figure> figures, ToDoubleFunction<Figure> what) {
        return Math.exp(figures.stream()
                .mapToDouble(figure -> Math.log(what.applyAsDouble(figure)))
                .average()
                .orElse(Double.NaN));
    }

    private static TpchAnswer ask(Connection connection, TpchQuery query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.sql())) {
            return TpchAnswer.read(query, rows);
        }
    }
}
