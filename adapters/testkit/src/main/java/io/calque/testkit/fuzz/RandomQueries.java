package io.calque.testkit.fuzz;

import io.calque.testkit.fuzz.FuzzColumn.Domain;
import io.calque.testkit.fuzz.Query.Grouping;
import io.calque.testkit.fuzz.Query.Select;
import io.calque.testkit.fuzz.Query.SetOperation;
import io.calque.testkit.fuzz.Query.Tail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Random queries over the tables of one world. Single-threaded. */
public final class RandomQueries {
    private final Dice dice;
    private final FuzzWorld world;
    private List<FuzzTable> tables;
    private int aliases;
    /** Whether expressions are kept short, so that a source may take the whole query. */
    private boolean modest;
    /** Whether it shows columns as they are: then a source that computes little takes sorts, joins and groups as well. */
    private boolean plain;

    public RandomQueries(FuzzWorld world, long seed) {
        this.dice = new Dice(seed);
        this.world = world;
        this.tables = world.tables();
    }

    /** What FROM offers. */
    private record Sight(From from, List<Visible> columns) {}

    /** A query over any tables. */
    public Query next() {
        tables = world.tables();
        modest = false;
        return any();
    }

    /** A query over tables of one database, of short expressions. */
    public Query next(Place place) {
        tables = world.tables().stream().filter(t -> t.place() == place).toList();
        modest = true;
        return any();
    }

    private Query any() {
        aliases = 0;
        plain = modest && dice.oneIn(2);
        if (dice.oneIn(8)) {
            return setOperation();
        }
        Select select = select(List.of(), List.of(), true);
        return select.tail().keys().isEmpty() ? sorted(select) : select;
    }

