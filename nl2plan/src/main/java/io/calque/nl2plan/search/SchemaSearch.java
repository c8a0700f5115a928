package io.calque.nl2plan.search;

import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.question.SchemaMatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;

/**
 * The tables, columns and values that words name, in tiers: what is written down and values exactly; names and comments by BM25 (Robertson
 * and Zaragoza, 2009; Lucene's); and of words that neither knows, names of about their meaning, by vectors. Immutable, thread-safe.
 */
public final class SchemaSearch {
    private static final int HITS = 100;
    private static final int MORE_HITS = 2_000;
    private static final int LONGEST_PHRASE = 4;
    private static final double SYNONYM = 0.6;
    private static final double COMMENT = 0.4;

    private final Lexicon lexicon;
    private final Set<String> ignored;
    private final CatalogSnapshot catalog;
    private final CatalogIndex index;
    private final MeaningSearch meanings;
    private final Map<String, Lexicon.Named> names = new HashMap<>();
    /** What no source has, and no index: computed columns, and tables in a role. */
    private final List<Lexicon.Named> defined = new ArrayList<>();

    private final Set<BytesRef> sources = new HashSet<>();

    /**
     * @param lexicon of what the asker may read
     * @param ignored words of questions that name nothing
     * @param catalog or a part of it: the index is of the whole, whoever asks, and what of it is found counts where the lexicon has it
     */
    public SchemaSearch(Lexicon lexicon, Set<String> ignored, CatalogSnapshot catalog, CatalogIndex index) {
        this.lexicon = lexicon;
        this.ignored = ignored;
        this.catalog = catalog.whole();
        this.index = index;
        this.meanings = new MeaningSearch(lexicon, catalog.whole(), index);
        lexicon.names().forEach(name -> {
            TableName table = name.table().name();
            names.put(
                    key(
                            TableText.key(table),
                            name.column().map(ColumnDescriptor::name).orElse("")),
                    name);
            sources.add(new BytesRef(table.source().value()));
            boolean role = isRole(name.table());
            if (role && name.column().isEmpty()
                    || name.column().filter(SchemaSearch::isComputed).isPresent()) {
                defined.add(name);
            }
        });
    }

    private static String key(String table, String column) {
        return table + "\u001f" + column;
    }

    /** Best first, at most {@code limit}. */
    public List<SchemaMatch> find(String question, int limit) {
        List<String> words = QuestionText.words(question);
        Map<String, SchemaMatch> found = new LinkedHashMap<>();
        Set<String> explained = certain(words, found);
        named(words, found);
        List<String> unsure = words.stream()
                .filter(word -> !ignored.contains(word) && !explained.contains(word))
                .toList();
        meanings.of(unsure).forEach(near -> meant(near, found));
        return found.values().stream()
                .sorted(Comparator.comparingDouble(SchemaMatch::score)
                        .reversed()
                        .thenComparing(SchemaMatch::element)
                        .thenComparing(SchemaMatch::words))
                .limit(limit)
                .toList();
    }

