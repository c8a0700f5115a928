package io.calque.benchmarks.fuzz;

import io.calque.benchmarks.fuzz.SameAnswer.Depth;
import io.calque.benchmarks.fuzz.SameAnswer.Difference;
import io.calque.benchmarks.fuzz.SameAnswer.Kind;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import io.calque.testkit.fuzz.Dice;
import io.calque.testkit.fuzz.FuzzColumn;
import io.calque.testkit.fuzz.FuzzTable;
import io.calque.testkit.fuzz.FuzzWorld;
import io.calque.testkit.fuzz.Query;
import io.calque.testkit.fuzz.RandomQueries;
import io.calque.testkit.fuzz.RandomWorlds;
import io.calque.testkit.fuzz.Spelling;
import io.calque.testkit.fuzz.WorldDatabases;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Queries over one random world. Single-threaded. */
final class FuzzRun implements AutoCloseable {
    private final WorldDatabases databases;
    private final FuzzEngine engine;
    private final SameAnswer answers;
    private FuzzWorld world;
    private int repeats;

    private FuzzRun(FuzzWorld made, FragmentLedger ledger, Fault fault) throws SQLException {
        databases = WorldDatabases.load(made);
        engine = new FuzzEngine(databases.sources(), ledger, fault);
        world = made;
        CatalogSnapshot catalog = engine.catalog();
        databases.createReference(world, (table, column) -> type(catalog, table, column));
        answers = new SameAnswer(engine, ledger, databases.reference());
        vacate(new Dice(made.seed() + 1));
    }

    static FuzzRun start(long seed, FragmentLedger ledger, Fault fault) throws SQLException {
        return new FuzzRun(RandomWorlds.of(seed), ledger, fault);
    }

    /** A collection or a table that was introspected while it had rows. */
    private void vacate(Dice dice) throws SQLException {
        if (dice.oneIn(4)) {
            FuzzTable emptied = dice.pick(world.tables());
            if (world.tables().stream().noneMatch(t -> t.parent().equals(Optional.of(emptied.name())))) {
                change(emptied.withRows(List.of()));
            }
        }
    }

    private void change(FuzzTable table) throws SQLException {
        world = world.with(table);
        databases.refill(world, table);
        for (FuzzTable child : world.tables()) {
            if (child.parent().equals(Optional.of(table.name()))) {
                // Its rows live inside the documents, and went with them.
                Set<@Nullable Object> parents =
                        table.rows().stream().map(row -> row.get(0)).collect(Collectors.toSet());
                change(child.withRows(child.rows().stream()
                        .filter(row -> parents.contains(row.get(0)))
                        .toList()));
            }
        }
    }

    private static DataType type(CatalogSnapshot catalog, FuzzTable table, FuzzColumn column) {
        TableDescriptor found = catalog.source(new SourceId(table.place().source())).orElseThrow().tables().stream()
                .filter(t -> t.name().table().equals(table.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("introspection found no table " + table.name()));
        return found.column(column.name())
                .map(ColumnDescriptor::type)
                .orElseThrow(() -> new IllegalStateException(
                        "introspection found no column " + column.name() + " in " + table.name()));
    }

    /**
     * Runs queries.
     *
     * @param seed of the queries
     */
    void queries(int count, long seed, Depth depth, FuzzReport report, Consumer<String> told) throws SQLException {
        Steering steering = new Steering(world, report.ledger, seed);
        for (int i = 0; i < count; i++) {
            Query query = steering.next();
            report.queries++;
            Optional<Difference> found = answers.check(query, depth);
            if (found.isEmpty()) {
                report.answered++;
                continue;
            }
            Difference difference = found.get();
            if (difference.kind() == Kind.REFUSED || difference.kind() == Kind.UNANSWERED) {
                if (report.setAside.merge(summary(difference), 1, Integer::sum) == 1) {
                    told.accept("# set aside: " + summary(difference) + "\n#   "
                            + Spelling.of(query, Spelling.Reader.CALQUE).sql());
                }
                continue;
            }
            String script = new Shrinking(this, difference.kind(), depth == Depth.IN_TURN ? Depth.FULL : depth)
                    .script(query, difference);
            report.differences.add(script);
            told.accept(script);
        }
    }

    /** The first difference of the kinds that prove a mistake, not shrunk. */
    Optional<Difference> firstDifference(int count, long seed, Depth depth) {
        RandomQueries random = new RandomQueries(world, seed);
        for (int i = 0; i < count; i++) {
            Optional<Difference> found = answers.check(random.next(), depth)
                    .filter(d -> d.kind() != Kind.REFUSED && d.kind() != Kind.UNANSWERED);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static String summary(Difference difference) {
        String what = difference.what().lines().findFirst().orElse("");
        return difference.kind() + " "
                + what.substring(0, Math.min(150, what.length())).replaceAll("[0-9]{2,}|t[0-9]+\\.\"[^\"]*\"", "#");
    }

    FuzzWorld world() {
        return world;
    }

    /** With pushdown on. */
    Outcome ask(Query query) {
        return answers.ask("on", Spelling.of(query, Spelling.Reader.CALQUE));
    }

    /** What EXPLAIN says, a line each; empty for a query that cannot be planned. */
    List<String> explain(Query query) {
        Spelling.Text text = Spelling.of(query, Spelling.Reader.CALQUE);
        Outcome explained = answers.ask("on", new Spelling.Text("EXPLAIN " + text.sql(), text.parameters()));
        return explained instanceof Outcome.Rows rows
                ? rows.rows().stream().map(row -> String.valueOf(row.get(0))).toList()
                : List.of();
    }

    /** As {@link #ask}, by a plan that no earlier question made. */
    Outcome askAnew(Query query) {
        Spelling.Text text = Spelling.of(query, Spelling.Reader.CALQUE);
        return answers.ask("on", new Spelling.Text(text.sql() + " -- " + repeats++, text.parameters()));
    }

    Outcome reference(Query query, List<DataType> types) {
        return Outcome.ofReference(
                databases.reference(),
                Spelling.of(query, Spelling.Reader.REFERENCE).sql(),
                types);
    }

    Optional<Difference> check(Query query, Depth depth) {
        return answers.check(query, depth);
    }

    void rows(FuzzTable table) throws SQLException {
        change(table);
    }

    @Override
    public void close() throws SQLException {
        engine.close();
        databases.close();
    }
}
