package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which date of a table is meant where only a time is said. Used for one question. */
public final class TableTimes {
    private static final Set<String> MAKING = Set.of("creat", "updat", "modifi", "insert", "load");
    private static final Set<String> BEGINS = stems(
            "start",
            "started",
            "begin",
            "began",
            "from",
            "opened",
            "departure",
            "departed",
            "admission",
            "admitted",
            "pickup",
            "hire",
            "hired",
            "checkin",
            "entry",
            "order",
            "ordered",
            "issued",
            "borrowed",
            "sent",
            "dispatched",
            "created",
            "placed");
    private static final Set<String> ENDS = stems(
            "end",
            "ended",
            "finish",
            "finished",
            "until",
            "closed",
            "arrival",
            "arrived",
            "discharge",
            "discharged",
            "dropoff",
            "termination",
            "terminated",
            "checkout",
            "exit",
            "completed",
            "completion",
            "delivered",
            "delivery",
            "returned",
            "return");
    private static final Set<String> BIRTH = Set.of("birth", "birthday", "birthdat", "dob");

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;

    TableTimes(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables) {
        this.lexicon = lexicon;
        this.graph = graph;
        this.tables = tables;
    }

    private static Set<String> stems(String... words) {
        return Arrays.stream(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The column of dates whose name has a word of the question. */
    public Optional<ColumnRef> of(TableDescriptor table, String hint) {
        return table.columns().stream()
                .filter(ColumnKinds::temporal)
                .filter(c -> lexicon.words(table, c).stream().anyMatch(word -> hinted(word, hint)))
                .map(c -> new ColumnRef(table, c))
                .findFirst();
    }

    private boolean hinted(String word, String hint) {
        return !word.equals("date") && !word.equals("time") && (word.equals(hint) || lexicon.similar(hint, word));
    }

    /** The column that says when: the table's own date, which is not about the row's making. */
    public Optional<ColumnRef> of(TableDescriptor table) {
        Optional<ColumnRef> said = lexicon.time(table).flatMap(table::column).map(c -> new ColumnRef(table, c));
        return said.or(() -> ownTime(table));
    }

    /** The date of a table's rows; where they have none, of the nearest rows that each of them belongs to. */
    public Optional<ColumnRef> nearest(TableDescriptor table) {
        Set<TableName> seen = new LinkedHashSet<>();
        List<TableDescriptor> level = List.of(table);
        while (!level.isEmpty()) {
            List<TableDescriptor> next = new ArrayList<>();
            for (TableDescriptor at : level) {
                Optional<ColumnRef> time = of(at);
                if (time.isPresent()) {
                    return time;
                }
                seen.add(at.name());
                graph.edges().stream()
                        .filter(e -> e.many().equals(at.name()) && !seen.contains(e.one()))
                        .flatMap(e -> tables.stream().filter(t -> t.name().equals(e.one())))
                        .forEach(next::add);
            }
            level = next;
        }
        return Optional.empty();
    }

    /** The date of the one table whose rows refer to these and say when. */
    public Optional<ColumnRef> ofEvents(TableDescriptor table) {
        List<ColumnRef> times = graph.edges().stream()
                .filter(e -> e.one().equals(table.name()) && !e.many().equals(table.name()))
                .flatMap(e -> tables.stream().filter(t -> t.name().equals(e.many())))
                .distinct()
                .flatMap(t -> of(t).stream())
                .toList();
        return times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
    }

    /** Columns that hold years, as numbers or as text. */
    public List<ColumnRef> years(TableDescriptor table) {
        return table.columns().stream()
                .map(c -> new ColumnRef(table, c))
                .filter(this::isYear)
                .toList();
    }

    /** Whether a column holds years, as numbers or as text. */
    public boolean isYear(ColumnRef column) {
        boolean called = lexicon.words(column.table(), column.column()).contains("year");
        return called && column.column().type().isNumeric() || KnownValues.years(column);
    }

    /** The one column that tells the year of a row: the only one that is called so, or called nothing else. */
    public Optional<ColumnRef> yearOf(TableDescriptor table) {
        List<ColumnRef> called = years(table).stream()
                .filter(c -> lexicon.words(table, c.column()).contains("year"))
                .toList();
        return called.stream()
                .filter(c ->
                        called.size() == 1 || lexicon.words(table, c.column()).equals(List.of("year")))
                .findFirst();
    }

    /** The date on which what a row tells begins. */
    public Optional<ColumnRef> beginning(TableDescriptor table) {
        return dated(table, BEGINS);
    }

    /** The date on which it ends. */
    public Optional<ColumnRef> end(TableDescriptor table) {
        return dated(table, ENDS);
    }

    private Optional<ColumnRef> dated(TableDescriptor table, Set<String> words) {
        List<ColumnRef> found = table.columns().stream()
                .filter(ColumnKinds::temporal)
                .filter(c -> lexicon.words(table, c).stream().anyMatch(words::contains)
                        || words.contains(String.join("", lexicon.words(table, c))))
                .map(c -> new ColumnRef(table, c))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<ColumnRef> ownTime(TableDescriptor table) {
        List<ColumnDescriptor> times = table.columns().stream()
                .filter(ColumnKinds::temporal)
                // nothing that happens to a row is told by when somebody was born
                .filter(c -> lexicon.words(table, c).stream().noneMatch(BIRTH::contains))
                .toList();
        List<ColumnDescriptor> own = times.stream()
                .filter(c -> lexicon.words(table, c).stream().noneMatch(MAKING::contains))
                .toList();
        List<ColumnDescriptor> candidates = own.isEmpty() ? times : own;
        return candidates.stream()
                .filter(c -> lexicon.words(table).stream()
                        .anyMatch(w -> lexicon.words(table, c).contains(w)))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .map(c -> new ColumnRef(table, c));
    }
}
