package io.calque.testkit.fuzz;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.testkit.fuzz.FuzzColumn.Domain;
import io.calque.testkit.fuzz.Query.Grouping;
import io.calque.testkit.fuzz.Query.Key;
import io.calque.testkit.fuzz.Query.Select;
import io.calque.testkit.fuzz.Query.SetOperation;
import io.calque.testkit.fuzz.Query.Tail;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Queries over one database that ask for named capabilities: an operator or two and several functions in each, drawn by how much they
 * are wanted. Single-threaded.
 */
public final class AskedQueries {
    private static final Set<String> GROUPS =
            Set.of("AGGREGATE", "GROUP BY", "AGGREGATE FILTER", "GROUPING SETS", "DISTINCT");

    /** What a filter makes simpler before a source gets it. */
    private static final Set<String> SIMPLER = Set.of("IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "COALESCE");

    private final Dice dice;
    private final FuzzWorld world;

    private Place place = Place.POSTGRES;
    private Map<Use, Double> wanted = Map.of();
    private Set<Use> asked = Set.of();
    private int aliases;

    public AskedQueries(FuzzWorld world, long seed) {
        this.dice = new Dice(seed ^ 0xA5CED);
        this.world = world;
    }

    /**
     * A query.
     *
     * @param uses what it was made to use, as far as the tables allow
     */
    public record Asked(Query query, Set<Use> uses) {}

    /** What FROM offers. */
    private record Sight(From from, List<Visible> columns) {}

    /** What the outermost operator is about; FUNCTION for nothing but scalar work. */
    private enum Shape {
        JOIN,
        SET_OPERATION,
        SORT,
        GROUP,
        WINDOW,
        FUNCTION
    }

    /**
     * @param weights by the capability, how much it is wanted; in an order that is always the same
     */
    public Asked next(Place source, Map<Use, Double> weights) {
        place = source;
        wanted = weights;
        asked = new LinkedHashSet<>();
        aliases = 0;
        Query query = switch (shape()) {
            case JOIN -> join();
            case SET_OPERATION -> setOperation();
            case SORT -> sort();
            case GROUP -> group(named(table()));
            case WINDOW -> window();
            case FUNCTION -> rows(named(table()), dice.between(5, 9), 3);
        };
        return new Asked(query, asked);
    }

    private Shape shape() {
        Map<Shape, Double> shares = new EnumMap<>(Shape.class);
        for (Map.Entry<Use, Double> entry : wanted.entrySet()) {
            // Several functions go into one query, one join and one set operation.
            Shape shape = switch (entry.getKey().kind()) {
                case JOIN -> Shape.JOIN;
                case SET_OPERATION -> Shape.SET_OPERATION;
                case SORT -> Shape.SORT;
                case AGGREGATE -> Shape.GROUP;
                case WINDOW -> Shape.WINDOW;
                case FUNCTION -> Shape.FUNCTION;
                case OPERATOR -> GROUPS.contains(entry.getKey().name()) ? Shape.GROUP : Shape.FUNCTION;
            };
            double part = switch (shape) {
                case JOIN, SET_OPERATION -> 2;
                case SORT -> 0.6;
                case GROUP -> 0.7;
                case WINDOW -> 0.4;
                case FUNCTION -> 0.12;
            };
            shares.merge(shape, entry.getValue() * part, Double::sum);
        }
        shares.merge(Shape.FUNCTION, 0.05, Double::sum);
        return drawn(shares);
    }

    private <T> T drawn(Map<T, Double> weights) {
        double sum = weights.values().stream().mapToDouble(w -> w).sum();
        double left = dice.share() * sum;
        T last = weights.keySet().iterator().next();
        for (Map.Entry<T, Double> entry : weights.entrySet()) {
            last = entry.getKey();
            left -= entry.getValue();
            if (left < 0) {
                break;
            }
        }
        return last;
    }

    /** Up to so many names of a kind, each once. */
    private List<String> names(Kind kind, int count) {
        Map<Use, Double> left = new TreeMap<>();
        wanted.forEach((use, weight) -> {
            if (use.kind() == kind) {
                left.put(use, weight);
            }
        });
        List<String> names = new ArrayList<>();
        while (names.size() < count && !left.isEmpty()) {
            Use use = drawn(left);
            left.remove(use);
            names.add(use.name());
        }
        return names;
    }

    private void ask(Kind kind, String name) {
        asked.add(new Use(kind, name));
    }

    /** Whether an operator is wanted as much as most are. */
    private boolean likely(String operator) {
        double weight = wanted.getOrDefault(new Use(Kind.OPERATOR, operator), 0.0);
        boolean yes = dice.chance(Math.min(0.8, 0.1 + weight));
        if (yes) {
            ask(Kind.OPERATOR, operator);
        }
        return yes;
    }

    private FuzzTable table() {
        List<FuzzTable> tables =
                world.tables().stream().filter(t -> t.place() == place).toList();
        return dice.pick(tables);
    }

    private FuzzTable rootTable() {
        List<FuzzTable> tables = world.tables().stream()
                .filter(t -> t.place() == place && t.parent().isEmpty())
                .toList();
        return dice.pick(tables);
    }

    private Sight named(FuzzTable table) {
        String alias = "t" + aliases++;
        List<Visible> columns = table.columns().stream()
                .map(c -> new Visible(
                        alias,
                        c.name(),
                        c.family(),
                        c.isTame(),
                        c.domain() == Domain.LINK || c.domain() == Domain.KEY,
                        table.key().contains(c)))
                .toList();
        return new Sight(new From.Named(table, alias), columns);
    }

    private AskedExpressions expressions(Sight sight, boolean parameters) {
        return new AskedExpressions(dice, place, sight.columns(), parameters);
    }

    private List<Expr> scalars(AskedExpressions rows, int most) {
        return scalars(rows, most, Set.of());
    }

    /** Expressions with wanted functions in them. */
    private List<Expr> scalars(AskedExpressions rows, int most, Set<String> not) {
        // MongoDB refuses more operands, and one expression that stays here keeps its neighbours.
        int count = place == Place.MONGO ? Math.min(most, 4) : most;
        List<Expr> found = new ArrayList<>();
        for (String name : names(Kind.FUNCTION, count)) {
            if (not.contains(name)) {
                continue;
            }
            rows.of(name).ifPresent(expression -> {
                ask(Kind.FUNCTION, name);
                found.add(expression);
            });
        }
        return found;
    }

    private Optional<Expr> where(Sight sight, int count) {
        if (dice.oneIn(4)) {
            return Optional.empty();
        }
        AskedExpressions rows = expressions(sight, true);
        List<Expr> conditions = new ArrayList<>();
        for (Expr scalar : scalars(rows, count, SIMPLER)) {
            boolean condition = scalar.family() == Family.BOOLEAN;
            boolean comparable = scalar.family().hasExtremes() && scalar.family() != Family.DOUBLE;
            if (condition) {
                conditions.add(scalar);
            } else if (comparable) {
                RandomLiterals literals = new RandomLiterals(dice);
                String sign = place == Place.MONGO && scalar.family() == Family.TEXT
                        ? dice.of("=", "<>")
                        : dice.of("=", "<>", "<", ">=");
                conditions.add(Expr.call(Family.BOOLEAN, "($0 " + sign + " $1)", scalar, literals.of(scalar.family())));
            }
        }
        if (conditions.isEmpty()) {
            conditions.add(rows.condition());
        }
        Expr all = conditions.get(0);
        for (Expr next : conditions.subList(1, conditions.size())) {
            all = Expr.call(Family.BOOLEAN, dice.of("($0 AND $1)", "($0 OR $1)", "($0 OR $1)"), all, next);
        }
        return Optional.of(all);
    }

    private Query rows(Sight sight, int functions, int conditions) {
        List<Expr> items = new ArrayList<>(scalars(expressions(sight, true), functions));
        if (items.isEmpty() || dice.oneIn(3)) {
            items.add(expressions(sight, false).anyColumn());
        }
        Select select = select(false, items, sight.from(), where(sight, conditions), Tail.NONE);
        return dice.oneIn(5) ? sorted(select) : select;
    }

    private static Select select(boolean distinct, List<Expr> items, From from, Optional<Expr> where, Tail tail) {
        return new Select(distinct, items, from, where, false, List.of(), Grouping.PLAIN, Optional.empty(), tail);
    }

    // Sorts.

    /** Columns that every source sorts, by all of them. */
    private Query sort() {
        Sight sight = named(table());
        AskedExpressions rows = expressions(sight, true);
        Set<Expr> items = new LinkedHashSet<>();
        int width = dice.between(1, 3);
        for (int i = 0; i < width; i++) {
            items.add(rows.sure().expression());
        }
        return sorted(select(false, List.copyOf(items), sight.from(), where(sight, 1), Tail.NONE));
    }

    private Query sorted(Query query) {
        List<Family> families = query.families();
        if (families.contains(Family.BINARY)) {
            return query;
        }
        Set<String> names = new LinkedHashSet<>(names(Kind.SORT, 3));
        boolean limited = names.contains("LIMIT") || names.contains("OFFSET");
        List<String> directions =
                new ArrayList<>(names.stream().filter(n -> n.contains("NULLS")).toList());
        names.forEach(name -> ask(Kind.SORT, name));
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 1; i <= families.size(); i++) {
            ordinals.add(i);
        }
        List<Key> keys = new ArrayList<>();
        for (int ordinal : dice.shuffled(ordinals)) {
            String direction = directions.isEmpty()
                    ? dice.of("", " DESC")
                    : spelled(directions.get(keys.size() % directions.size()));
            keys.add(new Key(Expr.leaf(Family.INTEGER, String.valueOf(ordinal)), ordinal, direction));
        }
        return query.withTail(new Tail(
                keys,
                limited ? dice.of(dice.between(1, 5), dice.between(3, 30)) : -1,
                names.contains("OFFSET") ? dice.between(1, 4) : 0,
                true));
    }

