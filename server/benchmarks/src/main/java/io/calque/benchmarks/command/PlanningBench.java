package io.calque.benchmarks.command;

import io.calque.app.terminal.Invocation;
import io.calque.benchmarks.measure.Figure;
import io.calque.benchmarks.measure.Rounds;
import io.calque.benchmarks.measure.Timing;
import io.calque.benchmarks.tpch.TpchQuery;
import io.calque.engine.EngineConfig;
import io.calque.engine.Session;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "planning",
        description =
                "How long it takes from a statement's text to code that runs: planned anew, of a known shape, and known word for word.",
        footer = {
            "",
            "Times are the processor's, which other work on the machine moves little: planning is done by one thread. The peer in a baseline is"
                    + " SELECT 1 planned anew."
        })
final class PlanningBench implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("statement", "planned anew, ms", "from .. to", "other literals, ms", "known, ms");

    private final Invocation invocation;

    @Mixin
    private final BenchSettings settings = new BenchSettings();

    @Mixin
    private final Comparing comparing = new Comparing();

    @Option(
            names = "--only",
            paramLabel = "<text>",
            description = "Only statements with this in their names, such as 'key lookup' or Q2.")
    private String only = "";

    PlanningBench(Invocation invocation) {
        this.invocation = invocation;
    }

    /** Statements by name; {@code 7} in the first few is what changes with every call. */
    private Map<String, String> statements() {
        Map<String, String> statements = new LinkedHashMap<>();
        statements.put("SELECT 1", "select 1");
        statements.put("key lookup, PostgreSQL", "select o_totalprice from orders where o_orderkey = 7");
        statements.put("key lookup, MongoDB", "select p_name from part where p_partkey = 7");
        statements.put("key lookup, SQLite", "select n_name from nation where n_nationkey = 7");
        statements.put(
                "ten-row join, two sources",
                "select c_name, n_name from customer join nation on c_nationkey = n_nationkey where c_custkey <= 7");
        for (TpchQuery query : TpchQuery.all(settings.scaleFactor())) {
            statements.put("Q" + query.number(), query.sql());
        }
        statements.keySet().removeIf(name -> !name.contains(only));
        return statements;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        Rounds rounds = settings.rounds(30, 30);
        List<Figure> figures = new ArrayList<>();
        try (LoadedTpch tpch = LoadedTpch.load(settings, EngineConfig.defaults(), invocation);
                Session session = tpch.session()) {
            AtomicLong salt = new AtomicLong(100);
            MarkdownTable table = new MarkdownTable(invocation.out(), COLUMNS);
            double one = Double.NaN;
            for (Map.Entry<String, String> statement : statements().entrySet()) {
                String sql = statement.getValue();
                session.prepare(sql);
                // a comment of its own makes a statement that was never seen
                List<Timing> timings = rounds.onProcessor(List.of(
                        () -> session.prepare("/* " + salt.incrementAndGet() + " */ " + sql),
                        () -> session.prepare(sql.replace(" = 7", " = " + salt.incrementAndGet())
                                .replace("<= 7", "<= " + salt.incrementAndGet())),
                        () -> session.prepare(sql)));
                one = Double.isNaN(one) ? timings.get(0).median() : one;
                figures.add(new Figure(statement.getKey(), timings.get(0).median(), one));
                boolean varied = sql.contains(" = 7") || sql.contains("<= 7");
                table.row(List.of(
                        statement.getKey(),
                        Timing.text(timings.get(0).median()),
                        timings.get(0).spread(),
                        varied ? Timing.text(timings.get(1).median()) : "",
                        Timing.text(timings.get(2).median())));
            }
        }
        return comparing.finish(invocation, "calque bench planning", figures);
    }
}
