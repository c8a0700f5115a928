package io.calque.nl2plan.ontology;

import io.calque.nl2plan.check.NearestName;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.translate.Expressions;
import io.calque.nl2plan.translate.Subqueries;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;

/** The tables and columns that entries name. Immutable. */
final class OntologyNames {
    private final PlanTables tables;

    OntologyNames(PlanTables tables) {
        this.tables = tables;
    }

    /** A column with its table. */
    record Found(TableDescriptor table, ColumnDescriptor column) {}

    Optional<TableDescriptor> table(String dotted) {
        return tables.find(dotted);
    }

    /** A table named in an entry about another: before all others one of the same schema. */
    Optional<TableDescriptor> table(String dotted, TableDescriptor near) {
        Optional<TableDescriptor> neighbour = tables.all().stream()
                .filter(t -> t.name().source().equals(near.name().source())
                        && t.name().schema().equals(near.name().schema())
                        && t.name().table().equalsIgnoreCase(dotted))
                .findFirst();
        return neighbour.or(() -> table(dotted));
    }

    /** Whether a table, by the name written in an entry about another, has a column. */
    boolean has(String dotted, TableDescriptor near, String column) {
        return table(dotted, near).flatMap(t -> find(t, column)).isPresent();
    }

    /**
     * Holds the names of an expression over a table's rows against the catalog.
     *
     * @throws IllegalArgumentException saying which name is wrong, or what the expression may not hold
     */
    void check(TableDescriptor table, String sql) {
        if (!Subqueries.occurIn(sql)) {
            Expressions.columns(sql).forEach(c -> column(table, c.name()));
            return;
        }
        Subqueries apart = Subqueries.of(sql, (name, column) -> has(name, table, column));
        apart.outerColumns().forEach(c -> column(table, c));
        for (Subqueries.Figure figure : apart.figures()) {
            TableDescriptor of = table(figure.table(), table)
                    .orElseThrow(() -> new IllegalArgumentException(unknownTable(figure.table())));
            figure.by().forEach(c -> column(of, c));
            figure.argument().ifPresent(a -> Expressions.columns(a).forEach(c -> column(of, c.name())));
            figure.where().ifPresent(w -> Expressions.columns(w).forEach(c -> column(of, c.name())));
        }
    }

    /**
     * A column of a table, or with another table's name before it of that.
     *
     * @throws IllegalArgumentException saying which name is wrong, with the nearest
     */
    Found column(TableDescriptor table, String name) {
        List<String> parts = SqlNames.parts(name);
        Optional<Found> own = find(table, String.join(".", parts));
        if (own.isPresent()) {
            return own.get();
        }
        for (int dots = parts.size() - 1; dots > 0; dots--) {
            String owner = String.join(".", parts.subList(0, dots));
            String column = String.join(".", parts.subList(dots, parts.size()));
            Optional<TableDescriptor> other =
                    parts.size() > 1 && owner.equalsIgnoreCase(table.name().table())
                            ? Optional.of(table)
                            : tables.find(owner);
            if (other.isPresent()) {
                return find(other.get(), column).orElseThrow(() -> unknown(other.get(), column));
            }
        }
        return neighbour(table, name).orElseThrow(() -> unknown(table, name));
    }

    /** A column that one other table of the same schema has. */
    private Optional<Found> neighbour(TableDescriptor table, String name) {
        List<Found> found = tables.all().stream()
                .filter(t -> t.name().source().equals(table.name().source())
                        && t.name().schema().equals(table.name().schema()))
                .flatMap(t -> find(t, name).stream())
                .toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static Optional<Found> find(TableDescriptor table, String column) {
        return table.columns().stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .or(() -> table.columns().stream()
                        .filter(c -> c.name().equalsIgnoreCase(column))
                        .findFirst())
                .map(c -> new Found(table, c));
    }

    private static IllegalArgumentException unknown(TableDescriptor table, String column) {
        String nearest = NearestName.of(
                        column,
                        table.columns().stream().map(ColumnDescriptor::name).toList())
                .map(n -> "; did you mean '" + n + "'?")
                .orElse("");
        return new IllegalArgumentException("table " + table.name() + " has no column '" + column + "'" + nearest);
    }

    /** Why a name is no table. */
    String unknownTable(String dotted) {
        List<String> names = tables.all().stream().map(t -> t.name().toString()).toList();
        long meant = names.stream()
                .filter(n ->
                        n.toLowerCase(java.util.Locale.ROOT).endsWith("." + dotted.toLowerCase(java.util.Locale.ROOT)))
                .count();
        return meant > 1
                ? "'" + dotted + "' names " + meant + " tables; write it longer"
                : "no table '" + dotted + "'"
                        + NearestName.ofTable(dotted, names)
                                .map(n -> "; did you mean '" + n + "'?")
                                .orElse("");
    }
}
