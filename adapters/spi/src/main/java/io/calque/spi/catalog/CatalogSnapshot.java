package io.calque.spi.catalog;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.ontology.Ontology;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Everything the registry knows, at one version. Immutable and thread-safe: a query takes one at the door and keeps it.
 */
public final class CatalogSnapshot {
    private final long version;
    private final Instant publishedAt;
    private final List<SourceSnapshot> sources;
    private final List<ViewDescriptor> views;
    private final List<Relationship> relationships;
    private final List<Annotation> annotations;
    private final Ontology ontology;
    private final Map<TableName, OverriddenTable> overridden;
    private final Map<TableName, TableDescriptor> tables;
    private final @Nullable CatalogSnapshot whole;

    /** A snapshot in which no relationship is known. */
    public CatalogSnapshot(
            long version, Instant publishedAt, List<SourceSnapshot> sources, List<ViewDescriptor> views) {
        this(version, publishedAt, sources, views, List.of());
    }

    /** A snapshot to which no person has added anything. */
    public CatalogSnapshot(
            long version,
            Instant publishedAt,
            List<SourceSnapshot> sources,
            List<ViewDescriptor> views,
            List<Relationship> relationships) {
        this(version, publishedAt, sources, views, relationships, List.of(), List.of());
    }

    /**
     * @param version grows with every publication; 0 is the empty registry
     * @param sources their tables as SQL sees them
     * @param overridden the tables that their sources have otherwise
     */
    public CatalogSnapshot(
            long version,
            Instant publishedAt,
            List<SourceSnapshot> sources,
            List<ViewDescriptor> views,
            List<Relationship> relationships,
            List<Annotation> annotations,
            List<OverriddenTable> overridden) {
        this(version, publishedAt, sources, views, relationships, annotations, overridden, Ontology.EMPTY);
    }

    /**
     * @param ontology what words mean, as people wrote it down
     */
    public CatalogSnapshot(
            long version,
            Instant publishedAt,
            List<SourceSnapshot> sources,
            List<ViewDescriptor> views,
            List<Relationship> relationships,
            List<Annotation> annotations,
            List<OverriddenTable> overridden,
            Ontology ontology) {
        this(version, publishedAt, sources, views, relationships, annotations, overridden, ontology, null);
    }

    private CatalogSnapshot(
            long version,
            Instant publishedAt,
            List<SourceSnapshot> sources,
            List<ViewDescriptor> views,
            List<Relationship> relationships,
            List<Annotation> annotations,
            List<OverriddenTable> overridden,
            Ontology ontology,
            @Nullable CatalogSnapshot whole) {
        this.whole = whole;
        this.ontology = ontology;
        this.version = version;
        this.publishedAt = Objects.requireNonNull(publishedAt);
        this.sources = sources.stream()
                .sorted(Comparator.comparing(SourceSnapshot::id))
                .toList();
        this.views = views.stream()
                .sorted(Comparator.comparing(ViewDescriptor::name))
                .toList();
        this.relationships = List.copyOf(relationships);
        this.annotations = annotations.stream().sorted(Annotation.BY_TARGET).toList();
        this.overridden = overridden.stream()
                .collect(Collectors.toUnmodifiableMap(o -> o.shown().name(), o -> o));
        Map<TableName, TableDescriptor> byName = new HashMap<>();
        this.sources.forEach(source -> source.tables().forEach(table -> byName.put(table.name(), table)));
        this.tables = Map.copyOf(byName);
    }

    /** A part of this snapshot, at the same version. */
    CatalogSnapshot part(
            List<SourceSnapshot> partOfSources,
            List<ViewDescriptor> partOfViews,
            List<Relationship> partOfRelationships,
            List<Annotation> partOfAnnotations,
            List<OverriddenTable> partOfOverridden,
            Ontology partOfOntology) {
        return new CatalogSnapshot(
                version,
                publishedAt,
                partOfSources,
                partOfViews,
                partOfRelationships,
                partOfAnnotations,
                partOfOverridden,
                partOfOntology,
                whole());
    }

    /**
     * The snapshot that this one shows a part of, as {@link VisibleCatalog} does; itself where it leaves nothing out. For what is kept for
     * everybody, such as an index; no row and no name of it may reach somebody who was given a part.
     */
    public CatalogSnapshot whole() {
        return whole == null ? this : whole;
    }

    public long version() {
        return version;
    }

    public Instant publishedAt() {
        return publishedAt;
    }

    /** Sorted by id. */
    public List<SourceSnapshot> sources() {
        return sources;
    }

    /** Sorted by name. */
    public List<ViewDescriptor> views() {
        return views;
    }

    /**
     * What is inferred, confirmed or rejected, in the registry's order. Declared foreign keys are with their tables and not repeated here.
     */
    public List<Relationship> relationships() {
        return relationships;
    }

    /** What persons said of sources, tables and columns, sorted by object. */
    public List<Annotation> annotations() {
        return annotations;
    }

    /** What words mean, as people wrote it down. */
    public Ontology ontology() {
        return ontology;
    }

    /** How the source has the table of this SQL name; empty when SQL sees it as it is. */
    public Optional<OverriddenTable> overridden(TableName name) {
        return Optional.ofNullable(overridden.get(name));
    }

    public Optional<SourceSnapshot> source(SourceId id) {
        return sources.stream().filter(s -> s.id().equals(id)).findFirst();
    }

    public Optional<TableDescriptor> table(TableName name) {
        return Optional.ofNullable(tables.get(name));
    }
}
