package io.calque.nl2plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.nl2plan.embed.Embedder;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.question.SchemaMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The index lies beside the registry, is found as it was left, follows the registry, and never fails a question. */
class CatalogIndexTest {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final AtomicInteger embedded = new AtomicInteger();

    @TempDir
    private Path folder;

    @Test
    void isFoundAsItWasLeft() throws IOException {
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog(1, "customer name city", "invoice total"), "invoices"))
                    .contains("table shop.public.invoice");
        }
        Map<Path, FileTime> written = files();
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog(1, "customer name city", "invoice total"), "invoices"))
                    .contains("table shop.public.invoice");
            assertThat(index.state().status()).isEqualTo("on disk");
            assertThat(index.repaired()).isEmpty();
        }
        assertThat(files()).isEqualTo(written);
    }

    @Test
    void indexesOnlyTheTablesThatChanged() {
        try (CatalogIndex index = index("first")) {
            found(index, catalog(1, "customer name", "invoice total", "artist name"), "customer");
        }
        CatalogSnapshot later = catalog(4, "customer name", "invoice total discount", "label name");
        try (CatalogIndex index = index("first")) {
            assertThat(index.stale(later).orElseThrow().what())
                    .isEqualTo("the search index is of version 1 of the registry");
            assertThat(found(index, later, "discounts of labels"))
                    .contains("column shop.public.invoice.discount", "table shop.public.label");
            assertThat(index.stale(later)).isEmpty();
            assertThat(index.repaired())
                    .contains(
                            new IndexRepair(
                                    NOW,
                                    4,
                                    "the search index was of version 1 of the registry: 2 of 3 tables were indexed anew, 1 left"));
        }
        try (CatalogIndex index = index("first")) {
            assertThat(index.repaired()).isPresent();
            assertThat(found(index, later, "artists")).doesNotContain("table shop.public.artist");
        }
    }

    @Test
    void makesAnUnreadableIndexAnew() throws IOException {
        CatalogSnapshot catalog = catalog(1, "customer name", "invoice total");
        try (CatalogIndex index = index("first")) {
            found(index, catalog, "customer");
        }
        try (Stream<Path> files = Files.list(folder.resolve("search"))) {
            for (Path file : files.filter(f -> !f.toString().endsWith("lock")).toList()) {
                Files.writeString(file, "no longer an index");
            }
        }
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog, "invoices")).contains("table shop.public.invoice");
            assertThat(index.state().status()).isEqualTo("on disk");
        }
    }

    @Test
    void worksInMemoryWhileAnotherProcessWrites() throws IOException {
        CatalogSnapshot catalog = catalog(1, "customer name", "invoice total");
        Files.createDirectories(folder.resolve("search"));
        try (FSDirectory directory = FSDirectory.open(folder.resolve("search"));
                Lock other = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME);
                CatalogIndex index = index("first")) {
            other.ensureValid();
            assertThat(found(index, catalog, "invoices")).contains("table shop.public.invoice");
            assertThat(index.state().status()).isEqualTo("in memory");
        }
    }

    @Test
    void worksInMemoryWhereNothingCanBeWritten() throws IOException {
        Files.writeString(folder.resolve("search"), "a file where the folder would be");
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog(1, "customer name"), "customers")).contains("table shop.public.customer");
            assertThat(index.state().status()).isEqualTo("in memory");
        }
    }

    @Test
    void twoOnOneFolderRead() {
        CatalogSnapshot catalog = catalog(1, "customer name", "invoice total");
        try (CatalogIndex one = index("first");
                CatalogIndex other = index("first")) {
            assertThat(found(one, catalog, "invoices")).contains("table shop.public.invoice");
            assertThat(found(other, catalog, "invoices")).contains("table shop.public.invoice");
            assertThat(other.state().status()).isEqualTo("on disk");
        }
    }

    @Test
    void keepsVectorsUntilAnotherEmbedderComes() {
        CatalogSnapshot catalog = catalog(1, "customer name", "invoice total");
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog, "zzzcustomer")).contains("table shop.public.customer");
            assertThat(index.state().vectors()).isEqualTo(4);
        }
        int before = embedded.get();
        try (CatalogIndex index = index("first")) {
            assertThat(found(index, catalog, "zzzinvoice")).contains("table shop.public.invoice");
            assertThat(embedded.get() - before).as("only the question's word").isEqualTo(1);
        }
        try (CatalogIndex index = index("second")) {
            assertThat(index.stale(catalog).orElseThrow().what()).isEqualTo("its vectors are by first");
            assertThat(found(index, catalog, "zzzinvoice")).contains("table shop.public.invoice");
            assertThat(index.state().vectors()).isEqualTo(4);
            assertThat(index.repaired().orElseThrow().what()).endsWith("vectors by first removed");
        }
    }

    @Test
    void makesVectorsOfWhatCame() {
        try (CatalogIndex index = index("first")) {
            found(index, catalog(1, "customer name"), "zzzcustomer");
            CatalogSnapshot later = catalog(2, "customer name", "invoice total");
            found(index, later, "zzzcustomer");
            assertThat(found(index, later, "zzzinvoice")).contains("table shop.public.invoice");
            assertThat(index.state().vectorState()).isEqualTo(VectorState.READY);
        }
    }

    @Test
    void goesWithoutAModelThatDoesNotLoad() {
        VectorTier broken = new VectorTier(
                "broken",
                () -> {
                    throw new UnsatisfiedLinkError("not on this platform");
                },
                Runnable::run,
                Duration.ofSeconds(5));
        try (CatalogIndex index = new CatalogIndex(Optional.empty(), broken, Clock.systemUTC())) {
            assertThat(found(index, catalog(1, "customer name"), "zzzcustomer of a customer"))
                    .containsExactly("table shop.public.customer");
            assertThat(index.state().vectorState()).isEqualTo(VectorState.UNAVAILABLE);
        }
    }

    private Map<Path, FileTime> files() throws IOException {
        Map<Path, FileTime> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder.resolve("search"))) {
            for (Path file : (Iterable<Path>) all::iterator) {
                files.put(file, Files.getLastModifiedTime(file));
            }
        }
        return files;
    }

    private CatalogIndex index(String embedder) {
        return new CatalogIndex(
                Optional.of(folder.resolve("search")),
                new VectorTier(
                        embedder, () -> Optional.of(new Letters(embedder)), Runnable::run, Duration.ofSeconds(5)),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static List<String> found(CatalogIndex index, CatalogSnapshot catalog, String question) {
        return NamedTables.found(catalog, index, question, 40)
                .map((SchemaMatch m) -> m.kind() + " " + m.element())
                .toList();
    }

    private static CatalogSnapshot catalog(long version, String... tables) {
        return NamedTables.catalog("shop", version, List.of(tables));
    }

    /** Texts are near that share letters. */
    private final class Letters implements Embedder {
        private final String name;

        Letters(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int dimensions() {
            return 26;
        }

        @Override
        public float[] embed(String text) {
            embedded.incrementAndGet();
            float[] vector = new float[26];
            text.replace("zzz", "").chars().filter(c -> c >= 'a' && c <= 'z').forEach(c -> vector[c - 'a']++);
            double length = 0;
            for (float v : vector) {
                length += v * v;
            }
            for (int i = 0; i < vector.length; i++) {
                vector[i] /= (float) Math.sqrt(length);
            }
            return vector;
        }
    }
}
