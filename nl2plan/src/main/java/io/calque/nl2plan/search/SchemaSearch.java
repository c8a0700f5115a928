package io.calque.nl2plan.search;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.question.SchemaMatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.store.ByteBuffersDirectory;

/**
 * The tables, columns and values that words name, in tiers: what is written down and values exactly, then names and comments by BM25
 * (Robertson and Zaragoza, 2009; Lucene's). The index is in memory and made of one version of the catalog, so that it is never stale.
 * Immutable, thread-safe.
 */
public final class SchemaSearch {
    private static final int HITS = 100;
    private static final int LONGEST_PHRASE = 4;
    private static final double SYNONYM = 0.6;
    private static final double COMMENT = 0.4;

    private final Lexicon lexicon;
    private final Set<String> ignored;
    private final List<Lexicon.Named> names = new ArrayList<>();
    private final IndexSearcher searcher;

    /**
     * @param ignored words of questions that name nothing
     */
    public SchemaSearch(Lexicon lexicon, Set<String> ignored) {
        this.lexicon = lexicon;
        this.ignored = ignored;
        this.searcher = index(lexicon);
    }

    private IndexSearcher index(Lexicon catalog) {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        try {
            try (IndexWriter writer = new IndexWriter(
                    directory,
                    new IndexWriterConfig(new WhitespaceAnalyzer())
                            // merges neighbours alone: a document's number is its place
                            .setMergePolicy(new LogDocMergePolicy())
                            .setRAMBufferSizeMB(64))) {
                for (Lexicon.Named name : (Iterable<Lexicon.Named>) catalog.names()::iterator) {
                    Document document = new Document();
                    document.add(new TextField("name", String.join(" ", name.stems()), Field.Store.NO));
                    String comment = name.column()
                            .map(ColumnDescriptor::comment)
                            .orElse(name.table().comment());
                    if (!comment.isEmpty()) {
                        document.add(new TextField("comment", String.join(" ", stems(comment)), Field.Store.NO));
                    }
                    writer.addDocument(document);
                    names.add(name);
                }
            }
            return new IndexSearcher(DirectoryReader.open(directory));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> stems(String text) {
        return words(text).stream().map(Stems::of).toList();
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** Best first, at most {@code limit}. */
    public List<SchemaMatch> find(String question, int limit) {
        List<String> words = words(question);
        Map<String, SchemaMatch> found = new LinkedHashMap<>();
        certain(words, found);
        named(words, found);
        return found.values().stream()
                .sorted(Comparator.comparingDouble(SchemaMatch::score)
                        .reversed()
                        .thenComparing(SchemaMatch::element)
                        .thenComparing(SchemaMatch::words))
                .limit(limit)
                .toList();
    }

    private void certain(List<String> words, Map<String, SchemaMatch> found) {
        for (int from = 0; from < words.size(); from++) {
            for (int to = from + 1; to <= Math.min(words.size(), from + LONGEST_PHRASE); to++) {
                List<String> phrase = words.subList(from, to);
                if (to == from + 1 && ignored.contains(phrase.get(0))) {
                    continue;
                }
                for (Link link : lexicon.certain(phrase)) {
                    put(found, match(link, String.join(" ", phrase)));
                }
            }
        }
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
        try {
            TopDocs hits = searcher.search(query.build(), HITS);
            double best = hits.scoreDocs.length == 0 ? 1 : hits.scoreDocs[0].score;
            for (ScoreDoc hit : hits.scoreDocs) {
                put(found, match(names.get(hit.doc), byStem, hit.score / best));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        String table = name.table().name().toString();
        return match(
                name.column().isPresent() ? "column" : "table",
                name.table(),
                name.column().map(c -> table + "." + c.name()).orElse(table),
                said.isEmpty() ? "in the comment" : said.stream().collect(Collectors.joining(" ")),
                0.5 * coverage + 0.5 * rank);
    }
}
