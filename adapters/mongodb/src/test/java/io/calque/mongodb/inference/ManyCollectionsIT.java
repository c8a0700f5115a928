package io.calque.mongodb.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.sun.management.OperatingSystemMXBean;
import io.calque.embedded.MongoServer;
import io.calque.mongodb.MongoAdapter;
import io.calque.mongodb.MongoFixture;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.bson.BsonArray;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.types.Decimal128;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Many collections of nested documents: 60 of them in every build, 500 with {@code -Pfull}. The first look takes under a minute, the next
 * one, with nothing changed, under five seconds, and it sees whatever did change.
 */
class ManyCollectionsIT {
    private static final int COLLECTIONS = Boolean.getBoolean("calque.full") ? 500 : 60;
    private static final int DOCUMENTS = 300;
    /** Of the targets for 500 collections. */
    private static final double SHARE = COLLECTIONS / 500.0;

    private static MongoServer server;
    private static MongoClient client;
    private static Source source;
    private static Observation first;

    @BeforeAll
    static void start() {
        server = MongoServer.start();
        client = server.connect();
        MongoDatabase database = client.getDatabase("many");
        Random random = new Random(42);
        for (int c = 0; c < COLLECTIONS; c++) {
            List<BsonDocument> documents = new ArrayList<>();
            for (int d = 0; d < DOCUMENTS; d++) {
                documents.add(document(d, random));
            }
            database.getCollection(name(c), BsonDocument.class).insertMany(documents);
        }
        // The bound is tried below; here a busy machine must not leave collections out.
        source = source(Map.of("introspection_seconds", "600"));
        Stopwatch watch = new Stopwatch();
        first = source.introspector().observe(Progress.SILENT);
        assertThat(watch.report("first look")).isLessThan(scaled(60));
        assertThat(first.warnings()).isEmpty();
    }

