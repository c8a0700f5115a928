package io.calque.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.SampleTables;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.SourceSnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several writers and readers on one file, over connections as separate as those of several processes. */
@Timeout(120)
class RegistryConcurrencyTest {
    private static final int PUBLICATIONS = 20;
    private static final int TABLES = 30;

    @TempDir
    Path directory;

    @Test
    void everyPublicationIsAVersionAndEverySnapshotIsWhole() throws Exception {
        Path file = directory.resolve("registry.db");
        ExecutorService threads = Executors.newCachedThreadPool();
        try (Registry one = Registry.open(file, Clock.systemUTC());
                Registry two = Registry.open(file, Clock.systemUTC());
                Registry readOnly = Registry.open(file, Clock.systemUTC())) {
            AtomicBoolean done = new AtomicBoolean();
            Future<Long> reader = threads.submit(() -> {
                long last = 0;
                while (!done.get()) {
                    CatalogSnapshot seen = readOnly.snapshotAt(last).orElseThrow();
                    assertThat(seen.sources()).allSatisfy(RegistryConcurrencyTest::whole);
                    last = readOnly.history().size();
                }
                return last;
            });
            List<Future<?>> writers = new ArrayList<>();
            writers.add(threads.submit(() -> publish(one, "a")));
            writers.add(threads.submit(() -> publish(one, "b")));
            writers.add(threads.submit(() -> publish(two, "c")));
            for (Future<?> writer : writers) {
                writer.get(100, TimeUnit.SECONDS);
            }
            done.set(true);
            reader.get(10, TimeUnit.SECONDS);

            assertThat(one.history())
                    .extracting(RegistryVersion::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 3 * PUBLICATIONS).boxed().toList());
            assertThat(two.publish(observation("c", PUBLICATIONS)).published()).isFalse();
            assertThat(two.current().sources()).hasSize(3).allSatisfy(RegistryConcurrencyTest::whole);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anotherProcessWritesToTheSameFile() throws Exception {
        Path file = directory.resolve("shared.db");
        Process other = VictimProcess.start("introspect", file.toString());
        try (Registry mine = Registry.open(file, Clock.systemUTC(), Duration.ofSeconds(60))) {
            publish(mine, "mine");
            long before = mine.current().version();
            // It goes on, and what it publishes is seen here.
            while (other.isAlive()
                    && mine.snapshotAt(before + 2).isEmpty()
                    && mine.current().source(VictimProcess.SOURCE).isPresent()) {
                Thread.onSpinWait();
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (Registry after = Registry.open(file, Clock.systemUTC())) {
            assertThat(after.history())
                    .extracting(RegistryVersion::version)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, after.current().version())
                                    .boxed()
                                    .toList());
            assertThat(after.history()).extracting(RegistryVersion::cause).contains("introspected mine");
            whole(after.current().source(new SourceId("mine")).orElseThrow());
            SourceSnapshot others = after.current().source(VictimProcess.SOURCE).orElseThrow();
            assertThat(others.tables())
                    .hasSize(VictimProcess.TABLES)
                    .allSatisfy(t ->
                            assertThat(t.columns()).hasSize(others.product().equals("five") ? 5 : 8));
        }
        assertThat(new RegistryBackup(Clock.systemUTC()).problems(file)).isEmpty();
    }

    private static void publish(Registry registry, String source) {
        for (int round = 1; round <= PUBLICATIONS; round++) {
            registry.publish(observation(source, round));
        }
    }

    private static SourceObservation observation(String source, int round) {
        SourceId id = new SourceId(source);
        return new SourceObservation(id, "fake", "round " + round, SampleTables.many(id, TABLES, round), Instant.EPOCH);
    }

    /** All tables of one round, none of another. */
    private static void whole(SourceSnapshot source) {
        int round = Integer.parseInt(source.product().substring("round ".length()));
        assertThat(source.tables())
                .hasSize(TABLES)
                .allSatisfy(t -> assertThat(t.columns()).hasSize(round));
    }
}
