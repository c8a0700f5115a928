package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.Linked;
import io.calque.nl2plan.draft.Request.ColumnRef;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.Lexicon;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which of the things that words may mean fits the rest of the question best: the tables that the question names attract. Used for one
 * question.
 */
final class Context {
    private static final double NAMED = 0.3;
    private static final double STEP = 0.09;
    private static final double FOCUS = 0.15;
    private static final double NAMING = 0.04;
    private static final double UNREACHABLE = 0.5;
    private static final double ROLE = 0.3;
    private static final Set<String> MONEY_NOUNS =
            Set.of("sale", "payment", "revenu", "spend", "invoic", "purchas", "refund");
    private static final Set<String> MONEY_WORDS = Set.of("price", "amount", "total", "revenu", "cost", "valu");
    private static final Map<String, List<String>> ADJECTIVES = Map.ofEntries(
            Map.entry(
                    "long", List.of("length", "durat", "runtim", "millisecond", "minut", "second", "page", "distanc")),
            Map.entry(
                    "short", List.of("length", "durat", "runtim", "millisecond", "minut", "second", "page", "distanc")),
            Map.entry("expensive", List.of("price", "cost", "amount", "total")),
            Map.entry("cheap", List.of("price", "cost", "amount", "total")),
            Map.entry("pric", List.of("price", "cost", "amount", "total")),
            Map.entry("large", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("big", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("small", List.of("size", "area", "popul", "total", "amount", "byte", "capac")),
            Map.entry("heav", List.of("weight")),
            Map.entry("light", List.of("weight")),
            Map.entry("tall", List.of("height")),
            Map.entry("high", List.of("height", "amount", "total", "price")),
            Map.entry("valu", List.of("total", "amount", "price", "valu")),
            Map.entry("worth", List.of("total", "amount", "price", "valu")),
            Map.entry("young", List.of("birth", "birthdat", "birthday", "dob")),
            Map.entry("old", List.of("birth", "birthdat", "birthday", "dob")),
            Map.entry("came to", List.of("total", "amount", "price")));
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
    private static final List<List<String>> LABELS = List.of(
            List.of("name"),
            List.of("first", "name"),
            List.of("last", "name"),
            List.of("full", "name"),
            List.of("title"),
            List.of("label"),
            List.of("symbol"),
            List.of("description"),
            List.of("code"));

    private static Set<String> stems(String... words) {
        return Arrays.stream(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    private final Lexicon lexicon;
    private final JoinGraph graph;
    private final List<TableDescriptor> tables;
    private final Set<TableName> named = new LinkedHashSet<>();
    private final Map<Set<TableName>, Integer> distances = new HashMap<>();

    Context(Lexicon lexicon, JoinGraph graph, List<TableDescriptor> tables, List<Mention> mentions) {
        this.tables = tables;
        this.lexicon = lexicon;
        this.graph = graph;
        mentions.forEach(this::anchor);
        for (int i = 1; i < mentions.size(); i++) {
            if (mentions.get(i - 1) instanceof Linked first && mentions.get(i) instanceof Linked last) {
                anchor(first, last);
            }
        }
    }

    private void anchor(Mention mention) {
        if (mention instanceof Linked linked) {
            anchor(linked);
        } else if (mention instanceof Mention.Calculation calculation) {
            calculation
                    .formula()
                    .phrases()
                    .forEach(p ->
                            calculation.phrases().getOrDefault(p, List.of()).forEach(this::anchor));
        }
    }

    /** A first and a last name that rows of one table alone have say that the person is one of these. */
    private void anchor(Linked first, Linked last) {
        List<TableName> people = tables.stream()
                .filter(t -> {
                    List<ColumnRef> names = label(t);
                    return names.size() == 2 && isValueOf(first, names.get(0)) && isValueOf(last, names.get(1));
                })
                .map(TableDescriptor::name)
                .toList();
        if (people.size() == 1) {
            named.add(people.get(0));
        }
    }

    private static boolean isValueOf(Linked linked, ColumnRef column) {
        return linked.links().stream()
                .anyMatch(l -> l instanceof Link.ToValue value
                        && value.table().name().equals(column.table().name())
                        && value.column().name().equals(column.column().name()));
    }

    /** A name that fits one table alone says that the table is meant. */
    private void anchor(Linked linked) {
        double best = linked.links().get(0).score();
        List<Link> top = linked.links().stream()
                .filter(l -> l.score() > best - 0.05)
                .filter(l -> l instanceof Link.ToTable || !RoleTables.isRole(l.table()))
                .toList();
        long tables = top.stream().map(l -> l.table().name()).distinct().count();
        if (tables == 1 && best > 0.75) {
            named.add(top.get(0).table().name());
            return;
        }
        top.stream()
                .filter(l -> l instanceof Link.ToTable && l.score() > 0.75)
                .limit(1)
                .forEach(l -> named.add(l.table().name()));
    }

    /** The best link of the kind wanted. */
    Optional<Link> pick(Linked linked, Predicate<Link> wanted) {
        return linked.links().stream().filter(wanted).max(Comparator.comparingDouble(this::worth));
    }

    /** The best link of all, where a bare "name" or "id" belongs to what the question is about. */
    Link pick(Linked linked, Optional<TableDescriptor> focus) {
        return linked.links().stream()
                .max(Comparator.comparingDouble(l -> worth(l)
                        + (focus.filter(f -> f.name().equals(l.table().name())).isPresent() ? FOCUS : 0)))
                .orElseThrow();
    }

    double worth(Link link) {
        double kind = link instanceof Link.ToTable ? 0.12 : link instanceof Link.ToValue ? 0.06 : 0;
        double role = RoleTables.isRole(link.table())
                        && !(link instanceof Link.ToTable)
                        && !named.contains(link.table().name())
                ? -ROLE
                : 0;
        return link.score() + kind + key(link) + naming(link) + attraction(link.table()) + role;
    }

    /** "genres" are told by genre.name before genre.genre_id. */
    private double naming(Link link) {
        if (!(link instanceof Link.ToColumn column) || column.score() > 0.95) {
            return 0;
        }
        List<String> words = lexicon.words(column.table(), column.column());
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean name = text(column.column()) && (last.equals("name") || last.equals("titl"));
        return name ? NAMING : last.equals("id") || last.equals("key") ? -NAMING : 0;
    }

    /** "customer id" is the customer's own key before any reference to it. */
    private double key(Link link) {
        if (!(link instanceof Link.ToColumn column)) {
            return 0;
        }
        boolean own = column.table()
                .primaryKey()
                .filter(k -> k.columns().contains(column.column().name()))
                .isPresent();
        return own ? 0.05 : isKey(new ColumnRef(column.table(), column.column())) ? -0.05 : 0;
    }

    private double attraction(TableDescriptor table) {
        if (named.isEmpty()) {
            return 0;
        }
        if (named.contains(table.name())) {
            return NAMED;
        }
        int nearest =
                named.stream().mapToInt(n -> distance(n, table.name())).min().orElse(0);
        return nearest == Integer.MAX_VALUE ? -UNREACHABLE : -STEP * nearest;
    }

    private int distance(TableName a, TableName b) {
        return distances.computeIfAbsent(
                Set.of(a, b), pair -> graph.distance(a, b).orElse(Integer.MAX_VALUE));
    }

    List<TableDescriptor> tables() {
        return tables;
    }

    /** The words of a table's name, as stems. */
    List<String> words(TableDescriptor table) {
        return lexicon.words(table);
    }

    List<String> words(ColumnRef column) {
        return lexicon.words(column.table(), column.column());
    }

    int distanceTo(TableName a, TableName b) {
        return distance(a, b);
    }

    /** The value meant: of the column just named before any other's. */
    Link pickValue(Linked linked, Optional<ColumnRef> column) {
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToValue v
                        && column.filter(c -> c.equals(new ColumnRef(v.table(), v.column())))
                                .isPresent())
                .findFirst()
                .or(() -> pick(linked, l -> l instanceof Link.ToValue))
                .orElseThrow();
    }

    /** Whether a word only repeats what a date of a named table is called: "hired" and hire_date. */
    boolean explains(String word) {
        String stem = Stems.of(word);
        return tables.stream()
                .filter(t -> named.contains(t.name()))
                .anyMatch(t -> t.columns().stream()
                        .filter(Context::temporal)
                        .anyMatch(c -> lexicon.words(t, c).stream()
                                .anyMatch(w -> w.equals(stem) || lexicon.similar(w, stem))));
    }

    /** What an adjective measures of a table: "longest" its length, "cheapest" its price. */
    Optional<ColumnRef> measured(TableDescriptor table, String adjective) {
        for (Map.Entry<String, List<String>> entry : ADJECTIVES.entrySet()) {
            if (!adjective.contains(entry.getKey())) {
                continue;
            }
            for (String word : entry.getValue()) {
                Optional<ColumnRef> found = table.columns().stream()
                        .filter(c -> c.type().isNumeric() || temporal(c))
                        .map(c -> new ColumnRef(table, c))
                        .filter(c ->
                                !isKey(c) && lexicon.words(table, c.column()).contains(word))
                        .findFirst();
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /** The column of a table that holds so much time or so many bytes. */
    Optional<ColumnRef> measuredIn(TableDescriptor table, Unit unit) {
        List<String> words = unit.kind() == Unit.Kind.TIME
                ? List.of("millisecond", "second", "minut", "hour", "durat", "length", "runtim")
                : List.of("byte", "kilobyt", "megabyt", "size");
        return words.stream()
                .flatMap(word -> number(table, Set.of(word)).stream())
                .filter(c -> !isKey(c))
                .findFirst();
    }

    /** The same of the tables that are named, or of the one table whose rows refer to theirs. */
    Optional<ColumnRef> measuredIn(Unit unit) {
        if (unit.kind() != Unit.Kind.TIME && unit.kind() != Unit.Kind.SIZE) {
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
    java.math.BigDecimal converted(Mention.Number number, ColumnRef column) {
        if (number.unit().isEmpty()) {
            return number.value();
        }
        Unit unit = number.unit().get();
        List<String> words = lexicon.words(column.table(), column.column());
        return switch (unit.kind()) {
            case TIME, SIZE ->
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

    /** The table that a column refers to, where the column is not its own table's key. */
    Optional<TableDescriptor> refersTo(ColumnRef ref) {
        if (key(ref.table()).contains(ref)) {
            return Optional.empty();
        }
        return graph.edges().stream()
                .filter(e -> e.many().equals(ref.table().name())
                        && !e.one().equals(e.many())
                        && e.manyColumns().equals(List.of(ref.column().name())))
                .findFirst()
                .flatMap(e ->
                        tables.stream().filter(t -> t.name().equals(e.one())).findFirst());
    }

    /** The columns by which a table refers to another; empty where it does not. */
    List<ColumnRef> reference(TableDescriptor from, TableDescriptor to) {
        return graph.edges().stream()
                .filter(e -> e.many().equals(from.name()) && e.one().equals(to.name()))
                .findFirst()
                .map(e -> e.manyColumns().stream()
                        .flatMap(c -> from.column(c).stream())
                        .map(c -> new ColumnRef(from, c))
                        .toList())
                .orElse(List.of());
    }

    /** Columns of different tables that the words fit equally well; empty where one fits best. */
    List<Link> equallyGood(Linked linked) {
        List<Link> sorted = linked.links().stream()
                .sorted(Comparator.comparingDouble(this::worth).reversed())
                .toList();
        double best = worth(sorted.get(0));
        if (!(sorted.get(0) instanceof Link.ToColumn first) || sorted.get(0).score() < 0.9) {
            return List.of();
        }
        List<Link> same = sorted.stream()
                .filter(l -> l instanceof Link.ToColumn c
                        && worth(l) > best - 0.01
                        && (l == first || !c.table().name().equals(first.table().name())))
                .toList();
        return same.size() > 1 ? same : List.of();
    }

    /** Price times quantity in the rows that refer to the measure's own; empty where no table holds both. */
    Optional<Request.Measure> finer(Request.Measure measure) {
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
    boolean isAboutMoney(String words) {
        return List.of(words.split(" ")).stream().map(Stems::of).anyMatch(MONEY_NOUNS::contains);
    }

    /** The one column of a table that holds amounts of money. */
    Optional<ColumnRef> money(TableDescriptor table) {
        List<ColumnRef> found = table.columns().stream()
                .filter(c -> c.type().isNumeric())
                .filter(c -> lexicon.words(table, c).stream().anyMatch(MONEY_WORDS::contains))
                .map(c -> new ColumnRef(table, c))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    /** Whether rows of one table refer, at once or by way of others, to at most one row of the other. */
    boolean refers(TableDescriptor from, TableDescriptor to) {
        return graph.connect(new LinkedHashSet<>(List.of(from.name(), to.name())))
                        .isPresent()
                && JoinTree.of(graph, from.name(), Set.of(to.name())).single().contains(to.name());
    }

    static boolean numeric(Link link) {
        return link instanceof Link.ToColumn column && column.column().type().isNumeric();
    }

    static boolean temporal(ColumnDescriptor column) {
        TypeKind kind = column.type().kind();
        return kind == TypeKind.DATE || kind == TypeKind.TIMESTAMP || kind == TypeKind.TIMESTAMP_TZ;
    }

    static boolean text(ColumnDescriptor column) {
        return column.type().kind() == TypeKind.VARCHAR;
    }

    boolean isKey(ColumnRef ref) {
        return key(ref.table()).contains(ref)
                || graph.edges().stream()
                        .anyMatch(e -> e.many().equals(ref.table().name())
                                && e.manyColumns().contains(ref.column().name()));
    }

    /** The columns that name a row to people; the key where none does. */
    List<ColumnRef> label(TableDescriptor table) {
        List<ColumnRef> label = new ArrayList<>();
        for (List<String> words : LABELS) {
            List<String> stems = words.stream().map(Stems::of).toList();
            for (ColumnDescriptor column : table.columns()) {
                List<String> own = new ArrayList<>(lexicon.words(table, column));
                own.removeAll(lexicon.words(table));
                if (own.equals(stems) && text(column)) {
                    label.add(new ColumnRef(table, column));
                }
            }
            boolean half = words.equals(LABELS.get(1));
            if (!label.isEmpty() && !half) {
                return label;
            }
        }
        return label.isEmpty() ? key(table) : label;
    }

    /** The declared key; where none is, what others refer to the table's rows by. */
    List<ColumnRef> key(TableDescriptor table) {
        return table.primaryKey()
                .map(k -> k.columns())
                .or(() -> graph.edges().stream()
                        .filter(e -> e.one().equals(table.name()))
                        .map(JoinGraph.Edge::oneColumns)
                        .findFirst())
                .map(k -> k.stream()
                        .flatMap(c -> table.column(c).stream())
                        .map(c -> new ColumnRef(table, c))
                        .toList())
                .orElse(List.of());
    }

    /** The column of dates whose name has a word of the question. */
    Optional<ColumnRef> time(TableDescriptor table, String hint) {
        return table.columns().stream()
                .filter(Context::temporal)
                .filter(c -> lexicon.words(table, c).stream().anyMatch(word -> hinted(word, hint)))
                .map(c -> new ColumnRef(table, c))
                .findFirst();
    }

    private boolean hinted(String word, String hint) {
        return !word.equals("date") && !word.equals("time") && (word.equals(hint) || lexicon.similar(hint, word));
    }

    /** The column that says when: the table's own date, which is not about the row's making. */
    Optional<ColumnRef> time(TableDescriptor table) {
        Optional<ColumnRef> said = lexicon.time(table).flatMap(table::column).map(c -> new ColumnRef(table, c));
        return said.or(() -> ownTime(table));
    }

    /** The date of a table's rows; where they have none, of the nearest rows that each of them belongs to. */
    Optional<ColumnRef> timeOf(TableDescriptor table) {
        Set<TableName> seen = new LinkedHashSet<>();
        List<TableDescriptor> level = List.of(table);
        while (!level.isEmpty()) {
            List<TableDescriptor> next = new ArrayList<>();
            for (TableDescriptor at : level) {
                Optional<ColumnRef> time = time(at);
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
    Optional<ColumnRef> eventTime(TableDescriptor table) {
        List<ColumnRef> times = graph.edges().stream()
                .filter(e -> e.one().equals(table.name()) && !e.many().equals(table.name()))
                .flatMap(e -> tables.stream().filter(t -> t.name().equals(e.many())))
                .distinct()
                .flatMap(t -> time(t).stream())
                .toList();
        return times.size() == 1 ? Optional.of(times.get(0)) : Optional.empty();
    }

    /** The date on which what a row tells begins. */
    Optional<ColumnRef> beginning(TableDescriptor table) {
        return dated(table, BEGINS);
    }

    /** The date on which it ends. */
    Optional<ColumnRef> end(TableDescriptor table) {
        return dated(table, ENDS);
    }

    private Optional<ColumnRef> dated(TableDescriptor table, Set<String> words) {
        List<ColumnRef> found = table.columns().stream()
                .filter(Context::temporal)
                .filter(c -> lexicon.words(table, c).stream().anyMatch(words::contains))
                .map(c -> new ColumnRef(table, c))
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private Optional<ColumnRef> ownTime(TableDescriptor table) {
        List<ColumnDescriptor> times = table.columns().stream()
                .filter(Context::temporal)
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
