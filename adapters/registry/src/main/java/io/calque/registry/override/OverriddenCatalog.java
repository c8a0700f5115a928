package io.calque.registry.override;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Annotation.Aspect;
import io.calque.spi.catalog.Annotation.Target;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The catalog that SQL sees, made of what was observed and what people said of it. Used once, by one thread. */
public final class OverriddenCatalog {
    private final CatalogSnapshot observed;
    private final Map<TableName, TableOverrides> byTable = new HashMap<>();
    private final List<Annotation> annotations = new ArrayList<>();
    private final ShownNames names = new ShownNames();
    private final Set<TableName> hidden = new HashSet<>();

    private OverriddenCatalog(CatalogSnapshot observed) {
        this.observed = observed;
    }

    /**
     * @param observed tables as the sources have them, relationships in the sources' names, annotations as they were made
     * @return the same version as SQL sees it; annotations without effect say why
     */
    public static CatalogSnapshot of(CatalogSnapshot observed) {
        if (observed.annotations().isEmpty() && observed.relationships().isEmpty()) {
            return observed;
        }
        return new OverriddenCatalog(observed).build();
    }

    private CatalogSnapshot build() {
        Map<TableName, List<Annotation>> overrides = new HashMap<>();
        for (Annotation annotation : observed.annotations()) {
            Optional<String> problem = missing(annotation.target());
            if (problem.isPresent()) {
                annotations.add(annotation.withProblem(problem.get()));
            } else if (annotation.aspect().isOverride()) {
                overrides
                        .computeIfAbsent(annotation.target().table().orElseThrow(), t -> new ArrayList<>())
                        .add(annotation);
            } else {
                annotations.add(annotation);
            }
        }
        overrides.forEach((name, said) -> {
            TableOverrides table =
                    TableOverrides.of(observed.table(name).orElseThrow(), said, names, this::nameProblem);
            byTable.put(name, table);
            annotations.addAll(table.annotations());
            if (table.hidden()) {
                hidden.add(name);
            }
        });
        List<OverriddenTable> changed = new ArrayList<>();
        List<SourceSnapshot> sources =
                observed.sources().stream().map(s -> source(s, changed)).toList();
        return new CatalogSnapshot(
                observed.version(),
                observed.publishedAt(),
                sources,
                observed.views(),
                observed.relationships().stream()
                        .flatMap(r -> shown(r).stream())
                        .toList(),
                annotations,
                changed,
                observed.ontology());
    }

    /** Why a target cannot be annotated now. A prefix of nested columns counts as one. */
    private Optional<String> missing(Target target) {
        SourceId source = target.source();
        if (isView(target)) {
            String view = target.table().orElseThrow().table();
            return observed.views().stream().anyMatch(v -> v.name().equalsIgnoreCase(view))
                    ? Optional.empty()
                    : Optional.of("the registry has no view " + view);
        }
        if (observed.source(source).isEmpty()) {
            return Optional.of("the registry has no source " + source);
        }
        if (target.table().isEmpty()) {
            return Optional.empty();
        }
        Optional<TableDescriptor> table = observed.table(target.table().get());
        if (table.isEmpty()) {
            return Optional.of("source " + source + " has no table "
                    + target.table().get().schema() + "." + target.table().get().table());
        }
        String column = target.column().orElse("");
        boolean known = column.isEmpty()
                || table.get().columns().stream()
                        .anyMatch(c -> c.name().equals(column) || c.name().startsWith(column + "."));
        return known ? Optional.empty() : Optional.of("table " + table.get().name() + " has no column " + column);
    }

    /** Views stand in a catalog of their own. */
    private static boolean isView(Target target) {
        return target.source().value().equals("calque")
                && target.table().filter(t -> t.schema().equals("views")).isPresent();
    }

    private Optional<String> nameProblem(TableName wanted) {
        boolean taken = observed.table(wanted).isPresent()
                || byTable.values().stream().anyMatch(t -> t.shownName().equals(wanted));
        return taken ? Optional.of("another table is called " + wanted) : Optional.empty();
    }

    private SourceSnapshot source(SourceSnapshot source, List<OverriddenTable> changed) {
        if (names.isEmpty()
                && byTable.keySet().stream().noneMatch(t -> t.source().equals(source.id()))) {
            return source;
        }
        List<TableDescriptor> shown = new ArrayList<>();
        for (TableDescriptor table : source.tables()) {
            if (hidden.contains(table.name())) {
                continue;
            }
            TableOverrides overrides = byTable.get(table.name());
            OverriddenTable result = overrides == null
                    ? ShownTable.of(table, List.of(), names)
                    : ShownTable.of(overrides.observed(), overrides.columns(), names);
            TableDescriptor commented = overrides == null
                    ? result.shown()
                    : overrides
                            .comment()
                            .map(c -> withComment(result.shown(), c))
                            .orElse(result.shown());
            if (commented.equals(table)) {
                shown.add(table);
            } else {
                shown.add(commented);
                changed.add(new OverriddenTable(result.observed(), commented, result.origins()));
            }
        }
        return new SourceSnapshot(
                source.id(),
                source.kind(),
                source.product(),
                shown,
                source.userTypes(),
                source.observedAt(),
                source.lastError());
    }

    private static TableDescriptor withComment(TableDescriptor table, String comment) {
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns(),
                table.primaryKey(),
                table.uniqueKeys(),
                table.foreignKeys(),
                table.indexes(),
                table.nestedIn(),
                table.statistics(),
                comment,
                table.facts());
    }

    /** Empty when an end is not there or not shown. */
    private Optional<Relationship> shown(Relationship relationship) {
        Optional<End> from = shown(relationship.from());
        Optional<End> to = shown(relationship.to());
        return from.isEmpty() || to.isEmpty()
                ? Optional.empty()
                : Optional.of(new Relationship(
                        from.get(),
                        to.get(),
                        relationship.cardinality(),
                        relationship.confidence(),
                        relationship.evidence(),
                        relationship.state()));
    }

    private Optional<End> shown(End end) {
        TableDescriptor table = observed.table(end.table()).orElse(null);
        if (table == null
                || hidden.contains(end.table())
                || !end.columns().stream().allMatch(c -> table.column(c).isPresent())) {
            return Optional.empty();
        }
        return names.columns(end.table(), end.columns()).map(c -> new End(names.table(end.table()), c));
    }

    /** The end in its sources' names, for one that names what SQL sees. */
    public static End observed(CatalogSnapshot snapshot, End shown) {
        OverriddenTable table = snapshot.overridden(shown.table()).orElse(null);
        if (table == null) {
            return shown;
        }
        List<String> columns = new ArrayList<>();
        for (String name : shown.columns()) {
            String found = name;
            for (int i = 0; i < table.origins().size(); i++) {
                if (table.shown().columns().get(i).name().equals(name)
                        && table.origins().get(i) instanceof OverriddenTable.FromColumn from) {
                    found = table.observed().columns().get(from.position()).name();
                }
            }
            columns.add(Objects.requireNonNull(found));
        }
        return new End(table.observed().name(), columns);
    }

    /** The override of one aspect, for messages. */
    static String words(Aspect aspect) {
        return "override of " + aspect.name().toLowerCase(java.util.Locale.ROOT);
    }
}
