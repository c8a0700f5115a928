package io.calque.nl2plan.search;

import io.calque.spi.catalog.CatalogSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.util.BytesRef;

/**
 * What stands in the index: a document for each name, and one for each phrase that has a vector, so that a phrase that many columns share is made a
 * vector of once. Whoever writes holds Lucene's lock for that long only. Stateless but for what it is given.
 */
final class IndexFiles {
    static final String NAME = "name";
    static final String COMMENT = "comment";
    static final String SOURCE = "source";
    /** Of a name: its words, spelled out. */
    static final String PHRASE = "phrase";
    /** Of a phrase that has a vector: itself. */
    static final String MEANING = "meaning";

    private static final String OF_TABLE = "of_table";
    private static final String TABLE = "table";
    private static final String COLUMN = "column";
    private static final String VECTOR = "vector";
    private static final int MOST_OF_ONE_PHRASE = 40;

    private final VectorTier vectors;

    IndexFiles(VectorTier vectors) {
        this.vectors = vectors;
    }

    static Directory inMemory() {
        return new ByteBuffersDirectory();
    }

    static Directory onDisk(Path folder) throws IOException {
        Files.createDirectories(folder);
        return FSDirectory.open(folder);
    }

    static Optional<DirectoryReader> reader(Directory directory) throws IOException {
        return DirectoryReader.indexExists(directory) ? Optional.of(DirectoryReader.open(directory)) : Optional.empty();
    }

    static IndexStamp stamp(DirectoryReader reader) throws IOException {
        return IndexStamp.read(reader.getIndexCommit().getUserData());
    }

