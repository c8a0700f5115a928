package io.calque.registry.drift;

import io.calque.registry.drift.CatalogChange.ProductChanged;
import io.calque.registry.drift.CatalogChange.SourceAdded;
import io.calque.registry.drift.CatalogChange.SourceRemoved;
import io.calque.registry.drift.CatalogChange.TableAdded;
import io.calque.registry.drift.CatalogChange.TableRemoved;
import io.calque.registry.drift.CatalogChange.TableRenamed;
import io.calque.registry.drift.CatalogChange.ViewAdded;
import io.calque.registry.drift.CatalogChange.ViewRemoved;
import io.calque.registry.drift.CatalogChange.ViewReplaced;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares two snapshots. Stateless; the order of changes is that of names. */
public final class CatalogDiff {
    private CatalogDiff() {}

    public static List<CatalogChange> between(CatalogSnapshot before, CatalogSnapshot after) {
        List<CatalogChange> changes = new ArrayList<>();
        Map<SourceId, SourceSnapshot> old = byKey(before.sources(), SourceSnapshot::id);
        Map<SourceId, SourceSnapshot> now = byKey(after.sources(), SourceSnapshot::id);
        old.forEach((id, source) -> {
            if (!now.containsKey(id)) {
                changes.addAll(removed(source));
            }
        });
        now.forEach((id, source) -> {
            SourceSnapshot previous = old.get(id);
            changes.addAll(previous == null ? added(source) : between(previous, source));
        });
        changes.addAll(views(before.views(), after.views()));
        changes.addAll(AnnotationDiff.relationships(before.relationships(), after.relationships()));
        changes.addAll(AnnotationDiff.annotations(before.annotations(), after.annotations()));
        changes.addAll(AnnotationDiff.ontology(before.ontology(), after.ontology()));
        return changes;
    }

    /** What {@code source} brings when it was not known before. */
    public static List<CatalogChange> added(SourceSnapshot source) {
        List<CatalogChange> changes = new ArrayList<>();
        changes.add(new SourceAdded(source.id(), source.kind()));
        source.tables().forEach(t -> changes.add(new TableAdded(t.name(), t.kind())));
        changes.addAll(AnnotationDiff.userTypes(List.of(), source.userTypes()));
        return changes;
    }

    /** What goes with {@code source}. */
    public static List<CatalogChange> removed(SourceSnapshot source) {
        List<CatalogChange> changes = new ArrayList<>();
        changes.add(new SourceRemoved(source.id()));
        source.tables().forEach(t -> changes.add(new TableRemoved(t.name())));
        changes.addAll(AnnotationDiff.userTypes(source.userTypes(), List.of()));
        return changes;
    }

    /** Two states of one source. */
    public static List<CatalogChange> between(SourceSnapshot before, SourceSnapshot after) {
        List<CatalogChange> changes = new ArrayList<>();
        if (!before.product().equals(after.product())) {
            changes.add(new ProductChanged(after.id(), before.product(), after.product()));
        }
        Map<TableName, TableDescriptor> old = byKey(before.tables(), TableDescriptor::name);
        Map<TableName, TableDescriptor> now = byKey(after.tables(), TableDescriptor::name);
        List<TableDescriptor> gone =
                old.values().stream().filter(t -> !now.containsKey(t.name())).toList();
        List<TableDescriptor> come =
                now.values().stream().filter(t -> !old.containsKey(t.name())).toList();
        gone.forEach(t -> changes.add(new TableRemoved(t.name())));
        now.forEach((name, table) -> {
            TableDescriptor previous = old.get(name);
            if (previous == null) {
                changes.add(new TableAdded(name, table.kind()));
            } else if (!previous.equals(table)) {
                changes.addAll(TableDiff.between(previous, table));
            }
        });
        TableRenames.of(gone, come)
                .forEach(p ->
                        changes.add(new TableRenamed(p.now().name(), p.former().name(), p.evidence())));
        changes.addAll(AnnotationDiff.userTypes(before.userTypes(), after.userTypes()));
        return changes;
    }

    private static List<CatalogChange> views(List<ViewDescriptor> before, List<ViewDescriptor> after) {
        List<CatalogChange> changes = new ArrayList<>();
        Map<String, ViewDescriptor> old = byKey(before, CatalogDiff::folded);
        Map<String, ViewDescriptor> now = byKey(after, CatalogDiff::folded);
        old.forEach((name, view) -> {
            if (!now.containsKey(name)) {
                changes.add(new ViewRemoved(view.name()));
            }
        });
        now.forEach((name, view) -> {
            ViewDescriptor previous = old.get(name);
            if (previous == null) {
                changes.add(new ViewAdded(view.name()));
            } else if (!previous.equals(view)) {
                changes.add(new ViewReplaced(view.name()));
            }
        });
        return changes;
    }

    private static String folded(ViewDescriptor view) {
        return view.name().toLowerCase(Locale.ROOT);
    }

    static <K extends Comparable<K>, V> Map<K, V> byKey(List<V> values, Function<V, K> key) {
        return values.stream().collect(Collectors.toMap(key, v -> v, (first, second) -> first, TreeMap::new));
    }
}