    private String spelled(String direction) {
        return switch (direction) {
            case "ASC NULLS LAST" -> dice.of("", " ASC", " NULLS LAST");
            case "DESC NULLS FIRST" -> dice.of(" DESC", " DESC NULLS FIRST");
            default -> " " + direction;
        };
    }

    // Joins.

    private Query join() {
        String name = names(Kind.JOIN, 1).stream().findFirst().orElse("INNER");
        ask(Kind.JOIN, name);
        Sight left = named(rootTable());
        Sight right = named(rootTable());
        return switch (name) {
            case "SEMI" -> tested(left, right, "IN");
            case "ANTI" -> dice.oneIn(2) ? tested(left, right, "NOT EXISTS") : partnerless(left, right);
            default -> {
                From.Kind kind = From.Kind.valueOf(name);
                boolean swapped = kind == From.Kind.RIGHT;
                Expr condition = equality(kind, swapped ? right : left, swapped ? left : right);
                Sight both = new Sight(
                        new From.Joined(kind, left.from(), right.from(), condition),
                        Stream.concat(left.columns().stream(), right.columns().stream())
                                .toList());
                yield dice.oneIn(4) ? group(both) : rows(both, dice.between(3, 6), 2);
            }
        };
    }

    /** MongoDB looks up by a field that an index serves: the other side's key. */
    private Expr equality(From.Kind kind, Sight kept, Sight found) {
        Visible key = found.columns().stream().filter(Visible::key).findFirst().orElseThrow();
        List<Visible> partners = kept.columns().stream()
                .filter(c -> c.link() && c.family() == Family.INTEGER)
                .toList();
        boolean byKey = place == Place.MONGO || dice.oneIn(3);
        if (byKey) {
            return Expr.call(Family.BOOLEAN, "($0 = $1)", dice.pick(partners).expression(), key.expression());
        }
        String column = dice.of("k", "s");
        boolean nullsMeet = kind != From.Kind.FULL && dice.oneIn(5);
        return Expr.call(
                Family.BOOLEAN,
                nullsMeet ? "($0 IS NOT DISTINCT FROM $1)" : "($0 = $1)",
                link(kept, column),
                link(found, column));
    }

