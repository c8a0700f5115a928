package io.calque.spi.catalog;

import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.OverriddenTable.Origin;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a snapshot that one principal may see. It is taken once, where a statement begins: whatever is below looks names up in it, so
 * that what is left out here cannot be named, suggested, counted or read anywhere. Used for one snapshot, by one thread.
 *
 * <p>With a column go its figures, the keys, indexes and relationships that it is part of, what persons said of it, and the entries of the
 * ontology that name it. A table without a readable column is left out, and so is a source that has tables and of which none may be read. A
 * view is there or not; it shows of its tables what its reader may see. Verified questions stay: the checks of plans refuse those that name
 * what is not there.
 */
public final class VisibleCatalog {
    /** Facts that quote the source's own text. */
    private static final List<String> QUOTING = List.of(Facts.DEFINITION, Facts.PARTITION_KEY);

    private final CatalogSnapshot snapshot;
    private final Principal principal;
    private final AccessPolicy policy;
    private final HiddenNames hidden;

    private VisibleCatalog(CatalogSnapshot snapshot, Principal principal, AccessPolicy policy) {
        this.snapshot = snapshot;
        this.principal = principal;
        this.policy = policy;
        this.hidden = HiddenNames.of(snapshot, principal, policy);
    }

    /** The part that may be seen; the snapshot itself where that is all of it. */
    public static CatalogSnapshot of(CatalogSnapshot snapshot, Principal principal, AccessPolicy policy) {
        return new VisibleCatalog(snapshot, principal, policy).part();
    }

    private CatalogSnapshot part() {
        List<ViewDescriptor> views = snapshot.views().stream()
                .filter(v -> policy.mayRead(principal, v.tableName()))
                .toList();
        List<Annotation> annotations =
                snapshot.annotations().stream().filter(this::isVisible).toList();
        if (hidden.isEmpty()
                && views.size() == snapshot.views().size()
                && annotations.size() == snapshot.annotations().size()) {
            return snapshot;
        }
        List<SourceSnapshot> sources =
                snapshot.sources().stream().flatMap(s -> source(s).stream()).toList();
        List<OverriddenTable> overridden = sources.stream()
                .flatMap(s -> s.tables().stream())
                .flatMap(t -> snapshot.overridden(t.name()).stream().map(o -> overridden(o, t)))
                .toList();
        List<Relationship> relationships = snapshot.relationships().stream()
                .filter(r -> mayRead(r.from()) && mayRead(r.to()))
                .toList();
        return snapshot.part(
                sources,
                views,
                relationships,
                annotations,
                overridden,
                new VisibleOntology(snapshot, hidden).of(snapshot.ontology()));
    }

    private Optional<SourceSnapshot> source(SourceSnapshot source) {
        List<TableDescriptor> tables = source.tables().stream()
                .filter(t -> !hidden.tables().contains(t.name()))
                .map(this::table)
                .toList();
        if (tables.isEmpty() && !source.tables().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                tables.equals(source.tables())
                        ? source
                        : new SourceSnapshot(
                                source.id(),
                                source.kind(),
                                source.product(),
                                tables,
                                source.userTypes(),
                                source.observedAt(),
                                source.lastError()));
    }