    private static Source source(Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(
                                MongoFixture.ID,
                                "mongodb",
                                server.database("many").connectionString())
                        .withOptions(options));
    }

    @AfterAll
    static void stop() {
        source.close();
        client.close();
        server.close();
    }

    private static String name(int collection) {
        return String.format("c%03d", collection);
    }

    private static BsonDocument document(int number, Random random) {
        BsonArray lines = new BsonArray();
        for (int i = 0; i < 1 + number % 3; i++) {
            lines.add(new BsonDocument("sku", new BsonString("sku" + random.nextInt(100)))
                    .append("quantity", new BsonInt32(random.nextInt(10)))
                    .append("price", new BsonDecimal128(new Decimal128(random.nextInt(10_000)))));
        }
        return new BsonDocument("_id", new BsonInt32(number))
                .append("name", new BsonString("name " + random.nextInt(1000)))
                .append("at", new BsonDateTime(1_600_000_000_000L + random.nextInt()))
                .append(
                        "address",
                        new BsonDocument("city", new BsonString("city " + random.nextInt(50)))
                                .append(
                                        "geo",
                                        new BsonDocument("lat", new BsonInt32(number))
                                                .append("lon", new BsonInt32(-number))))
                .append("tags", new BsonArray(List.of(new BsonString("a"), new BsonString("b"))))
                .append("lines", lines);
    }

    private static Duration scaled(int seconds) {
        // A second for what does not grow with the collections.
        return Duration.ofMillis((long) (1000 + seconds * 1000 * SHARE));
    }

    /** Wall clock, and the processor's time of this JVM, server and client together, which a busy machine does not stretch. */
    private static final class Stopwatch {
        private static final OperatingSystemMXBean SYSTEM =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

        private final long startedNanos = System.nanoTime();
        private final long startedCpuNanos = SYSTEM.getProcessCpuTime();

        Duration report(String what) {
            Duration passed = Duration.ofNanos(System.nanoTime() - startedNanos);
            System.out.printf(
                    "%d collections of %d documents, %s: %d ms, %d ms of processor time%n",
                    COLLECTIONS,
                    DOCUMENTS,
                    what,
                    passed.toMillis(),
                    (SYSTEM.getProcessCpuTime() - startedCpuNanos) / 1_000_000);
            return passed;
        }
    }

    private static Optional<SourceSnapshot> known(List<TableDescriptor> tables) {
        return Optional.of(new SourceSnapshot(
                MongoFixture.ID, "mongodb", "", tables, Optional.of(Instant.now()), Optional.empty()));
    }

    @Test
    void takesOverWhatDidNotChange() {
        // Other tests have changed some.
        Optional<SourceSnapshot> before = known(source.introspector()
                .observe(known(first.tables()), Progress.SILENT)
                .tables());
        Stopwatch watch = new Stopwatch();
        Observation again = source.introspector().observe(before, Progress.SILENT);
        assertThat(watch.report("nothing changed")).isLessThan(scaled(5));
        // Evidence holds the moment of looking: equal means not looked at again. A failure would list all tables.
        assertThat(Set.copyOf(again.tables())
                        .equals(Set.copyOf(before.orElseThrow().tables())))
                .isTrue();
    }

    /** Each in a collection of its own, set back afterwards. */
    @Test
    void seesWhatChanged() {
        MongoDatabase database = client.getDatabase("many");
        MongoCollection<BsonDocument> grown = database.getCollection(name(1), BsonDocument.class);
        grown.insertOne(new BsonDocument("_id", new BsonInt32(DOCUMENTS)).append("fresh", new BsonInt32(1)));
        MongoCollection<BsonDocument> widened = database.getCollection(name(2), BsonDocument.class);
        // One in a hundred, in the middle, in place.
        widened.updateMany(Filters.in("_id", 100, 150, 200), Updates.set("address.geo.height", new BsonInt32(1)));
        MongoCollection<BsonDocument> renamed = database.getCollection(name(3), BsonDocument.class);
        renamed.updateMany(Filters.empty(), Updates.rename("name", "nome"));
        MongoCollection<BsonDocument> gone = database.getCollection(name(4), BsonDocument.class);
        gone.drop();
        Observation changed = source.introspector().observe(known(first.tables()), Progress.SILENT);
        assertThat(columns(changed, name(1))).contains("fresh");
        assertThat(columns(changed, name(2))).contains("address.geo.height");
        assertThat(columns(changed, name(3))).contains("nome").doesNotContain("name");
        assertThat(columns(changed, name(4))).isEmpty();
        assertThat(columns(changed, name(5))).isEqualTo(columns(first, name(5)));
        grown.deleteOne(Filters.eq("_id", DOCUMENTS));
        widened.updateMany(Filters.empty(), Updates.unset("address.geo.height"));
        renamed.updateMany(Filters.empty(), Updates.rename("nome", "name"));
        Random random = new Random(7);
        for (int d = 0; d < DOCUMENTS; d++) {
            gone.insertOne(document(d, random));
        }
    }

    /** What a short run does not reach, later ones do; what was known stays. */
    @Test
    void goesOnWhereTimeRanOut() {
        List<TableDescriptor> learned = new ArrayList<>();
        int runs = 0;
        try (Source hurried = source(Map.of("introspection_seconds", "1"))) {
            Observation last;
            do {
                last = hurried.introspector()
                        .observe(learned.isEmpty() ? Optional.empty() : known(learned), Progress.SILENT);
                assertThat(last.tables().size()).isGreaterThanOrEqualTo(learned.size());
                learned = last.tables();
                runs++;
            } while (!last.warnings().isEmpty() && runs < 200);
            assertThat(last.warnings()).isEmpty();
        }
        assertThat(learned.stream().map(t -> t.name().table()).collect(Collectors.toSet()))
                .isEqualTo(first.tables().stream().map(t -> t.name().table()).collect(Collectors.toSet()));
    }

    @Test
    void tellsHowFarItHasComeAndKeepsToItsPermits() {
        Set<Long> threads = ConcurrentHashMap.newKeySet();
        Set<Long> done = ConcurrentHashMap.newKeySet();
        source.introspector().observe(known(first.tables()), (finished, total, what) -> {
            threads.add(Thread.currentThread().getId());
            done.add(finished);
            assertThat(total).isEqualTo(COLLECTIONS);
        });
        assertThat(threads.size()).isBetween(1, SourceConfig.DEFAULT_PERMITS + 1);
        assertThat(done).contains((long) COLLECTIONS);
    }

    private static List<String> columns(Observation observation, String table) {
        return observation.tables().stream()
                .filter(t -> t.name().table().equals(table))
                .flatMap(t -> t.columns().stream())
                .map(c -> c.name())
                .toList();
    }
}
