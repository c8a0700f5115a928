package io.calque.nl2plan.ontology;

import io.calque.nl2plan.check.NearestName;
import io.calque.nl2plan.plan.PlanJson;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Unit;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds an ontology against the catalog: every name exists, every expression parses, every entry says one thing. Used once. */
public final class OntologyCheck {
    private final Ontology ontology;
    private final OntologyNames names;
    private final List<OntologyFinding> findings = new ArrayList<>();

    private OntologyCheck(Ontology ontology, CatalogSnapshot catalog) {
        this.ontology = ontology;
        this.names = new OntologyNames(PlanTables.of(catalog, Principal.LOCAL, AccessPolicy.allowAll()));
    }

    /** In the order of the entries; empty for a sound ontology. */
    public static List<OntologyFinding> check(Ontology ontology, CatalogSnapshot catalog) {
        OntologyCheck check = new OntologyCheck(ontology, catalog);
        check.all();
        return check.findings;
    }

    private void all() {
        each("terms", ontology.terms(), this::term);
        each("metrics", ontology.metrics(), this::metric);
        each("dimensions", ontology.dimensions(), this::dimension);
        each("values", ontology.values(), this::value);
        each("units", ontology.units(), this::unit);
        each("relationships", ontology.relationships(), this::relation);
        each("roles", ontology.roles(), (role, path) -> {});
        each("verified", ontology.verified(), this::verified);
    }

    private interface Rule<T> {
        void check(T entry, String path);
    }

    private <T extends OntologyEntry> void each(String section, List<T> entries, Rule<T> rule) {
        Set<String> keys = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            T entry = entries.get(i);
            String path = section + "[" + i + "]";
            if (entry.name().isBlank() && !(entry instanceof Relation)) {
                add(path, "a " + entry.kind() + " needs a name");
            }
            if (!keys.add(entry.key())) {
                add(path, entry.kind() + " '" + entry.name() + "' is said twice");
            }
            roles(entry, path);
            rule.check(entry, path);
        }
    }

    private void roles(OntologyEntry entry, String path) {
        List<String> known = ontology.roles().stream().map(OntologyEntry::name).toList();
        for (String role : entry.roles()) {
            if (!known.isEmpty() && ontology.role(role).isEmpty()) {
                add(
                        path + ".roles",
                        "no role '" + role + "'"
                                + NearestName.of(role, known)
                                        .map(n -> "; did you mean '" + n + "'?")
                                        .orElse(""));
            }
        }
    }

    private void term(Term term, String path) {
        boolean words = !term.means().isEmpty();
        boolean column = !term.column().isEmpty();
        boolean where = !term.where().isEmpty();
        int said = (words ? 1 : 0) + (column ? 1 : 0) + (where ? 1 : 0);
        if (said > 1) {
            add(path, "a term has one of 'means', 'column' and 'where'");
        }
        if (said == 0 && term.table().isEmpty() && term.time().isEmpty()) {
            add(path, "a term has one of 'means', 'column', 'where' and 'table'");
        }
        if (words && term.table().isEmpty()) {
            return;
        }
        Optional<TableDescriptor> table = table(term.table(), path + ".table");
        table.ifPresent(t -> {
            expression(t, term.column(), path + ".column");
            expression(t, term.where(), path + ".where");
            expression(t, term.time(), path + ".time");
        });
    }

    private void metric(Metric metric, String path) {
        if (metric.sql().isEmpty()) {
            add(path, "a metric needs 'sql'");
        }
        table(metric.table(), path + ".table").ifPresent(t -> {
            expression(t, metric.sql(), path + ".sql");
            expression(t, metric.time(), path + ".time");
        });
        if (!metric.unit().isEmpty()
                && ontology.units().stream().noneMatch(u -> u.name().equalsIgnoreCase(metric.unit()))) {
            List<String> units =
                    ontology.units().stream().map(OntologyEntry::name).toList();
            add(
                    path + ".unit",
                    "no unit '" + metric.unit() + "'"
                            + NearestName.of(metric.unit(), units)
                                    .map(n -> "; did you mean '" + n + "'?")
                                    .orElse(""));
        }
    }

    private void dimension(Dimension dimension, String path) {
        if (dimension.levels().isEmpty()) {
            add(path, "a dimension needs 'levels', from the coarsest to the finest");
        }
        for (int i = 0; i < dimension.levels().size(); i++) {
            OntologyEntry.Level level = dimension.levels().get(i);
            String at = path + ".levels[" + i + "]";
            table(level.table(), at + ".table").ifPresent(t -> expression(t, level.column(), at + ".column"));
        }
    }

    private void value(ValueAlias value, String path) {
        table(value.table(), path + ".table").ifPresent(t -> expression(t, value.column(), path + ".column"));
        if (value.aliases().isEmpty()) {
            add(path, "a value needs 'aliases'");
        }
    }

    private void unit(Unit unit, String path) {
        for (int i = 0; i < unit.columns().size(); i++) {
            String column = unit.columns().get(i);
            String at = path + ".columns[" + i + "]";
            int dot = column.lastIndexOf('.');
            if (dot < 0) {
                add(at, "write '" + column + "' as table.column");
            } else {
                table(column.substring(0, dot), at).ifPresent(t -> expression(t, column.substring(dot + 1), at));
            }
        }
    }

    private void relation(Relation relation, String path) {
        Optional<TableDescriptor> from = table(relation.from(), path + ".from");
        Optional<TableDescriptor> to = table(relation.to(), path + ".to");
        if (relation.fromColumns().isEmpty()
                || relation.fromColumns().size() != relation.toColumns().size()) {
            add(path, "'fromColumns' and 'toColumns' are as many, and at least one");
        }
        from.ifPresent(t -> relation.fromColumns().forEach(c -> expression(t, c, path + ".fromColumns")));
        to.ifPresent(t -> relation.toColumns().forEach(c -> expression(t, c, path + ".toColumns")));
        if (!relation.cardinality().matches("|many_to_one|one_to_one")) {
            add(path + ".cardinality", "'" + relation.cardinality() + "' is neither many_to_one nor one_to_one");
        }
    }

    private void verified(Verified verified, String path) {
        try {
            PlanJson.read(verified.plan());
        } catch (QueryException | IllegalArgumentException e) {
            add(path + ".plan", String.valueOf(e.getMessage()));
        }
    }

    private Optional<TableDescriptor> table(String name, String path) {
        if (name.isEmpty()) {
            add(path, "'table' is missing");
            return Optional.empty();
        }
        Optional<TableDescriptor> found = names.table(name);
        if (found.isEmpty()) {
            add(path, names.unknownTable(name));
        }
        return found;
    }

    private void expression(TableDescriptor table, String sql, String path) {
        if (sql.isEmpty()) {
            return;
        }
        try {
            names.check(table, sql);
        } catch (IllegalArgumentException e) {
            add(path, String.valueOf(e.getMessage()));
        }
    }

    private void add(String path, String message) {
        findings.add(new OntologyFinding(path, message));
    }
}