    /** Without opening the index. */
    static IndexStamp stamp(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return IndexStamp.NONE;
        }
        try (Directory directory = FSDirectory.open(folder)) {
            return DirectoryReader.indexExists(directory)
                    ? IndexStamp.read(SegmentInfos.readLatestCommit(directory).getUserData())
                    : IndexStamp.NONE;
        }
    }

    /** Removes the files of an index that nobody writes. */
    static void wipe(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Directory directory = FSDirectory.open(folder);
                Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME);
                Stream<Path> files = Files.list(folder)) {
            lock.ensureValid();
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (!file.endsWith(IndexWriter.WRITE_LOCK_NAME)) {
                    Files.delete(file);
                }
            }
        }
    }

    boolean ofOtherEmbedder(IndexStamp stamp) {
        return !vectors.isOff()
                && !stamp.embedder().isEmpty()
                && !stamp.embedder().equals(vectors.name());
    }

    private static IndexWriter writer(Directory directory) throws IOException {
        return new IndexWriter(
                directory,
                new IndexWriterConfig(new WhitespaceAnalyzer())
                        .setCommitOnClose(false)
                        .setMergeScheduler(new SerialMergeScheduler())
                        .setRAMBufferSizeMB(64));
    }

    /** Indexes the tables that differ from what they were, and no other. */
    IndexStamp repair(Directory directory, IndexStamp stamp, CatalogSnapshot catalog, String digest, Instant now)
            throws IOException {
        Map<String, TableText> texts = CatalogText.of(catalog, Thesaurus.load());
        Map<String, String> fingerprints = new TreeMap<>();
        texts.forEach((key, text) -> fingerprints.put(key, text.fingerprint()));
        Set<String> gone = new TreeSet<>(stamp.tables().keySet());
        gone.removeAll(fingerprints.keySet());
        Set<String> changed = new TreeSet<>();
        fingerprints.forEach((key, fingerprint) -> {
            if (!fingerprint.equals(stamp.tables().get(key))) {
                changed.add(key);
            }
        });
        boolean otherEmbedder = ofOtherEmbedder(stamp);
        boolean first = stamp.tables().isEmpty();
        Optional<IndexRepair> repaired = first
                ? stamp.repaired()
                : Optional.of(new IndexRepair(
                        now,
                        catalog.version(),
                        "the search index was of version " + stamp.version() + " of the registry: " + changed.size()
                                + " of " + texts.size() + " tables were indexed anew, " + gone.size() + " left"
                                + (otherEmbedder ? ", vectors by " + stamp.embedder() + " removed" : "")));
        IndexStamp made = new IndexStamp(
                catalog.version(), digest, otherEmbedder ? "" : stamp.embedder(), fingerprints, repaired);
        try (IndexWriter writer = writer(directory)) {
            if (first) {
                writer.deleteAll();
            }
            for (String key : gone) {
                writer.deleteDocuments(new Term(TABLE, key));
            }
            for (String key : changed) {
                TableText text = texts.get(key);
                if (text != null) {
                    writer.updateDocuments(new Term(TABLE, key), documents(key, text));
                }
            }
            if (otherEmbedder) {
                try (DirectoryReader reader = DirectoryReader.open(writer)) {
                    for (String phrase : terms(reader, MEANING)) {
                        writer.deleteDocuments(new Term(MEANING, phrase));
                    }
                }
            }
            writer.setLiveCommitData(made.data().entrySet());
            writer.commit();
        }
        return made;
    }

    private static List<Document> documents(String key, TableText text) {
        List<Document> documents = new ArrayList<>();
        for (NameText name : text.names()) {
            Document document = new Document();
            document.add(new StringField(TABLE, key, Field.Store.YES));
            document.add(new StringField(SOURCE, text.table().source().value(), Field.Store.NO));
            document.add(new StoredField(COLUMN, name.column()));
            document.add(new StringField(PHRASE, name.phrase(), Field.Store.NO));
            if (name.column().isEmpty()) {
                document.add(new StringField(OF_TABLE, name.phrase(), Field.Store.NO));
            }
            document.add(new TextField(NAME, String.join(" ", name.stems()), Field.Store.NO));
            if (!name.comment().isEmpty()) {
                document.add(new TextField(COMMENT, String.join(" ", name.comment()), Field.Store.NO));
            }
            documents.add(document);
        }
        return documents;
    }

    /** Adds phrases with their vectors. */
    IndexStamp add(Directory directory, IndexStamp stamp, Map<String, float[]> phrases) throws IOException {
        IndexStamp made = stamp.embeddedBy(vectors.name());
        try (IndexWriter writer = writer(directory)) {
            for (Map.Entry<String, float[]> phrase : phrases.entrySet()) {
                Document document = new Document();
                document.add(new StringField(MEANING, phrase.getKey(), Field.Store.YES));
                document.add(new KnnFloatVectorField(VECTOR, phrase.getValue(), VectorSimilarityFunction.DOT_PRODUCT));
                writer.updateDocument(new Term(MEANING, phrase.getKey()), document);
            }
            writer.setLiveCommitData(made.data().entrySet());
            writer.commit();
        }
        return made;
    }

    /** Phrases without a vector, those of tables first. */
    static List<String> withoutVector(IndexReader reader) throws IOException {
        Set<String> phrases = new LinkedHashSet<>(terms(reader, OF_TABLE));
        phrases.addAll(terms(reader, PHRASE));
        phrases.removeAll(new HashSet<>(terms(reader, MEANING)));
        return List.copyOf(phrases);
    }

    static int count(IndexReader reader, String field) throws IOException {
        return terms(reader, field).size();
    }

    private static List<String> terms(IndexReader reader, String field) throws IOException {
        List<String> found = new ArrayList<>();
        Terms terms = MultiTerms.getTerms(reader, field);
        if (terms != null) {
            TermsEnum each = terms.iterator();
            for (BytesRef term = each.next(); term != null; term = each.next()) {
                found.add(term.utf8ToString());
            }
        }
        return found;
    }

    /** A name's place, of a document that was found. */
    static NearName name(IndexSearcher searcher, ScoreDoc hit, double score) throws IOException {
        Document document = searcher.storedFields().document(hit.doc);
        return new NearName(document.get(TABLE), document.get(COLUMN), score);
    }

    static List<NearName> nearest(IndexSearcher searcher, float[] vector, int most, double least) throws IOException {
        List<NearName> names = new ArrayList<>();
        for (ScoreDoc phrase : searcher.search(new KnnFloatVectorQuery(VECTOR, vector, most), most).scoreDocs) {
            // Lucene's score is (1 + cosine) / 2
            double cosine = 2 * phrase.score - 1;
            if (cosine < least) {
                break;
            }
            Document document = searcher.storedFields().document(phrase.doc);
            TermQuery same = new TermQuery(new Term(PHRASE, document.get(MEANING)));
            for (ScoreDoc hit : searcher.search(same, MOST_OF_ONE_PHRASE).scoreDocs) {
                names.add(name(searcher, hit, cosine));
            }
        }
        return names;
    }
}