    private TableDescriptor table(TableDescriptor table) {
        Set<String> columns = hidden.columns(table.name());
        List<ForeignKeyDescriptor> foreignKeys = table.foreignKeys().stream()
                .filter(k -> mayRead(table.name(), k.columns()) && mayRead(k.target(), k.targetColumns()))
                .toList();
        SortedMap<String, String> facts = new TreeMap<>(table.facts());
        QUOTING.forEach(fact -> Optional.ofNullable(facts.get(fact))
                .filter(text -> hidden.namedBy(text, table.name()))
                .ifPresent(text -> facts.remove(fact)));
        if (columns.isEmpty()
                && foreignKeys.size() == table.foreignKeys().size()
                && facts.size() == table.facts().size()) {
            return table;
        }
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns().stream()
                        .filter(c -> !columns.contains(c.name()))
                        .toList(),
                table.primaryKey().filter(k -> mayRead(table.name(), k.columns())),
                table.uniqueKeys().stream()
                        .filter(k -> mayRead(table.name(), k.columns()))
                        .toList(),
                foreignKeys,
                table.indexes().stream().filter(i -> mayRead(table.name(), i)).toList(),
                table.nestedIn(),
                statistics(table.statistics(), columns),
                table.comment(),
                facts);
    }

    private static TableStatistics statistics(TableStatistics all, Set<String> hiddenColumns) {
        SortedMap<String, ColumnStatistics> columns = new TreeMap<>(all.columns());
        columns.keySet().removeAll(hiddenColumns);
        return new TableStatistics(all.rowCount(), all.measuredAt(), columns);
    }

    /** What the source has stays whole: only its adapter reads it, and of it only what is shown. */
    private OverriddenTable overridden(OverriddenTable table, TableDescriptor shown) {
        Set<String> columns = hidden.columns(shown.name());
        List<Origin> origins = new ArrayList<>();
        for (int i = 0; i < table.origins().size(); i++) {
            if (!columns.contains(table.shown().columns().get(i).name())) {
                origins.add(table.origins().get(i));
            }
        }
        return new OverriddenTable(table.observed(), shown, origins);
    }

    private boolean mayRead(Relationship.End end) {
        return mayRead(end.table(), end.columns());
    }

    private boolean mayRead(TableName table, Collection<String> columns) {
        return !hidden.tables().contains(table) && columns.stream().noneMatch(hidden.columns(table)::contains);
    }

    private boolean mayRead(TableName table, IndexDescriptor index) {
        return !hidden.namedBy(index.condition(), table)
                && index.columns().stream()
                        .noneMatch(c -> c.expression()
                                ? hidden.namedBy(c.name(), table)
                                : hidden.columns(table).contains(c.name()));
    }

    /** Persons speak of what a source has, rights of what SQL sees; what is gone is asked by the name it had. */
    private boolean isVisible(Annotation annotation) {
        Optional<TableName> observed = annotation.target().table();
        if (observed.isEmpty()) {
            return true;
        }
        TableName table = new TableName(
                observed.get().source(),
                observed.get().schema(),
                shown(Target.of(observed.get()), observed.get().table()));
        if (!policy.mayRead(principal, table) || hidden.tables().contains(table)) {
            return false;
        }
        Stream<String> columns = annotation.aspect() == Aspect.KEY
                ? NamesInText.runs(annotation.value()).stream().map(name -> String.join(".", name))
                : annotation.target().column().stream();
        return columns.map(c -> shown(Target.of(observed.get(), c), c))
                .allMatch(c -> policy.mayRead(principal, table, c));
    }

    private String shown(Target target, String observed) {
        return snapshot.annotations().stream()
                .filter(a -> a.aspect() == Aspect.NAME && a.problem().isEmpty())
                .filter(a -> a.target().equals(target))
                .map(Annotation::value)
                .findFirst()
                .orElse(observed);
    }

    /**
     * What is left out.
     *
     * @param tables in full
     * @param byTable columns of tables that are not left out in full
     */
    record HiddenNames(Set<TableName> tables, Map<TableName, Set<String>> byTable) {
        HiddenNames {
            tables = Set.copyOf(tables);
            byTable = Map.copyOf(byTable);
        }

        static HiddenNames of(CatalogSnapshot snapshot, Principal principal, AccessPolicy policy) {
            List<TableName> tables = new ArrayList<>();
            Map<TableName, Set<String>> byTable = new HashMap<>();
            for (SourceSnapshot source : snapshot.sources()) {
                for (TableDescriptor table : source.tables()) {
                    if (!policy.mayRead(principal, table.name())) {
                        tables.add(table.name());
                        continue;
                    }
                    Set<String> columns = table.columns().stream()
                            .map(ColumnDescriptor::name)
                            .filter(c -> !policy.mayRead(principal, table.name(), c))
                            .collect(Collectors.toUnmodifiableSet());
                    if (columns.isEmpty()) {
                        continue;
                    }
                    if (columns.size() == table.columns().size()) {
                        tables.add(table.name());
                    } else {
                        byTable.put(table.name(), columns);
                    }
                }
            }
            return new HiddenNames(Set.copyOf(tables), byTable);
        }

        boolean isEmpty() {
            return tables.isEmpty() && byTable.isEmpty();
        }

        Set<String> columns(TableName table) {
            return Objects.requireNonNull(byTable.getOrDefault(table, Set.of()));
        }

        /** Whether a text of a source names something of the source that is left out: rather once too often. */
        boolean namedBy(String text, TableName near) {
            if (isEmpty() || text.isEmpty()) {
                return false;
            }
            Set<String> names = NamesInText.all(text);
            return tables.stream()
                            .filter(t -> t.source().equals(near.source()))
                            .anyMatch(t -> NamesInText.has(names, t.table()))
                    || byTable.entrySet().stream()
                            .filter(e -> e.getKey().source().equals(near.source()))
                            .flatMap(e -> e.getValue().stream())
                            .anyMatch(c -> NamesInText.has(names, c));
        }
    }
}
