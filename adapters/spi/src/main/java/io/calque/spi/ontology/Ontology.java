package io.calque.spi.ontology;

import io.calque.spi.ontology.OntologyEntry.Dimension;
import io.calque.spi.ontology.OntologyEntry.Extension;
import io.calque.spi.ontology.OntologyEntry.Metric;
import io.calque.spi.ontology.OntologyEntry.Relation;
import io.calque.spi.ontology.OntologyEntry.Role;
import io.calque.spi.ontology.OntologyEntry.Term;
import io.calque.spi.ontology.OntologyEntry.Unit;
import io.calque.spi.ontology.OntologyEntry.ValueAlias;
import io.calque.spi.ontology.OntologyEntry.Verified;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is written down of what words mean. Immutable; entries keep the order in which they were written. */
public record Ontology(
        List<Term> terms,
        List<Metric> metrics,
        List<Dimension> dimensions,
        List<ValueAlias> values,
        List<Unit> units,
        List<Relation> relationships,
        List<Role> roles,
        List<Verified> verified,
        List<Extension> extensions) {
    public static final Ontology EMPTY = of(List.of());

    public Ontology {
        terms = copy(terms);
        metrics = copy(metrics);
        dimensions = copy(dimensions);
        values = copy(values);
        units = copy(units);
        relationships = copy(relationships);
        roles = copy(roles);
        verified = copy(verified);
        extensions = copy(extensions);
    }

    /** Readers of files leave out what a file does not have. */
    static <T> List<T> copy(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    public static Ontology of(Collection<? extends OntologyEntry> entries) {
        return new Ontology(
                some(entries, Term.class),
                some(entries, Metric.class),
                some(entries, Dimension.class),
                some(entries, ValueAlias.class),
                some(entries, Unit.class),
                some(entries, Relation.class),
                some(entries, Role.class),
                some(entries, Verified.class),
                some(entries, Extension.class));
    }

    private static <T extends OntologyEntry> List<T> some(Collection<? extends OntologyEntry> entries, Class<T> type) {
        return entries.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Kind by kind. */
    public List<OntologyEntry> entries() {
        List<OntologyEntry> all = new ArrayList<>();
        Stream.of(terms, metrics, dimensions, values, units, relationships, roles, verified, extensions)
                .forEach(all::addAll);
        return all;
    }

    public boolean isEmpty() {
        return entries().isEmpty();
    }

    /** The role of a name, by its own name or one it is also known by, without regard to case. */
    public Optional<Role> role(String name) {
        return roles.stream()
                .filter(r ->
                        r.name().equalsIgnoreCase(name) || r.synonyms().stream().anyMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    /** With these entries in the place of those of the same kind and key, the others as they are. */
    public Ontology with(Collection<? extends OntologyEntry> entries) {
        List<OntologyEntry> all = new ArrayList<>(entries());
        for (OntologyEntry entry : entries) {
            all.removeIf(other -> other.isAbout(entry));
            all.add(entry);
        }
        return of(all);
    }

    public Ontology without(OntologyEntry entry) {
        List<OntologyEntry> all = new ArrayList<>(entries());
        all.removeIf(other -> other.isAbout(entry));
        return of(all);
    }
}
