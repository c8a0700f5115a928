package io.calque.registry.drift;

import io.calque.registry.drift.AnnotationChange.AnnotationAdded;
import io.calque.registry.drift.AnnotationChange.AnnotationAltered;
import io.calque.registry.drift.AnnotationChange.AnnotationRemoved;
import io.calque.registry.drift.OntologyChange.OntologyEntryAdded;
import io.calque.registry.drift.OntologyChange.OntologyEntryAltered;
import io.calque.registry.drift.OntologyChange.OntologyEntryRemoved;
import io.calque.registry.drift.RelationshipChange.RelationshipAdded;
import io.calque.registry.drift.RelationshipChange.RelationshipAltered;
import io.calque.registry.drift.RelationshipChange.RelationshipRemoved;
import io.calque.registry.drift.UserTypeChange.UserTypeAdded;
import io.calque.registry.drift.UserTypeChange.UserTypeAltered;
import io.calque.registry.drift.UserTypeChange.UserTypeRemoved;
import io.calque.spi.catalog.Annotation;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.UserTypeDescriptor;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.ontology.OntologyEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares what stands beside tables: user types, relationships, annotations. Stateless; the order is that of names. */
public final class AnnotationDiff {
    private AnnotationDiff() {}

    /** Types of one source. */
    public static List<CatalogChange> userTypes(List<UserTypeDescriptor> before, List<UserTypeDescriptor> after) {
        return between(
                keyed(before, t -> List.of(t.schema(), t.name()).toString()),
                keyed(after, t -> List.of(t.schema(), t.name()).toString()),
                new Kinds<>(
                        UserTypeAdded::new, UserTypeRemoved::new, UserTypeAltered::new, UserTypeDescriptor::equals));
    }

    public static List<CatalogChange> relationships(List<Relationship> before, List<Relationship> after) {
        return between(
                keyed(before, r -> r.from() + " " + r.to()),
                keyed(after, r -> r.from() + " " + r.to()),
                new Kinds<>(
                        RelationshipAdded::new,
                        RelationshipRemoved::new,
                        RelationshipAltered::new,
                        // Evidence is a text of its time; the belief is the state and the confidence.
                        (from, to) -> from.state() == to.state() && from.confidence() == to.confidence()));
    }

    public static List<CatalogChange> annotations(List<Annotation> before, List<Annotation> after) {
        return between(
                keyed(before, a -> a.target() + " " + a.aspect() + " " + a.label()),
                keyed(after, a -> a.target() + " " + a.aspect() + " " + a.label()),
                new Kinds<>(
                        AnnotationAdded::new,
                        AnnotationRemoved::new,
                        AnnotationAltered::new,
                        (from, to) -> from.value().equals(to.value())));
    }

    /** Entries of any kind, each by its kind and key. */
    public static List<CatalogChange> ontology(Ontology before, Ontology after) {
        return between(
                keyed(before.entries(), e -> e.kind() + " " + e.key()),
                keyed(after.entries(), e -> e.kind() + " " + e.key()),
                new Kinds<>(
                        OntologyEntryAdded::new,
                        OntologyEntryRemoved::new,
                        OntologyEntryAltered::new,
                        OntologyEntry::equals));
    }

    private static <V> Map<String, V> keyed(List<V> values, Function<V, String> key) {
        return values.stream().collect(Collectors.toMap(key, v -> v, (first, second) -> first, TreeMap::new));
    }

    private static <V> List<CatalogChange> between(Map<String, V> before, Map<String, V> after, Kinds<V> kinds) {
        List<CatalogChange> changes = new ArrayList<>();
        before.forEach((key, value) -> {
            if (!after.containsKey(key)) {
                changes.add(kinds.removed().apply(value));
            }
        });
        after.forEach((key, value) -> {
            V old = before.get(key);
            if (old == null) {
                changes.add(kinds.added().apply(value));
            } else if (!kinds.same().test(old, value)) {
                changes.add(kinds.altered().apply(old, value));
            }
        });
        return changes;
    }

    private record Kinds<V>(
            Function<V, CatalogChange> added,
            Function<V, CatalogChange> removed,
            BiFunction<V, V, CatalogChange> altered,
            BiPredicate<V, V> same) {}
}
