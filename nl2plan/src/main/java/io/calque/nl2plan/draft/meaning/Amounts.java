package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Unit;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which number of a table an adjective, a unit or a sum of money speaks of. Used for one question. */
public final class Amounts {
    private static final Set<String> MONEY_NOUNS =
            Set.of("sale", "payment", "revenu", "spend", "invoic", "purchas", "refund", "bill", "expens", "earn");
    private static final Set<String> NUMBER = Set.of("number", "count", "num", "amount", "quantiti");
    private static final Set<String> MONEY_WORDS = Set.of("price", "amount", "total", "revenu", "cost", "valu");
    private static final Set<String> FEES = Set.of("fare", "fee", "charg");
    private static final Map<String, List<String>> ADJECTIVES = Map.ofEntries(
            Map.entry(
                    "long", List.of("length", "durat", "runtim", "millisecond", "minut", "second", "page", "distanc")),
            Map.entry(
                    "short",
                    List.of(
                            "length",
                            "durat",
                            "runtim",
                            "millisecond",
                            "minut",
                            "second",
                            "page",
                            "distanc",
                            "height")),
            Map.entry("expensive", List.of("price", "cost", "fare", "fee", "charg", "amount", "total")),
            Map.entry("cheap", List.of("price", "cost", "fare", "fee", "charg", "amount", "total")),
            Map.entry("pric", List.of("price", "cost", "fare", "fee", "charg", "amount", "total")),
            Map.entry("large", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("big", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("small", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("heav", List.of("weight")),
            Map.entry("light", List.of("weight")),
            Map.entry("tall", List.of("height")),
            Map.entry("wide", List.of("width")),
            Map.entry("narrow", List.of("width")),
            Map.entry("deep", List.of("depth")),
            Map.entry("fast", List.of("speed", "veloc")),
            Map.entry("slow", List.of("speed", "veloc")),
            Map.entry("hot", List.of("temperatur")),
            Map.entry("cold", List.of("temperatur")),
            Map.entry("rich", List.of("wealth", "worth", "fortun", "asset", "money", "incom")),
            Map.entry("poor", List.of("wealth", "worth", "fortun", "asset", "money", "incom")),
            Map.entry("populat", List.of("popul", "resid", "inhabit")),
            Map.entry("populous", List.of("popul", "resid", "inhabit")),
            Map.entry("resident", List.of("popul", "inhabit")),
            Map.entry("inhabitant", List.of("popul", "resid")),
            Map.entry("people", List.of("popul", "resid", "inhabit", "occup", "capac", "attend")),
            Map.entry("capacity", List.of("capac", "occup", "seat")),
            Map.entry("high", List.of("height", "elev", "amount", "total", "price")),
            Map.entry("valu", List.of("total", "amount", "price", "valu", "fare", "fee")),
            Map.entry("worth", List.of("total", "amount", "price", "valu", "fare", "fee")),
            Map.entry(
                    "young",
                    List.of(
                            "birth",
                            "birthdat",
                            "birthday",
                            "dob",
                            "age",
                            "built",
                            "manufactur",
                            "deliveri",
                            "hire",
                            "found",
                            "start")),
            Map.entry(
                    "old",
                    List.of(
                            "birth",
                            "birthdat",
                            "birthday",
                            "dob",
                            "age",
                            "built",
                            "manufactur",
                            "deliveri",
                            "hire",
                            "found",
                            "start")),
            Map.entry("came to", List.of("total", "amount", "price")));

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;
    private final RowNames rows;
    private final Set<TableName> named;

    /** @param named the tables that the question names */
    Amounts(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables, RowNames rows, Set<TableName> named) {
        this.lexicon = lexicon;
        this.graph = graph;
        this.tables = tables;
        this.rows = rows;
        this.named = named;
    }

    /** Whether a column of text holds nothing but numbers, as far as is known. */
    public boolean isNumberAsText(Link link) {
        if (!(link instanceof Link.ToColumn column)
                || !ColumnKinds.text(column.column())
                || rows.isKey(new ColumnRef(column.table(), column.column()))) {
            return false;
        }
        ColumnStatistics statistics =
                column.table().statistics().column(column.column().name());
        List<String> known = Stream.of(
                        statistics.mostCommon().stream().map(ColumnStatistics.CommonValue::value),
                        statistics.histogram().stream(),
                        statistics.samples().stream())
                .flatMap(values -> values)
                .toList();
        return !known.isEmpty()
                && known.stream().allMatch(value -> value.strip().matches("-?\\d+(\\.\\d+)?"));
    }

    /** What an adjective measures of a table: "longest" its length, "cheapest" its price. */
    public Optional<ColumnRef> measured(TableDescriptor table, String adjective) {
        for (Map.Entry<String, List<String>> entry : ADJECTIVES.entrySet()) {
            if (!adjective.contains(entry.getKey())) {
                continue;
            }
            for (String word : entry.getValue()) {
                Optional<ColumnRef> found = table.columns().stream()
                        .map(c -> new ColumnRef(table, c))
                        .filter(c -> KnownValues.numbers(c) || ColumnKinds.temporal(c.column()))
                        .filter(c -> !rows.isKey(c)
                                && lexicon.words(table, c.column()).contains(word))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The same; of rows that refer to the table's where these alone are measured so. */
    public Optional<ColumnRef> measuredNear(TableDescriptor table, String adjective) {
        Optional<ColumnRef> own = measured(table, adjective);
        if (own.isPresent()) {
            return own;
        }
        List<ColumnRef> near = tables.stream()
                .filter(t -> graph.edges().stream()
                        .anyMatch(e -> e.many().equals(t.name()) && e.one().equals(table.name())))
                .flatMap(t -> measured(t, adjective).stream())
                .toList();
        return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
    }

    /** What a table counts in a column of its own name, such as the degrees of a year: there are as many as these add up to. */
    public Optional<ColumnRef> counts(TableDescriptor table) {
        List<String> own = lexicon.words(table);
        return table.columns().stream()
                .filter(c -> c.type().isNumeric() && lexicon.words(table, c).equals(own))
                .map(c -> new ColumnRef(table, c))
                .filter(c -> !rows.isKey(c))
                .findFirst();
    }

    /** The column of a table that says how many rows of another belong to each of its own: "number_of_decks" of a ship. */
    public Optional<ColumnRef> numberOf(TableDescriptor table, TableDescriptor counted) {
        List<String> what = lexicon.words(counted);
        return table.columns().stream()
                .filter(c -> c.type().isNumeric())
                .filter(c -> {
                    List<String> words = new ArrayList<>(lexicon.words(table, c));
                    boolean number = words.removeIf(NUMBER::contains);
                    words.removeAll(lexicon.words(table));
                    return number && !words.isEmpty() && what.containsAll(words);
                })
                .map(c -> new ColumnRef(table, c))
                .filter(c -> !rows.isKey(c))
                .findFirst();
    }

    /** The column of a table that holds so much time or so many bytes. */
    public Optional<ColumnRef> measuredIn(TableDescriptor table, Unit unit) {
        List<String> words = switch (unit.kind()) {
            case TIME -> List.of("millisecond", "second", "minut", "hour", "durat", "length", "runtim");
            case SIZE -> List.of("byte", "kilobyt", "megabyt", "size");
            case WEIGHT -> List.of("gram", "kilogram", "tonn", "weight");
            case LENGTH -> List.of("meter", "kilomet", "distanc", "height", "elev", "length", "depth");
            case MONEY, SHARE -> List.of();
        };
        return words.stream()
                .flatMap(word -> number(table, Set.of(word)).stream())
                .filter(c -> !rows.isKey(c))
                .findFirst();
    }

    /** The same of the tables that are named, or of the one table whose rows refer to theirs. */
    public Optional<ColumnRef> measuredIn(Unit unit) {
        if (!unit.kind().isHeldByColumns()) {
            return Optional.empty();
        }
        List<ColumnRef> own = tables.stream()
                .filter(t -> named.contains(t.name()))
                .flatMap(t -> measuredIn(t, unit).stream())
                .toList();
        if (!own.isEmpty()) {
            return own.size() == 1 ? Optional.of(own.get(0)) : Optional.empty();
        }
        List<ColumnRef> finer = tables.stream()
                .filter(t -> graph.edges().stream().anyMatch(e -> e.many().equals(t.name()) && named.contains(e.one())))
                .flatMap(t -> measuredIn(t, unit).stream())
                .toList();
        return finer.size() == 1 ? Optional.of(finer.get(0)) : Optional.empty();
    }

    /** A number in the unit that the column's name says; percent as a fraction where the column holds fractions. */
    public java.math.BigDecimal converted(Mention.Number number, ColumnRef column) {
        if (number.unit().isEmpty()) {
            return number.value();
        }
        Unit unit = number.unit().get();
        List<String> words = lexicon.words(column.table(), column.column());
        return switch (unit.kind()) {
            case TIME, SIZE, WEIGHT, LENGTH ->
                java.util.Arrays.stream(Unit.values())
                        .filter(u -> u.kind() == unit.kind() && words.contains(Stems.of(u.name())))
                        .findFirst()
                        .map(u -> unit.in(u, number.value()))
                        .orElse(number.value());
            case MONEY ->
                words.contains("cent") ? unit.in(Unit.CENT, number.value()) : unit.in(Unit.DOLLAR, number.value());
            case SHARE -> fraction(column) ? number.value().movePointLeft(2) : number.value();
        };
    }

    private static boolean fraction(ColumnRef column) {
        return column.table()
                .statistics()
                .column(column.column().name())
                .max()
                .filter(m -> m.matches("0?\\.\\d+|[01](\\.0*)?"))
                .isPresent();
    }

    /** Price times quantity in the rows that refer to the measure's own; empty where no table holds both. */
    public Optional<Request.Measure> finer(Request.Measure measure) {
        if (measure.function() != AggregateFunction.SUM) {
            return Optional.empty();
        }
        for (TableDescriptor table : tables) {
            boolean refersToIt = graph.edges().stream()
                    .anyMatch(e -> e.many().equals(table.name())
                            && e.one().equals(measure.of().name()));
            Optional<ColumnRef> quantity = number(table, Set.of("quantiti"));
            Optional<ColumnRef> price = number(table, Set.of("price"));
            if (refersToIt && quantity.isPresent() && price.isPresent()) {
                return Optional.of(new Request.Measure(AggregateFunction.SUM, table, price, Request.Distinctness.AS_IS)
                        .times(quantity.get()));
            }
        }
        return Optional.empty();
    }

    private Optional<ColumnRef> number(TableDescriptor table, Set<String> words) {
        return table.columns().stream()
                .filter(c ->
                        c.type().isNumeric() && lexicon.words(table, c).stream().anyMatch(words::contains))
                .map(c -> new ColumnRef(table, c))
                .findFirst();
    }

    /** Nouns that are measured in money rather than counted when they are totalled. */
    public boolean isAboutMoney(String words) {
        return List.of(words.split(" ")).stream().map(Stems::of).anyMatch(MONEY_NOUNS::contains);
    }

    /** The one column of a table that holds amounts of money. */
    public Optional<ColumnRef> money(TableDescriptor table) {
        List<ColumnRef> amounts = called(table, MONEY_WORDS);
        List<ColumnRef> found = amounts.isEmpty() ? called(table, FEES) : amounts;
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private List<ColumnRef> called(TableDescriptor table, Set<String> words) {
        return table.columns().stream()
                .filter(c -> c.type().isNumeric())
                .filter(c -> lexicon.words(table, c).stream().anyMatch(words::contains))
                .map(c -> new ColumnRef(table, c))
                .toList();
    }
}