    private Query setOperation() {
        List<Family> families = new ArrayList<>();
        int width = dice.between(1, 3);
        for (int i = 0; i < width; i++) {
            families.add(dice.of(
                    Family.INTEGER,
                    Family.INTEGER,
                    Family.TEXT,
                    Family.TEXT,
                    Family.DATE,
                    Family.DECIMAL,
                    Family.BOOLEAN));
        }
        Query query = new SetOperation(
                dice.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "UNION ALL", "INTERSECT ALL", "EXCEPT ALL"),
                select(families, List.of(), false),
                select(families, List.of(), false),
                Tail.NONE);
        if (dice.oneIn(4)) {
            query = new SetOperation(
                    dice.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT"),
                    query,
                    select(families, List.of(), false),
                    Tail.NONE);
        }
        return sorted(query);
    }

    /** Adds an order to some, and a limit to some of these. */
    private Query sorted(Query query) {
        List<Family> families = query.families();
        boolean sortable = families.stream().noneMatch(f -> f == Family.BINARY);
        if (!sortable || dice.oneIn(3)) {
            return query;
        }
        boolean limited = dice.oneIn(2);
        List<Query.Key> keys = new ArrayList<>();
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 1; i <= families.size(); i++) {
            ordinals.add(i);
        }
        List<Integer> chosen = dice.shuffled(ordinals);
        int count = limited ? chosen.size() : dice.between(1, chosen.size());
        for (int ordinal : chosen.subList(0, count)) {
            keys.add(new Query.Key(Expr.leaf(Family.INTEGER, String.valueOf(ordinal)), ordinal, direction()));
        }
        return query.withTail(new Tail(
                keys,
                limited ? dice.of(0, 1, dice.between(1, 5), dice.between(3, 30)) : -1,
                limited && dice.oneIn(3) ? dice.between(1, 6) : 0,
                count == families.size()));
    }

    private String direction() {
        return dice.of("", "", " DESC", " NULLS FIRST", " DESC NULLS LAST", " ASC");
    }

    /**
     * @param families of the columns; empty to choose
     * @param outer columns of an enclosing query
     */
    private Select select(List<Family> families, List<Visible> outer, boolean rich) {
        Sight sight = from(modest ? dice.of(1, 1, 1, 1, 2) : rich ? dice.of(1, 1, 2, 2, 3) : dice.of(1, 1, 2));
        List<Visible> visible =
                Stream.concat(sight.columns().stream(), outer.stream()).toList();
        RandomExpressions rows = expressions(visible, rich);
        Optional<Expr> where = where(rows);
        boolean grouped = dice.chance(rich ? 0.4 : 0.15);
        if (grouped) {
            return grouped(families, sight, where, expressions(sight.columns(), false));
        }
        List<Expr> items = new ArrayList<>();
        for (Family family : chosen(families, rows)) {
            items.add(rows.any(family, plain ? 0 : modest ? dice.of(0, 1, 1) : dice.between(0, 2)));
        }
        if (rich && families.isEmpty() && dice.oneIn(6)) {
            items.add(new RandomAggregates(dice, expressions(sight.columns(), false)).window());
        }
        boolean windowed = items.get(items.size() - 1).text().contains(" OVER ");
        Tail tail = rich && dice.oneIn(10) ? byKeys(sight) : Tail.NONE;
        boolean distinct = tail.keys().isEmpty() && !windowed && dice.oneIn(6);
        return new Select(
                distinct, items, sight.from(), where, false, List.of(), Grouping.PLAIN, Optional.empty(), tail);
    }

    private Optional<Expr> where(RandomExpressions rows) {
        if (dice.oneIn(3)) {
            return Optional.empty();
        }
        if (!modest) {
            return Optional.of(rows.condition(2));
        }
        // Parts of a conjunction are pushed one by one, those of a disjunction leave more rows.
        int depth = plain ? 1 : 2;
        return Optional.of(
                dice.oneIn(2)
                        ? Expr.call(
                                Family.BOOLEAN,
                                dice.of("($0 AND $1)", "($0 OR $1)"),
                                rows.condition(depth),
                                rows.condition(depth))
                        : rows.condition(depth));
    }

    /** Sorts by what the answer does not show, in full. */
    private Tail byKeys(Sight sight) {
        List<Query.Key> keys = new ArrayList<>();
        RandomExpressions all = expressions(sight.columns(), false);
        Family family = all.presentFamily();
        if (family != Family.BINARY) {
            keys.add(new Query.Key(all.any(family, 1), 0, direction()));
        }
        for (Visible column : sight.columns()) {
            if (column.key()) {
                keys.add(new Query.Key(column.expression(), 0, direction()));
            }
        }
        boolean plain = sight.columns().stream().noneMatch(c -> c.alias().startsWith("d"));
        return plain ? new Tail(keys, dice.of(-1, 3, 10), dice.of(0, 0, 2), true) : Tail.NONE;
    }

    private List<Family> chosen(List<Family> families, RandomExpressions rows) {
        if (!families.isEmpty()) {
            return families;
        }
        List<Family> chosen = new ArrayList<>();
        int width = modest ? dice.between(1, 3) : dice.between(1, 5);
        for (int i = 0; i < width; i++) {
            chosen.add(rows.presentFamily());
        }
        return chosen;
    }

    private Select grouped(List<Family> families, Sight sight, Optional<Expr> where, RandomExpressions rows) {
        RandomAggregates aggregates = new RandomAggregates(dice, rows);
        List<Expr> keys = new ArrayList<>();
        List<Expr> items = new ArrayList<>();
        if (families.isEmpty()) {
            int count = dice.of(0, 1, 1, 2, 3);
            for (int i = 0; i < count; i++) {
                Family family = rows.presentFamily();
                Expr key = rows.column(family, false).orElseThrow();
                // A parameter inside a key would be another one inside the item.
                keys.add(!plain && dice.oneIn(4) ? bare(rows.any(family, 1), key) : key);
            }
            items.addAll(keys);
            int count2 = dice.between(keys.isEmpty() ? 1 : 0, 3);
            for (int i = 0; i < count2; i++) {
                items.add(aggregates.any());
            }
        } else {
            for (Family family : families) {
                Optional<Expr> column = rows.column(family, false);
                if (column.isPresent() && dice.oneIn(2)) {
                    keys.add(column.get());
                    items.add(column.get());
                } else {
                    items.add(aggregates.of(family));
                }
            }
        }
        Grouping grouping = keys.size() < 2 || !dice.oneIn(4)
                ? Grouping.PLAIN
                : dice.of(Grouping.ROLLUP, Grouping.CUBE, Grouping.SETS);
        Optional<Expr> having = dice.oneIn(3) ? Optional.of(aggregates.condition(keys)) : Optional.empty();
        boolean columnsOnly = keys.stream().allMatch(k -> k.parts().isEmpty());
        return new Select(
                false,
                items,
                sight.from(),
                where,
                true,
                keys.stream().distinct().toList(),
                columnsOnly && keys.stream().distinct().count() > 1 ? grouping : Grouping.PLAIN,
                having,
                Tail.NONE);
    }

    private static Expr bare(Expr computed, Expr instead) {
        boolean constant = computed.parts().isEmpty();
        return constant || hasParameter(computed) || !namesColumn(computed) ? instead : computed;
    }

    private static boolean hasParameter(Expr expression) {
        return expression.parameter().isPresent()
                || expression.parts().stream().anyMatch(p -> p instanceof Expr e && hasParameter(e));
    }

    private static boolean namesColumn(Expr expression) {
        return expression.parts().isEmpty()
                ? expression.text().matches("\\w+\\.\".*")
                : expression.parts().stream().anyMatch(p -> p instanceof Expr e && namesColumn(e));
    }

    private RandomExpressions expressions(List<Visible> visible, boolean subqueries) {
        return new RandomExpressions(dice, visible, subqueries ? Optional.of(new Inner(visible)) : Optional.empty());
    }

    private Sight from(int count) {
        Sight sight = relation();
        for (int i = 1; i < count; i++) {
            sight = joined(sight, relation());
        }
        return sight;
    }

    private Sight relation() {
        if (dice.oneIn(9)) {
            Select inner = select(List.of(), List.of(), false);
            String alias = "d" + aliases++;
            List<Visible> columns = new ArrayList<>();
            for (int i = 0; i < inner.items().size(); i++) {
                // Values of a subquery may be large or inexact: nothing is computed from them.
                columns.add(
                        new Visible(alias, "o" + (i + 1), inner.items().get(i).family(), false, false, false));
            }
            return new Sight(new From.Derived(inner, alias), columns);
        }
        return named(dice.pick(tables));
    }

    private Sight named(FuzzTable table) {
        String alias = "t" + aliases++;
        return new Sight(new From.Named(table, alias), visible(table, alias));
    }

    private static List<Visible> visible(FuzzTable table, String alias) {
        return table.columns().stream()
                .map(c -> new Visible(
                        alias,
                        c.name(),
                        c.family(),
                        c.isTame(),
                        c.domain() == Domain.LINK || c.domain() == Domain.KEY,
                        table.key().contains(c)))
                .toList();
    }

    private Sight joined(Sight left, Sight right) {
        From.Kind kind = dice.of(From.Kind.INNER, From.Kind.INNER, From.Kind.LEFT, From.Kind.RIGHT, From.Kind.FULL);
        List<Visible> columns =
                Stream.concat(left.columns().stream(), right.columns().stream()).toList();
        Optional<Expr> equality = equality(left.columns(), right.columns());
        if (equality.isEmpty()) {
            return new Sight(
                    new From.Joined(From.Kind.CROSS, left.from(), right.from(), Expr.leaf(Family.BOOLEAN, "TRUE")),
                    columns);
        }
        Expr condition = equality.get();
        // PostgreSQL has no full join on more than equalities.
        if (kind != From.Kind.FULL && dice.oneIn(3)) {
            condition = Expr.call(
                    Family.BOOLEAN,
                    "($0 AND $1)",
                    condition,
                    expressions(columns, false).condition(1));
        } else if (dice.oneIn(5)) {
            Expr second = equality(left.columns(), right.columns()).orElse(condition);
            condition = Expr.call(Family.BOOLEAN, "($0 AND $1)", condition, second);
        }
        return new Sight(new From.Joined(kind, left.from(), right.from(), condition), columns);
    }

    private Optional<Expr> equality(List<Visible> left, List<Visible> right) {
        List<Expr> pairs = new ArrayList<>();
        for (Visible a : left) {
            for (Visible b : right) {
                boolean same = a.family() == b.family() && a.family() != Family.BINARY;
                if (same && (a.link() && b.link() || dice.oneIn(6))) {
                    pairs.add(Expr.call(Family.BOOLEAN, "($0 = $1)", a.expression(), b.expression()));
                }
            }
        }
        return pairs.isEmpty() ? Optional.empty() : Optional.of(dice.pick(pairs));
    }

    /** Subqueries that see {@code outer}. */
    private final class Inner implements RandomExpressions.Subqueries {
        private final List<Visible> outer;

        Inner(List<Visible> outer) {
            this.outer = outer;
        }

        @Override
        public Expr condition(RandomExpressions around) {
            Sight sight = named(dice.pick(tables));
            if (dice.oneIn(2)) {
                return Expr.call(
                        Family.BOOLEAN,
                        dice.of("EXISTS ($0)", "(NOT EXISTS ($0))"),
                        query(sight, Expr.leaf(Family.INTEGER, "1")));
            }
            Visible column = dice.pick(sight.columns());
            Expr searched = around.withoutSubqueries().any(column.family(), 0);
            String operator = dice.of("IN", "IN", "NOT IN");
            return Expr.call(Family.BOOLEAN, "($0 " + operator + " ($1))", searched, query(sight, column.expression()));
        }

        @Override
        public Expr value(Family family) {
            if (family == Family.BINARY) {
                // No aggregate gives one, and of anything else there may be more rows than one.
                return new RandomLiterals(dice).of(family);
            }
            Sight sight = named(dice.pick(tables));
            RandomExpressions inner = expressions(sight.columns(), false);
            return Expr.call(family, "($0)", query(sight, new RandomAggregates(dice, inner).of(family)));
        }

        private Query query(Sight sight, Expr item) {
            List<Visible> all =
                    Stream.concat(sight.columns().stream(), outer.stream()).toList();
            Optional<Expr> link = dice.oneIn(3) ? Optional.empty() : equality(outer, sight.columns());
            Optional<Expr> own = dice.oneIn(2)
                    ? Optional.of(expressions(dice.oneIn(4) ? all : sight.columns(), false)
                            .condition(1))
                    : Optional.empty();
            Optional<Expr> where = link.isPresent() && own.isPresent()
                    ? Optional.of(Expr.call(Family.BOOLEAN, "($0 AND $1)", link.get(), own.get()))
                    : link.or(() -> own);
            return new Select(
                    false,
                    List.of(item),
                    sight.from(),
                    where,
                    item.text().contains("("),
                    List.of(),
                    Grouping.PLAIN,
                    Optional.empty(),
                    Tail.NONE);
        }
    }
}