    /** The words that certain matches explain. */
    private Set<String> certain(List<String> words, Map<String, SchemaMatch> found) {
        Set<String> explained = new HashSet<>();
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + LONGEST_PHRASE); to++) {
                List<String> phrase = words.subList(from, to);
                if (to == from + 1 && ignored.contains(phrase.get(0))) {
                    continue;
                }
                for (Link link : lexicon.certain(phrase)) {
                    if (!ofARole(link)) {
                        put(found, match(link, String.join(" ", phrase)));
                    }
                    explained.addAll(phrase);
                }
            }
        }
        return explained;
    }

    /** A column or value of a table in a role is found where it is: in that table. */
    private boolean ofARole(Link link) {
        return !(link instanceof Link.ToTable) && isRole(link.table());
    }

    private boolean isRole(TableDescriptor table) {
        return catalog.table(table.name()).isEmpty();
    }

    private void meant(MeaningSearch.Meant meant, Map<String, SchemaMatch> found) {
        Lexicon.Named name = names.get(key(meant.name().table(), meant.name().column()));
        if (name != null) {
            put(found, match(name, "near '" + meant.word() + "'", meant.name().cosine() * MeaningSearch.WEIGHT));
        }
    }

    private static SchemaMatch match(Lexicon.Named name, String words, double score) {
        String table = name.table().name().toString();
        return match(
                name.column().isPresent() ? "column" : "table",
                name.table(),
                name.column().map(c -> table + "." + c.name()).orElse(table),
                words,
                score);
    }

    private static SchemaMatch match(Link link, String words) {
        String table = link.table().name().toString();
        boolean computed = link instanceof Link.ToValue v && isComputed(v.column())
                || link instanceof Link.ToColumn c && isComputed(c.column());
        if (computed) {
            String name = link instanceof Link.ToValue v
                    ? v.column().name()
                    : ((Link.ToColumn) link).column().name();
            return match("term", link.table(), table, name, link.score());
        }
        if (link instanceof Link.ToValue value) {
            return match("value", link.table(), table + "." + value.column().name(), value.value(), link.score());
        }
        return link instanceof Link.ToColumn column
                ? match("column", link.table(), table + "." + column.column().name(), words, link.score())
                : match("table", link.table(), table, words, link.score());
    }

    private static SchemaMatch match(String kind, TableDescriptor table, String element, String words, double score) {
        return new SchemaMatch(kind, element, table.name().source(), words, score);
    }

    /** What an ontology defines has no native type. */
    private static boolean isComputed(ColumnDescriptor column) {
        return column.nativeType().equals("computed");
    }

    private static void put(Map<String, SchemaMatch> found, SchemaMatch match) {
        found.merge(
                match.kind() + " " + match.element() + (match.kind().equals("value") ? " " + match.words() : ""),
                match,
                (a, b) -> a.score() >= b.score() ? a : b);
    }

    private void named(List<String> words, Map<String, SchemaMatch> found) {
        Map<String, String> byStem = new LinkedHashMap<>();
        words.stream()
                .filter(word -> !ignored.contains(word))
                .forEach(word -> byStem.putIfAbsent(Stems.of(word), word));
        if (byStem.isEmpty()) {
            return;
        }
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        for (String stem : byStem.keySet()) {
            should(query, "name", stem, 1);
            should(query, "comment", stem, COMMENT);
            lexicon.similarTo(stem).forEach(other -> should(query, "name", other, SYNONYM));
        }
        index.search(catalog, searcher -> {
            BooleanQuery ofSources = query.add(
                            new TermInSetQuery(IndexFiles.SOURCE, sources), BooleanClause.Occur.FILTER)
                    .setMinimumNumberShouldMatch(1)
                    .build();
            // what the asker may not read is indexed, too: where it fills the first hits, more are looked at
            if (hits(searcher, ofSources, HITS, byStem, found) < HITS / 2) {
                hits(searcher, ofSources, MORE_HITS, byStem, found);
            }
            return found;
        });
        for (Lexicon.Named name : defined) {
            SchemaMatch match = match(name, byStem, 0);
            if (match.score() > 0) {
                put(found, match(name, match.words(), 2 * match.score()));
            }
        }
    }

    /** How many of the hits the asker may read, or how many are wanted where there are no more. */
    private int hits(
            IndexSearcher searcher,
            BooleanQuery query,
            int most,
            Map<String, String> byStem,
            Map<String, SchemaMatch> found)
            throws IOException {
        TopDocs hits = searcher.search(query, most);
        double best = 0;
        int read = 0;
        for (ScoreDoc hit : hits.scoreDocs) {
            NearName place = IndexFiles.name(searcher, hit, 1);
            Lexicon.Named name = names.get(key(place.table(), place.column()));
            if (name != null && read < HITS) {
                best = best == 0 ? hit.score : best;
                put(found, match(name, byStem, hit.score / best));
                read++;
            }
        }
        return hits.scoreDocs.length < most ? most : read;
    }

    private static void should(BooleanQuery.Builder query, String field, String stem, double weight) {
        query.add(new BoostQuery(new TermQuery(new Term(field, stem)), (float) weight), BooleanClause.Occur.SHOULD);
    }

    /** How much of the name the question says counts as much as how rare its words are. */
    private SchemaMatch match(Lexicon.Named name, Map<String, String> byStem, double rank) {
        Set<String> said = new LinkedHashSet<>();
        double covered = 0;
        for (String stem : name.stems()) {
            Optional<String> same = Optional.ofNullable(byStem.get(stem));
            Optional<String> similar = same.isPresent()
                    ? same
                    : byStem.keySet().stream()
                            .filter(s -> lexicon.similar(s, stem))
                            .findFirst()
                            .map(byStem::get);
            similar.ifPresent(said::add);
            covered += same.isPresent() ? 1 : similar.isPresent() ? SYNONYM : 0;
        }
        double coverage = covered / name.stems().size();
        return match(
                name,
                said.isEmpty() ? "in the comment" : said.stream().collect(Collectors.joining(" ")),
                0.5 * coverage + 0.5 * rank);
    }
}
