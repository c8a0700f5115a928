package io.calque.jdbc.compiler;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One SELECT in the making. Mutable; single-threaded. */
final class Select {
    private final Sql from;
    private List<Item> items;

    Select(Sql from, List<Item> items) {
        this.from = from;
        this.items = items;
    }

    List<Item> items() {
        return items;
    }

    void items(List<Item> newItems) {
        items = List.copyOf(newItems);
    }

    Sql sql(Dialect dialect) {
        List<Sql> shown = new ArrayList<>();
        for (Item item : items) {
            shown.add(shown(item, dialect));
        }
        return Sql.of("SELECT ", Sql.joined(", ", shown), " FROM ", from);
    }

    private static Sql shown(Item item, Dialect dialect) {
        Expr read = dialect.readable(item.expr());
        Optional<String> own = columnName(read);
        return own.filter(item.name()::equals).isPresent()
                ? read.sql()
                : Sql.of(read.sql(), " AS " + dialect.quoted(item.name()));
    }

    private static Optional<String> columnName(Expr expr) {
        return expr.isColumn() && expr.sql().pieces().get(0) instanceof Sql.Column column
                ? Optional.of(column.name())
                : Optional.empty();
    }
}