    private static Expr link(Sight sight, String name) {
        return sight.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .orElseThrow()
                .expression();
    }

    private Query tested(Sight left, Sight right, String operator) {
        String column = place == Place.MONGO ? "k" : dice.of("k", "s");
        boolean in = operator.equals("IN");
        Expr own = expressions(right, false).condition();
        Optional<Expr> where = dice.oneIn(2) ? Optional.of(own) : Optional.empty();
        Expr equal = equality(From.Kind.LEFT, left, right);
        Optional<Expr> linked = in
                ? where
                : Optional.of(where.map(w -> Expr.call(Family.BOOLEAN, "($0 AND $1)", equal, w))
                        .orElse(equal));
        Select inner = select(
                false,
                List.of(in ? link(right, column) : Expr.leaf(Family.INTEGER, "1")),
                right.from(),
                linked,
                Tail.NONE);
        Expr test = in
                ? Expr.call(Family.BOOLEAN, "($0 IN ($1))", link(left, column), inner)
                : Expr.call(Family.BOOLEAN, "(NOT EXISTS ($0))", inner);
        return filtered(left, test);
    }

    private Query partnerless(Sight left, Sight right) {
        Visible key = right.columns().stream().filter(Visible::key).findFirst().orElseThrow();
        Sight joined = new Sight(
                new From.Joined(From.Kind.LEFT, left.from(), right.from(), equality(From.Kind.LEFT, left, right)),
                left.columns());
        return filtered(joined, Expr.call(Family.BOOLEAN, "($0 IS NULL)", key.expression()));
    }

    private Query filtered(Sight sight, Expr test) {
        List<Expr> items = new ArrayList<>(scalars(expressions(sight, true), dice.between(2, 4)));
        items.add(expressions(sight, false).sure().expression());
        return select(false, items, sight.from(), Optional.of(test), Tail.NONE);
    }

