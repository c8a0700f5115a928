package io.calque.spi.catalog;

import io.calque.spi.TableName;
import io.calque.spi.catalog.VisibleCatalog.HiddenNames;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Level;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Unit;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The entries of an ontology that name nothing hidden: a figure of a hidden column is no figure for who may not see that column, and must not
 * become one of another column of the same name. Used for one snapshot.
 */
final class VisibleOntology {
    private final CatalogSnapshot whole;
    private final HiddenNames hidden;

    VisibleOntology(CatalogSnapshot whole, HiddenNames hidden) {
        this.whole = whole;
        this.hidden = hidden;
    }

    Ontology of(Ontology ontology) {
        if (ontology.isEmpty() || hidden.isEmpty()) {
            return ontology;
        }
        return Ontology.of(
                ontology.entries().stream().flatMap(e -> visible(e).stream()).toList());
    }

    private Optional<OntologyEntry> visible(OntologyEntry entry) {
        if (entry instanceof Term term) {
            return kept(term, names(term.table(), term.column(), term.where(), term.time()));
        }
        if (entry instanceof Metric metric) {
            return kept(metric, names(metric.table(), metric.sql(), metric.time()));
        }
        if (entry instanceof ValueAlias value) {
            return kept(value, names(value.table(), quoted(value.column())));
        }
        if (entry instanceof Relation relation) {
            return kept(
                    relation,
                    names(relation.from(), quoted(relation.fromColumns()))
                            || names(relation.to(), quoted(relation.toColumns())));
        }
        if (entry instanceof Dimension dimension) {
            return dimension(dimension);
        }
        if (entry instanceof Unit unit) {
            List<String> columns =
                    unit.columns().stream().filter(c -> !names("", c)).toList();
            return Optional.of(new Unit(unit.name(), unit.synonyms(), columns));
        }
        return Optional.of(entry);
    }

    private static Optional<OntologyEntry> kept(OntologyEntry entry, boolean namesHidden) {
        return namesHidden ? Optional.empty() : Optional.of(entry);
    }

    private Optional<OntologyEntry> dimension(Dimension dimension) {
        List<Level> levels = dimension.levels().stream()
                .filter(level -> !names(level.table(), level.column()))
                .toList();
        return levels.isEmpty() && !dimension.levels().isEmpty()
                ? Optional.empty()
                : Optional.of(new Dimension(
                        dimension.name(), dimension.synonyms(), dimension.roles(), dimension.description(), levels));
    }

    private static String quoted(String name) {
        return name.isEmpty() || name.contains("\"") ? name : '"' + name + '"';
    }

    private static String[] quoted(Collection<String> names) {
        return names.stream().map(VisibleOntology::quoted).toArray(String[]::new);
    }

    /** Whether an entry about a table, by texts over its rows, names something hidden. */
    private boolean names(String table, String... texts) {
        List<TableName> own = tables(table);
        return own.size() == 1 && hidden.tables().contains(own.get(0))
                || Stream.of(texts)
                        .flatMap(text -> NamesInText.runs(text).stream())
                        .anyMatch(run -> isHidden(run, own));
    }

    private boolean isHidden(List<String> run, List<TableName> own) {
        String name = String.join(".", run);
        if (own.stream().anyMatch(t -> isHidden(t, name))) {
            return true;
        }
        if (own.stream().anyMatch(t -> has(t, name))) {
            return false;
        }
        for (int dots = run.size() - 1; dots > 0; dots--) {
            List<TableName> owners = tables(String.join(".", run.subList(0, dots)));
            if (!owners.isEmpty()) {
                String column = String.join(".", run.subList(dots, run.size()));
                return owners.stream().anyMatch(t -> hidden.tables().contains(t) || isHidden(t, column));
            }
        }
        // a name that the table does not have may be that of a neighbour's column, or follow an alias
        String last = run.get(run.size() - 1);
        return own.stream().noneMatch(t -> has(t, last))
                && hidden.byTable().keySet().stream().anyMatch(t -> isNear(t, own) && isHidden(t, last));
    }

    private static boolean isNear(TableName table, List<TableName> own) {
        return own.isEmpty()
                || own.stream()
                        .anyMatch(t ->
                                t.source().equals(table.source()) && t.schema().equals(table.schema()));
    }

    private boolean isHidden(TableName table, String column) {
        return hidden.columns(table).stream().anyMatch(column::equalsIgnoreCase);
    }

    private boolean has(TableName table, String column) {
        return whole.table(table).stream()
                .flatMap(t -> t.columns().stream())
                .anyMatch(c -> c.name().equalsIgnoreCase(column) && !isHidden(table, column));
    }

    /** The tables that a dotted name, in full or from its end, may mean. */
    private List<TableName> tables(String dotted) {
        if (dotted.isEmpty()) {
            return List.of();
        }
        String end = "."
                + NamesInText.folded(
                        NamesInText.runs(dotted).stream().flatMap(List::stream).collect(Collectors.joining(".")));
        return whole.sources().stream()
                .flatMap(s -> s.tables().stream())
                .map(TableDescriptor::name)
                .filter(name -> NamesInText.folded("." + name).endsWith(end))
                .toList();
    }
}
