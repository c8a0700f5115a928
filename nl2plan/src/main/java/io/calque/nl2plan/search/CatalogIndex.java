package io.calque.nl2plan.search;

import io.calque.spi.catalog.CatalogSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of a registry's catalog as a Lucene index beside it: words for BM25, vectors in an HNSW graph. It is opened when a question
 * first needs it, as it was left; what differs from the registry by then is indexed anew. An index that cannot be read is made anew; where it
 * cannot be written, because another process does so or the disk does not let it, one in memory takes its place. Thread-safe.
 */
public final class CatalogIndex implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogIndex.class);
    private static final int BATCH = 128;

    private final Optional<Path> folder;
    private final Clock clock;
    private final VectorTier vectors;
    private final IndexFiles files;
    private @Nullable Opened opened;
    /** The digest of the catalog all of whose names have vectors. */
    private String embedded = "";

    /** What is searched. */
    private record Opened(
            CatalogSnapshot catalog, IndexStamp stamp, Directory directory, boolean onDisk, DirectoryReader reader) {
        Opened of(CatalogSnapshot other) {
            return new Opened(other, stamp, directory, onDisk, reader);
        }
    }

    /**
     * What is searched with.
     *
     * @param <T> what comes of it
     */
    interface Use<T> {
        T of(IndexSearcher searcher) throws IOException;
    }

    /**
     * @param folder of the index's own, made where it is missing; empty for an index in memory
     */
    public CatalogIndex(Optional<Path> folder, VectorTier vectors, Clock clock) {
        this.folder = folder;
        this.vectors = vectors;
        this.clock = clock;
        this.files = new IndexFiles(vectors);
    }

    /** Without a disk and without vectors. */
    public static CatalogIndex inMemory() {
        return new CatalogIndex(Optional.empty(), VectorTier.off(), Clock.systemUTC());
    }

    /** Searches what is indexed of a catalog, after it is made equal to it. */
    <T> T search(CatalogSnapshot catalog, Use<T> use) {
        try {
            return searched(catalog, use);
        } catch (IOException e) {
            LOG.warn("the search index cannot be read and is made anew: {}", e.toString());
            discard();
            try {
                return searched(catalog, use);
            } catch (IOException again) {
                throw new UncheckedIOException(again);
            }
        }
    }

    private <T> T searched(CatalogSnapshot catalog, Use<T> use) throws IOException {
        DirectoryReader reader = acquired(catalog);
        try {
            return use.of(new IndexSearcher(reader));
        } finally {
            reader.decRef();
        }
    }

    private synchronized DirectoryReader acquired(CatalogSnapshot catalog) throws IOException {
        DirectoryReader reader = at(catalog).reader();
        reader.incRef();
        return reader;
    }

    private synchronized Opened at(CatalogSnapshot catalog) throws IOException {
        Opened now = opened;
        if (now != null && (now.catalog() == catalog || now.catalog().version() > catalog.version())) {
            return now;
        }
        String digest = CatalogText.digest(catalog);
        if (now != null && now.stamp().catalog().equals(digest)) {
            now = now.of(catalog);
        } else {
            now = opened(catalog, digest);
            replace(now);
        }
        opened = now;
        return now;
    }

    private void replace(Opened by) throws IOException {
        Opened former = opened;
        opened = by;
        if (former != null) {
            former.reader().decRef();
            if (former.directory() != by.directory()) {
                former.directory().close();
            }
        }
    }

    private Opened opened(CatalogSnapshot catalog, String digest) throws IOException {
        if (folder.isPresent()) {
            try {
                return onDisk(folder.get(), catalog, digest);
            } catch (LockObtainFailedException e) {
                LOG.info("another process writes the search index in {}; this one has its own in memory", folder.get());
            } catch (IOException | RuntimeException e) {
                // Lucene meets files that it did not write with exceptions of many kinds
                LOG.warn("the search index in {} cannot be used and is made anew: {}", folder.get(), e.toString());
                Optional<Opened> anew = anew(folder.get(), catalog, digest);
                if (anew.isPresent()) {
                    return anew.get();
                }
            }
        }
        Directory memory = IndexFiles.inMemory();
        return made(memory, IndexStamp.NONE, catalog, digest, false);
    }

    private Optional<Opened> anew(Path at, CatalogSnapshot catalog, String digest) {
        try {
            IndexFiles.wipe(at);
            return Optional.of(onDisk(at, catalog, digest));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the search index in {} cannot be made; it is kept in memory: {}", at, e.toString());
            return Optional.empty();
        }
    }

    private Opened onDisk(Path at, CatalogSnapshot catalog, String digest) throws IOException {
        Directory directory = IndexFiles.onDisk(at);
        try {
            Optional<DirectoryReader> reader = IndexFiles.reader(directory);
            IndexStamp stamp = reader.isPresent() ? IndexFiles.stamp(reader.get()) : IndexStamp.NONE;
            if (reader.isPresent() && stamp.catalog().equals(digest) && !files.ofOtherEmbedder(stamp)) {
                return new Opened(catalog, stamp, directory, true, reader.get());
            }
            if (reader.isPresent()) {
                reader.get().close();
            }
            return made(directory, stamp, catalog, digest, true);
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    private Opened made(Directory directory, IndexStamp stamp, CatalogSnapshot catalog, String digest, boolean disk)
            throws IOException {
        long start = System.nanoTime();
        IndexStamp now = files.repair(directory, stamp, catalog, digest, clock.instant());
        LOG.debug(
                "search index is of version {} now took={}ms {}",
                catalog.version(),
                Duration.ofNanos(System.nanoTime() - start).toMillis(),
                now.repaired().map(IndexRepair::what).orElse("made anew"));
        return new Opened(catalog, now, directory, disk, DirectoryReader.open(directory));
    }

    private synchronized void discard() {
        Opened former = opened;
        opened = null;
        if (former != null) {
            try {
                former.reader().decRef();
                former.directory().close();
            } catch (IOException e) {
                LOG.debug("the search index did not close", e);
            }
        }
        folder.ifPresent(at -> {
            try {
                IndexFiles.wipe(at);
            } catch (IOException e) {
                LOG.debug("the search index cannot be removed", e);
            }
        });
    }

    /** Names whose meaning is near a text's, nearest first; none where there are no vectors by the end of one's patience. */
    List<NearName> nearest(CatalogSnapshot catalog, String text, int most, double least, Duration patience) {
        if (vectors.isOff()) {
            return List.of();
        }
        vectors.start(() -> embed(catalog));
        vectors.await(patience);
        embedWhatCame(catalog);
        Optional<float[]> vector = vectors.vector(text);
        return vector.isEmpty()
                ? List.of()
                : search(catalog, searcher -> IndexFiles.nearest(searcher, vector.get(), most, least));
    }

    private synchronized void embedWhatCame(CatalogSnapshot catalog) {
        Opened now = opened;
        if (vectors.state() == VectorState.READY
                && now != null
                && !now.stamp().catalog().equals(embedded)) {
            vectors.state(VectorState.EMBEDDING);
            vectors.execute(() -> embed(catalog));
        }
    }

    /** Makes vectors of the phrases that have none, a batch at a time, until the budget is used up. */
    private void embed(CatalogSnapshot catalog) {
        vectors.state(VectorState.EMBEDDING);
        long end = System.nanoTime() + vectors.budget().toNanos();
        try {
            List<String> left = search(catalog, s -> IndexFiles.withoutVector(s.getIndexReader()));
            while (!left.isEmpty()) {
                Map<String, float[]> batch = new LinkedHashMap<>();
                long flush = System.nanoTime() + Duration.ofSeconds(1).toNanos();
                List<String> rest = new ArrayList<>(left);
                for (String phrase : left.subList(0, Math.min(BATCH, left.size()))) {
                    vectors.vector(phrase).ifPresent(v -> batch.put(phrase, v));
                    rest.remove(0);
                    if (System.nanoTime() > flush) {
                        break;
                    }
                }
                add(batch);
                left = rest;
                if (System.nanoTime() > end && !left.isEmpty()) {
                    LOG.info("names left without vectors={}: the time for them is used up", left.size());
                    vectors.state(VectorState.STOPPED);
                    return;
                }
            }
            ready();
        } catch (IOException | RuntimeException e) {
            LOG.warn("names cannot be made vectors of; search goes on without: {}", e.toString());
            vectors.state(VectorState.UNAVAILABLE);
        }
    }

    private synchronized void ready() {
        embedded = opened == null ? "" : opened.stamp().catalog();
        vectors.state(VectorState.READY);
    }

    private synchronized void add(Map<String, float[]> batch) throws IOException {
        Opened now = opened;
        if (now == null) {
            return;
        }
        IndexStamp stamp = files.add(now.directory(), now.stamp(), batch);
        replace(new Opened(now.catalog(), stamp, now.directory(), now.onDisk(), DirectoryReader.open(now.directory())));
    }

    /** What the index is now, for people. */
    public synchronized IndexState state() {
        Opened now = opened;
        String place = folder.map(Path::toString).orElse("");
        if (now == null) {
            return new IndexState(place, "not opened", 0, 0, 0, 0, vectors.name(), vectors.state());
        }
        try {
            return new IndexState(
                    now.onDisk() ? place : "",
                    now.onDisk() ? "on disk" : "in memory",
                    now.stamp().version(),
                    now.stamp().tables().size(),
                    IndexFiles.count(now.reader(), IndexFiles.PHRASE),
                    IndexFiles.count(now.reader(), IndexFiles.MEANING),
                    vectors.name(),
                    vectors.state());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How the index differs from the registry, by which the next question has it repaired; empty where it does not. */
    public synchronized Optional<IndexRepair> stale(CatalogSnapshot catalog) {
        IndexStamp stamp = stamp();
        if (stamp.equals(IndexStamp.NONE)) {
            return Optional.empty();
        }
        List<String> what = new ArrayList<>();
        if (!stamp.catalog().equals(CatalogText.digest(catalog))) {
            what.add("the search index is of version " + stamp.version() + " of the registry");
        }
        if (files.ofOtherEmbedder(stamp)) {
            what.add("its vectors are by " + stamp.embedder());
        }
        return what.isEmpty()
                ? Optional.empty()
                : Optional.of(new IndexRepair(clock.instant(), catalog.version(), String.join(", ", what)));
    }

    /** The last time that it was found to differ. */
    public synchronized Optional<IndexRepair> repaired() {
        return stamp().repaired();
    }

    private IndexStamp stamp() {
        Opened now = opened;
        if (now != null) {
            return now.stamp();
        }
        try {
            return folder.isPresent() ? IndexFiles.stamp(folder.get()) : IndexStamp.NONE;
        } catch (IOException | RuntimeException e) {
            // what cannot be read is made anew by the next question
            return IndexStamp.NONE;
        }
    }

    @Override
    public synchronized void close() {
        Opened now = opened;
        opened = null;
        if (now != null) {
            try {
                now.reader().decRef();
                now.directory().close();
            } catch (IOException e) {
                LOG.debug("the search index did not close", e);
            }
        }
    }
}
