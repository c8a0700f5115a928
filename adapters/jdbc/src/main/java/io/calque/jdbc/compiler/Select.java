package io.calque.jdbc.compiler;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One SELECT in the making. Mutable; single-threaded. */
final class Select {
    private final Dialect dialect;
    private final Sql from;
    private final List<Expr> where = new ArrayList<>();
    private final List<Expr> having = new ArrayList<>();
    private final List<Sql> orderBy = new ArrayList<>();
    private List<Item> items;
    private Optional<List<Expr>> groupBy = Optional.empty();
    private Optional<Sql> groupingSets = Optional.empty();
    private boolean windowed;
    private Optional<Sql> fetch = Optional.empty();
    private Optional<Sql> offset = Optional.empty();

    Select(Dialect dialect, Sql from, List<Item> items) {
        this.dialect = dialect;
        this.from = from;
        this.items = List.copyOf(items);
    }

    Sql from() {
        return from;
    }

    List<Item> items() {
        return items;
    }

    List<Expr> where() {
        return where;
    }

    Fields fields() {
        return index -> items.get(index).expr();
    }

    boolean isGrouped() {
        return groupBy.isPresent();
    }

    /** Whether all rows are one group. */
    boolean isTotal() {
        return groupBy.filter(List::isEmpty).isPresent();
    }

    boolean isLimited() {
        return fetch.isPresent() || offset.isPresent();
    }

    /** Whether it only reads relations, so that a join can take them over. */
    boolean isPlain() {
        return !isGrouped() && !isLimited() && !windowed;
    }

    /** Whether columns are computed over other rows, so that no row may be taken away any more. */
    boolean isWindowed() {
        return windowed;
    }

    void window(List<Item> newItems) {
        windowed = true;
        items = List.copyOf(newItems);
    }

    void items(List<Item> newItems) {
        items = List.copyOf(newItems);
    }

    void filter(Expr condition) {
        (isGrouped() ? having : where).add(condition);
    }

    void group(List<Expr> keys, List<Item> newItems) {
        groupBy = Optional.of(List.copyOf(keys));
        items = List.copyOf(newItems);
        // The order of rows that are now grouped means nothing.
        orderBy.clear();
    }

    /** As one row for every combination of values of the keys of each set. */
    void groupBySets(List<Expr> keys, Sql sets, List<Item> newItems) {
        group(keys, newItems);
        groupingSets = Optional.of(sets);
    }

    void sort(List<Sql> keys, Optional<Sql> newFetch, Optional<Sql> newOffset) {
        if (!keys.isEmpty()) {
            orderBy.clear();
            orderBy.addAll(keys);
        }
        fetch = newFetch;
        offset = newOffset;
    }

    /** This SELECT as a relation of its own, for what must come after its grouping or limit. */
    Select nested() {
        List<String> names = distinctNames(items.stream().map(Item::name).toList());
        List<Item> named = new ArrayList<>();
        for (Item item : items) {
            named.add(new Item(item.expr(), names.get(named.size())));
        }
        items = named;
        Relation relation = Relation.subselect(sql());
        List<Item> outer = new ArrayList<>();
        for (Item item : items) {
            Expr read = dialect.readable(item.expr());
            outer.add(new Item(
                    Expr.column(relation, item.name(), read.type(), read.form(), read.nullable(), read.label()),
                    item.name()));
        }
        return new Select(dialect, Sql.named(relation), outer);
    }

    static List<String> distinctNames(List<String> names) {
        Set<String> taken = new HashSet<>();
        List<String> distinct = new ArrayList<>();
        for (String stem : names) {
            String name = stem;
            for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
                name = stem + "_" + number;
            }
            distinct.add(name);
        }
        return distinct;
    }

    /** As a branch of a set operation, where an order means nothing. */
    Sql unordered() {
        if (!isLimited()) {
            orderBy.clear();
        }
        return sql();
    }

    Sql sql() {
        List<Object> parts = new ArrayList<>();
        parts.add(isDistinct() ? "SELECT DISTINCT " : "SELECT ");
        parts.add(list());
        parts.add(" FROM ");
        parts.add(from);
        clause(parts, " WHERE ", where);
        if (groupingSets.isPresent()) {
            parts.add(" GROUP BY GROUPING SETS (");
            parts.add(groupingSets.get());
            parts.add(")");
        } else if (groupBy.isPresent() && !groupBy.get().isEmpty() && !isDistinct()) {
            parts.add(" GROUP BY ");
            parts.add(Sql.joined(", ", groupBy.get().stream().map(Expr::sql).toList()));
        }
        clause(parts, " HAVING ", having);
        if (!orderBy.isEmpty()) {
            parts.add(" ORDER BY ");
            parts.add(Sql.joined(", ", orderBy));
        }
        parts.add(dialect.limit(fetch, offset));
        return Sql.of(parts.toArray());
    }

    /** Rows of a table of no columns are still rows. */
    private Sql list() {
        if (items.isEmpty()) {
            return Sql.of("1");
        }
        return Sql.joined(", ", items.stream().map(this::shown).toList());
    }

    private static void clause(List<Object> parts, String word, List<Expr> conditions) {
        if (!conditions.isEmpty()) {
            parts.add(word);
            parts.add(conjunction(conditions).sql());
        }
    }

    static Expr conjunction(List<Expr> conditions) {
        if (conditions.size() == 1) {
            return conditions.get(0);
        }
        boolean nullable = conditions.stream().anyMatch(Expr::nullable);
        List<Sql> parts = conditions.stream().map(c -> c.at(Expr.Level.AND)).toList();
        return Expr.condition(Expr.Level.AND, nullable, Sql.joined(" AND ", parts));
    }

    /** Groups that are all there is to see. Sort keys of a DISTINCT must be among its columns, so sorted ones stay groups. */
    private boolean isDistinct() {
        return groupBy.filter(keys -> !keys.isEmpty()
                        && groupingSets.isEmpty()
                        && having.isEmpty()
                        && orderBy.isEmpty()
                        && keys.size() == items.size()
                        && sameExpressions(keys))
                .isPresent();
    }

    private boolean sameExpressions(List<Expr> keys) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).sql() != items.get(i).expr().sql()) {
                return false;
            }
        }
        return true;
    }

    private Sql shown(Item item) {
        Expr read = dialect.readable(item.expr());
        boolean own = read.isColumn()
                && read.sql().pieces().get(0) instanceof Sql.Column column
                && column.name().equals(item.name());
        return own ? read.sql() : Sql.of(read.sql(), " AS " + dialect.quoted(item.name()));
    }
}