    // Set operations.

    private Query setOperation() {
        String name = names(Kind.SET_OPERATION, 1).stream().findFirst().orElse("UNION ALL");
        ask(Kind.SET_OPERATION, name);
        List<Family> families = new ArrayList<>();
        int width = dice.between(1, 2);
        for (int i = 0; i < width; i++) {
            families.add(dice.of(Family.INTEGER, Family.TEXT));
        }
        Query both = new SetOperation(name, branch(families), branch(families), Tail.NONE);
        return dice.oneIn(3) ? sorted(both) : both;
    }

    private Select branch(List<Family> families) {
        Sight sight = named(table());
        AskedExpressions rows = expressions(sight, false);
        List<Expr> items = new ArrayList<>();
        for (Family family : families) {
            items.add(family == Family.INTEGER ? rows.integer() : rows.text());
        }
        return select(false, items, sight.from(), where(sight, 2), Tail.NONE);
    }

    // Groups.

    private Query group(Sight sight) {
        AskedExpressions rows = expressions(sight, false);
        AskedAggregates aggregates = new AskedAggregates(dice, place, sight.columns(), rows);
        List<String> names = names(Kind.AGGREGATE, dice.between(2, 4));
        boolean sets = names.contains("GROUPING")
                || (wanted.containsKey(new Use(Kind.OPERATOR, "GROUPING SETS")) && likely("GROUPING SETS"));
        boolean whole = !sets && likely("AGGREGATE");
        boolean distinct = !sets && !whole && likely("DISTINCT");
        Set<Expr> keys = new LinkedHashSet<>();
        if (!whole) {
            int count = sets ? 2 : dice.between(1, 2);
            for (int i = 0; i < count; i++) {
                keys.add(i == 0 || sets || dice.oneIn(2) ? rows.sure().expression() : rows.anyColumn());
            }
            // Sets are of several columns.
            while (sets && keys.size() < 2) {
                keys.add(dice.pick(sight.columns().stream()
                                .filter(c -> c.link() || c.key())
                                .toList())
                        .expression());
            }
        }
        List<Expr> items = new ArrayList<>(keys);
        if (distinct) {
            return sortedAtTimes(select(true, items, sight.from(), where(sight, 1), Tail.NONE));
        }
        // MongoDB counts different values in one grouping at a time, and best of one column.
        if (sets && place == Place.MONGO) {
            names.removeIf(n -> n.endsWith(" DISTINCT"));
        }
        boolean alone = place == Place.MONGO && dice.oneIn(2) && names.stream().anyMatch(n -> n.endsWith(" DISTINCT"));
        for (String name : alone
                ? names.stream().filter(n -> n.endsWith(" DISTINCT")).limit(1).toList()
                : names) {
            if (name.equals("GROUPING")) {
                ask(Kind.AGGREGATE, name);
                items.add(Expr.call(Family.INTEGER, "GROUPING($0)", dice.pick(List.copyOf(keys))));
                continue;
            }
            aggregates.aggregate(name, !alone && likely("AGGREGATE FILTER")).ifPresent(aggregate -> {
                ask(Kind.AGGREGATE, name);
                items.add(aggregate);
            });
        }
        if (items.isEmpty()) {
            items.add(Expr.leaf(Family.INTEGER, "COUNT(*)"));
        }
        Grouping grouping =
                sets && keys.size() > 1 ? dice.of(Grouping.ROLLUP, Grouping.CUBE, Grouping.SETS) : Grouping.PLAIN;
        Optional<Expr> having = dice.oneIn(4) ? Optional.of(aggregates.having()) : Optional.empty();
        return sortedAtTimes(new Select(
                false, items, sight.from(), where(sight, 1), true, List.copyOf(keys), grouping, having, Tail.NONE));
    }

    private Query sortedAtTimes(Query query) {
        return dice.oneIn(4) ? sorted(query) : query;
    }

    // Windows.

    private Query window() {
        Sight sight = named(table());
        AskedExpressions rows = expressions(sight, false);
        AskedAggregates windows = new AskedAggregates(dice, place, sight.columns(), rows);
        List<Expr> items = new ArrayList<>();
        for (String name : names(Kind.WINDOW, dice.between(3, 6))) {
            windows.window(name).ifPresent(window -> {
                ask(Kind.WINDOW, name);
                items.add(window);
            });
        }
        items.addAll(scalars(rows, dice.between(1, 3)));
        if (items.isEmpty()) {
            items.add(rows.anyColumn());
        }
        return select(false, items, sight.from(), dice.oneIn(2) ? where(sight, 1) : Optional.empty(), Tail.NONE);
    }
}
