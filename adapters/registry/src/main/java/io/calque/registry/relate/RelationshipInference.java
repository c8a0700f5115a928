package io.calque.registry.relate;

import io.calque.registry.relate.Choice.Chosen;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.Evidence;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * Infers relationships between the tables of a catalog, within and across sources. Thread-safe.
 *
 * <p>Sources are read at the same time, each by one of the executor's threads; comparing is done by the caller's thread.
 */
public final class RelationshipInference {
    private final ExecutorService executor;
    private final RelationshipOptions options;
    private final SketchCache cache = new SketchCache();

    /**
     * @param executor stays the caller's to close
     */
    public RelationshipInference(ExecutorService executor, RelationshipOptions options) {
        this.executor = executor;
        this.options = options;
    }

    /**
     * Reads a bounded part of every table and compares.
     *
     * @param snapshot whose tables are compared; those of sources not given, and views, are left out
     * @return what was found, surest first, without what sources declare; decisions of people are the registry's to apply
     */
    public Inferred infer(CatalogSnapshot snapshot, Collection<? extends Source> sources, Progress progress) {
        long start = System.nanoTime();
        List<TableDescriptor> tables = new ArrayList<>();
        snapshot.sources().forEach(s -> tables.addAll(s.tables()));
        ScanPool pool = new ScanPool(sources, options, executor, cache, progress);
        List<TableSketch> sketches = pool.sketch(tables.stream()
                .filter(RelationshipInference::holdsRows)
                .filter(t -> pool.reads(t.name().source()))
                .toList());
        List<Profile> profiles = profiles(sketches);
        Declarations declarations = new Declarations(tables);
        Map<Column, List<Pair>> pairs = pairs(profiles, declarations);
        long compared = pairs.values().stream().mapToLong(List::size).sum();
        pool.check(pairs);
        List<Chosen> chosen = choose(profiles, declarations, pairs);
        List<Relationship> found = new ArrayList<>(chosen.stream()
                .filter(c -> c.confidence() >= options.confidence())
                .map(RelationshipInference::relationship)
                .toList());
        found.addAll(new CompositeSearch(profiles, declarations, options, pool).search(chosen));
        found.sort(Comparator.comparingDouble((Relationship r) -> -r.confidence())
                .thenComparing(r -> r.from().toString()));
        return new Inferred(
                found,
                pool.warnings(),
                sketches.stream().map(t -> t.table().name()).collect(Collectors.toUnmodifiableSet()),
                compared,
                Duration.ofNanos(System.nanoTime() - start));
    }

    private static boolean holdsRows(TableDescriptor table) {
        return switch (table.kind()) {
            case TABLE, PARTITIONED_TABLE, FOREIGN_TABLE, COLLECTION, CHILD_TABLE -> true;
            case VIEW, MATERIALIZED_VIEW, VIRTUAL_TABLE, SYSTEM_TABLE -> false;
        };
    }

    private static List<Profile> profiles(List<TableSketch> sketches) {
        Set<String> known = new HashSet<>();
        sketches.forEach(s -> known.addAll(NameWords.ofTable(s.table().name().table())));
        return sketches.stream()
                .sorted(Comparator.comparing(s -> s.table().name()))
                .map(s -> Profile.of(s, known))
                .toList();
    }

    private static Map<Column, List<Pair>> pairs(List<Profile> profiles, Declarations declarations) {
        List<Column> keys = CandidatePairs.keys(profiles);
        Map<Column, List<Pair>> pairs = new LinkedHashMap<>();
        for (Profile profile : profiles) {
            for (Column from : profile.columns()) {
                if (!declarations.declares(
                        from.tableName(), List.of(from.descriptor().name()))) {
                    List<Pair> candidates = CandidatePairs.of(from, keys);
                    if (!candidates.isEmpty()) {
                        pairs.put(from, candidates);
                    }
                }
            }
        }
        return pairs;
    }

    private static List<Chosen> choose(
            List<Profile> profiles, Declarations declarations, Map<Column, List<Pair>> pairs) {
        NameEvidence names = new NameEvidence(new TableNaming(profiles));
        KeyEvidence keys = new KeyEvidence(declarations);
        Map<Column, List<Scored>> scored = new LinkedHashMap<>();
        pairs.forEach((from, candidates) -> {
            List<Scored> weighed = new ArrayList<>();
            for (Pair pair : candidates) {
                if (pair.contained() >= CandidatePairs.LEAST_CONTAINED
                        && pair.overlap().compared() > 0) {
                    Finding finding = new Finding();
                    finding.add(Evidence.Kind.PRIOR, Weights.PRIOR, "most columns whose values fit are not related");
                    names.weigh(from, pair.to(), finding);
                    ValueEvidence.weigh(pair, finding);
                    keys.weigh(from, pair.to(), finding);
                    weighed.add(new Scored(pair, finding));
                }
            }
            if (!weighed.isEmpty()) {
                scored.put(from, weighed);
            }
        });
        List<Chosen> alone = new Choice().choose(scored);
        return new Choice().choose(RelatedSources.by(alone).told(scored));
    }

    private static Relationship relationship(Chosen chosen) {
        Pair pair = chosen.scored().pair();
        List<Evidence> evidence = new ArrayList<>(chosen.scored().finding().strongestFirst());
        chosen.rival()
                .filter(r -> r.score() > chosen.scored().score() - 3)
                .ifPresent(r -> evidence.add(new Evidence(
                        Evidence.Kind.AMBIGUITY,
                        0,
                        String.format(
                                Locale.ROOT,
                                "%s would fit nearly as well",
                                r.pair().to().end()))));
        boolean once = pair.from().sketch().unique() && pair.from().sketch().complete();
        return new Relationship(
                pair.from().end(),
                pair.to().end(),
                once ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
                RelationshipOptions.rounded(chosen.confidence()),
                evidence,
                State.INFERRED);
    }

    /**
     * What one run found and cost.
     *
     * @param relationships all INFERRED
     * @param warnings what could not be looked at
     * @param compared tables that were looked at
     * @param pairs of columns and keys weighed
     * @param took all of it
     */
    public record Inferred(
            List<Relationship> relationships,
            List<String> warnings,
            Set<TableName> compared,
            long pairs,
            Duration took) {
        public Inferred {
            relationships = List.copyOf(relationships);
            warnings = List.copyOf(warnings);
            compared = Set.copyOf(compared);
        }
    }
}
