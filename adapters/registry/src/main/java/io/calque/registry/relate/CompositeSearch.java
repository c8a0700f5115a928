package io.calque.registry.relate;

import io.calque.registry.relate.Choice.Chosen;
import io.calque.registry.relate.ColumnSketch.Overlap;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.Cardinality;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.Relationship.Evidence.Kind;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Looks for references to keys of two columns, after those to single ones are known: two columns of which each refers where one
 * part of the key refers, or has its values and its name. Belongs to one run.
 */
final class CompositeSearch {
    private static final int MOST_PAIRS = 64;
    private static final int FIRST_COLUMNS = 5;
    private static final double NEARLY = 0.99;

    private final List<Profile> profiles;
    private final Declarations declarations;
    private final RelationshipOptions options;
    private final ScanPool pool;
    private final Map<End, End> references = new HashMap<>();

    CompositeSearch(List<Profile> profiles, Declarations declarations, RelationshipOptions options, ScanPool pool) {
        this.profiles = profiles;
        this.declarations = declarations;
        this.options = options;
        this.pool = pool;
    }

    /** Composite references that are sure enough. */
    List<Relationship> search(List<Chosen> singles) {
        singles.stream().filter(c -> c.confidence() >= options.confidence()).forEach(c -> {
            Pair pair = c.scored().pair();
            references.put(pair.from().end(), pair.to().end());
        });
        for (Profile profile : profiles) {
            for (ForeignKeyDescriptor key : profile.descriptor().foreignKeys()) {
                if (key.columns().size() == 1) {
                    references.put(
                            new End(profile.descriptor().name(), key.columns()),
                            new End(key.target(), key.targetColumns()));
                }
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Profile to : profiles) {
            for (Parts key : keys(to)) {
                for (Profile from : profiles) {
                    if (from != to) {
                        candidates.addAll(candidates(from, key));
                    }
                }
            }
        }
        List<Candidate> kept = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::likeness).reversed())
                .limit(MOST_PAIRS)
                .toList();
        return kept.isEmpty() ? List.of() : weighed(kept);
    }

    private List<Parts> keys(Profile table) {
        List<Parts> keys = new ArrayList<>();
        Stream.concat(table.descriptor().primaryKey().stream(), table.descriptor().uniqueKeys().stream())
                .map(KeyDescriptor::columns)
                .filter(columns -> columns.size() == 2)
                .forEach(columns -> table.column(columns.get(0))
                        .ifPresent(x -> table.column(columns.get(1)).ifPresent(y -> keys.add(new Parts(x, y, true)))));
        boolean single = table.columns().stream().anyMatch(c -> c.key() != KeyKind.NONE && c.key() != KeyKind.OTHER);
        if (!keys.isEmpty() || single && table.columns().stream().noneMatch(this::refers)) {
            return keys;
        }
        List<Column> parts = table.columns().stream()
                .filter(c -> c.key() == KeyKind.NONE && !c.inherited())
                .filter(c -> c.isText() || c.isWholeNumber())
                .filter(c -> c.sketch().distinct() >= 2)
                .toList();
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                Column x = parts.get(i);
                Column y = parts.get(j);
                boolean likely = refers(x) || refers(y) || !single && j < FIRST_COLUMNS;
                if (likely && x.sketch().distinct() * y.sketch().distinct() >= NEARLY * table.rows()) {
                    keys.add(new Parts(x, y, false));
                }
            }
        }
        return keys;
    }

    private boolean refers(Column column) {
        return references.containsKey(column.end());
    }

    private List<Candidate> candidates(Profile from, Parts key) {
        List<Candidate> found = new ArrayList<>();
        for (Column u : from.columns()) {
            double first = likeness(u, key.first());
            if (first <= 0) {
                continue;
            }
            for (Column v : from.columns()) {
                double second = v == u ? 0 : likeness(v, key.second());
                List<String> columns = List.of(u.label(), v.label());
                if (second > 0
                        && first + second > 1
                        && !declarations.declares(from.descriptor().name(), columns)) {
                    found.add(new Candidate(new Parts(u, v, false), key, first + second));
                }
            }
        }
        return found;
    }

    /** 2 when both refer to the same key, 1 when name and values fit, a half when only the values do, 0 when they do not. */
    private double likeness(Column from, Column part) {
        if (from.inherited() || from.isText() != part.isText() || !from.isText() && !from.isWholeNumber()) {
            return 0;
        }
        Optional<End> reference = Optional.ofNullable(references.get(from.end()));
        Optional<End> expected = Optional.ofNullable(references.get(part.end()));
        if (expected.isPresent() || reference.isPresent()) {
            return expected.equals(reference) ? 2 : 0;
        }
        Overlap overlap = from.sketch().overlapWith(part.sketch());
        boolean fits = overlap.compared() > 0 && overlap.share() >= CandidatePairs.LEAST_CONTAINED;
        if (!fits || from.key() != KeyKind.NONE) {
            return 0;
        }
        return from.name().tells() && from.name().stem().equals(part.name().stem()) ? 1 : 0.5;
    }

    private List<Relationship> weighed(List<Candidate> candidates) {
        Map<Parts, ColumnSketch> referring = new LinkedHashMap<>();
        scan(
                candidates.stream().map(Candidate::from).distinct().toList(),
                (parts, builder, scan) -> referring.put(parts, builder.build(scan.coverage() == Coverage.COMPLETE)));
        Map<Parts, LongSet> wanted = new HashMap<>();
        for (Candidate candidate : candidates) {
            ColumnSketch sketch = referring.get(candidate.from());
            if (sketch != null) {
                LongSet set = wanted.computeIfAbsent(candidate.to(), k -> new LongSet());
                for (long hash : sketch.hashes()) {
                    set.add(hash);
                }
            }
        }
        Map<Parts, Found> found = look(wanted);
        Map<End, Relationship> best = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            ColumnSketch from = referring.get(candidate.from());
            Found to = found.get(candidate.to());
            if (from != null && to != null && from.filled() > 0) {
                weigh(candidate, from, to)
                        .ifPresent(r -> best.merge(r.from(), r, (a, b) -> a.confidence() >= b.confidence() ? a : b));
            }
        }
        return List.copyOf(best.values());
    }

    private Optional<Relationship> weigh(Candidate candidate, ColumnSketch from, Found to) {
        Parts key = candidate.to();
        if (!key.declared() && (!to.unique() || !to.complete())) {
            return Optional.empty();
        }
        int hits = 0;
        long[] hashes = from.hashes();
        for (long hash : hashes) {
            hits += to.there().contains(hash) ? 1 : 0;
        }
        double contained = (double) hits / hashes.length;
        if (contained < CandidatePairs.LEAST_CONTAINED || from.distinct() > to.rows()) {
            return Optional.empty();
        }
        Finding finding = new Finding();
        finding.add(Kind.PRIOR, Weights.PRIOR, "most columns whose values fit are not related");
        double space = key.first().sketch().distinct() * key.second().sketch().distinct();
        double density = Math.min(1, to.rows() / Math.max(1, space));
        finding.add(
                Kind.OVERLAP,
                Math.min(Weights.OVERLAP_MOST, hits * -Math.log(density))
                        + (1 - contained) * 100 * Weights.ORPHAN_PERCENT,
                String.format(
                        Locale.ROOT,
                        "%d of %d different pairs are in the key, which holds %.0f %% of what its parts could form",
                        hits,
                        hashes.length,
                        density * 100));
        part(candidate.from().first(), key.first(), finding);
        part(candidate.from().second(), key.second(), finding);
        finding.add(
                Kind.KEY,
                key.declared() ? Weights.PRIMARY_KEY : Weights.BEST_KEY,
                "the two columns together " + (key.declared() ? "are a declared key" : "were measured unique"));
        double confidence = 1 / (1 + Math.exp(-finding.sum()));
        if (confidence < options.confidence()) {
            return Optional.empty();
        }
        return Optional.of(new Relationship(
                candidate.from().end(),
                key.end(),
                from.unique() && from.complete() ? Cardinality.ONE_TO_ONE : Cardinality.MANY_TO_ONE,
                RelationshipOptions.rounded(confidence),
                finding.strongestFirst(),
                State.INFERRED));
    }

    private void part(Column from, Column to, Finding finding) {
        End both = references.get(from.end());
        if (both != null) {
            finding.add(
                    Kind.DECLARATION,
                    Weights.PART_REFERS,
                    from.label() + " and " + to.label() + " both refer to " + both);
            return;
        }
        if (from.name().tells() && from.name().stem().equals(to.name().stem())) {
            finding.add(Kind.NAME, Weights.PART_NAMED, from.label() + " and " + to.label() + " have the same name");
        }
    }

    private Map<Parts, Found> look(Map<Parts, LongSet> wanted) {
        Map<Parts, LongSet> there = new HashMap<>();
        Map<Parts, Found> found = new HashMap<>();
        scan(
                List.copyOf(wanted.keySet()),
                (parts, hash) -> {
                    LongSet sought = wanted.get(parts);
                    if (sought != null && sought.contains(hash)) {
                        synchronized (there) {
                            there.computeIfAbsent(parts, k -> new LongSet()).add(hash);
                        }
                    }
                },
                (parts, builder, scan) -> {
                    ColumnSketch sketch = builder.build(scan.coverage() == Coverage.COMPLETE);
                    synchronized (there) {
                        found.put(
                                parts,
                                new Found(
                                        there.getOrDefault(parts, new LongSet()),
                                        sketch.unique(),
                                        sketch.complete(),
                                        parts.first().table().rows()));
                    }
                });
        return found;
    }

    private void scan(List<Parts> parts, Done done) {
        scan(parts, (p, hash) -> {}, done);
    }

    private void scan(List<Parts> parts, EachPair each, Done done) {
        Map<TableName, List<Parts>> byTable = new TreeMap<>();
        parts.forEach(p -> byTable.computeIfAbsent(p.first().tableName(), k -> new ArrayList<>())
                .add(p));
        Map<SourceId, List<List<Parts>>> work = new TreeMap<>();
        byTable.forEach((table, list) ->
                work.computeIfAbsent(table.source(), k -> new ArrayList<>()).add(list));
        pool.each(work, (scans, list) -> {
            List<String> columns = list.stream()
                    .flatMap(p -> Stream.of(p.first().label(), p.second().label()))
                    .distinct()
                    .toList();
            List<SketchBuilder> builders =
                    list.stream().map(p -> new SketchBuilder(false)).toList();
            Optional<ValueScan> scan = scans.scan(list.get(0).first().table().descriptor(), columns, values -> {
                for (int i = 0; i < list.size(); i++) {
                    String first = values[columns.indexOf(list.get(i).first().label())];
                    String second = values[columns.indexOf(list.get(i).second().label())];
                    builders.get(i).addPair(first, second);
                    if (first != null && second != null) {
                        each.pair(list.get(i), ValueHash.of(first, second));
                    }
                }
            });
            scan.ifPresent(s -> {
                synchronized (done) {
                    for (int i = 0; i < list.size(); i++) {
                        done.done(list.get(i), builders.get(i), s);
                    }
                }
            });
        });
    }

    @FunctionalInterface
    private interface EachPair {
        void pair(Parts parts, long hash);
    }

    @FunctionalInterface
    private interface Done {
        void done(Parts parts, SketchBuilder builder, ValueScan scan);
    }

    /**
     * @param declared whether the source declares the two to be a key
     */
    private record Parts(Column first, Column second, boolean declared) {
        End end() {
            return new End(first.tableName(), List.of(first.label(), second.label()));
        }
    }

    /**
     * @param likeness of its parts, added
     */
    private record Candidate(Parts from, Parts to, double likeness) {}

    /**
     * @param there wanted pairs that the key holds
     * @param rows of the table
     */
    private record Found(LongSet there, boolean unique, boolean complete, double rows) {}
}
