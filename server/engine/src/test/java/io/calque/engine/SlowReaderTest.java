package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.batch.ColumnBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A reader that takes its time keeps neither the source's permit nor the rows in memory: they wait on disk. */
@Timeout(120)
class SlowReaderTest {
    private static final int ROWS = 400_000;
    private static final long MEMORY = 8L << 20;

    @TempDir
    private Path directory;

    private EngineFixture fixture(FakeSource source, long disk) {
        EngineConfig config = new EngineConfig(MEMORY, MEMORY, Duration.ofMinutes(2), 4, 10, disk, directory);
        return new EngineFixture(config, AccessPolicy.allowAll(), source);
    }

    @Test
    void givesThePermitToOthersAndKeepsItsPlace() throws IOException {
        FakeSource source = new FakeSource("a", 1, ROWS, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = fixture(source, 1L << 30);
                QueryRun slow =
                        fixture.session.prepare("select id, name from t").run(List.of(), RunOptions.DEFAULT)) {
            Optional<ColumnBatch> first = slow.next();

            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of((long) ROWS));
            assertThat(source.sessions.get()).as("connections still held").isZero();

            long expected = 0;
            for (Optional<ColumnBatch> batch = first; batch.isPresent(); batch = slow.next()) {
                for (int i = 0; i < batch.get().rows(); i++, expected++) {
                    assertThat(batch.get().columns().get(0).get(i)).isEqualTo(expected);
                    assertThat(batch.get().columns().get(1).get(i)).isEqualTo("row " + expected);
                }
            }
            assertThat(expected).isEqualTo(ROWS);
            assertThat(
                            fixture.rows(
                                    "select q.peak_memory_bytes < 4000000, s.spooled_bytes > 4000000 from system.queries q"
                                            + " join system.query_sources s using (query_id) where q.sql = 'select id, name from t'"))
                    .containsExactly(List.of(true, true));
        }
        assertThat(source.mostOpen.get()).isEqualTo(1);
        assertNothingLeft();
    }

    @Test
    void leavesNothingBehindWhenClosedEarly() throws IOException {
        FakeSource source = new FakeSource("a", 1, ROWS, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = fixture(source, 1L << 30)) {
            QueryRun slow = fixture.session.prepare("select id, name from t").run(List.of(), RunOptions.DEFAULT);
            slow.next();
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of((long) ROWS));
            slow.close();
            assertThat(source.open.get()).isZero();
        }
        assertNothingLeft();
    }

    @Test
    void endsWithWhatToRaiseWhenTheDiskIsUsedUp() throws IOException {
        FakeSource source = new FakeSource("a", 1, ROWS, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = fixture(source, 1L << 20)) {
            QueryRun slow = fixture.session.prepare("select id, name from t").run(List.of(), RunOptions.DEFAULT);
            slow.next();
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of((long) ROWS));
            assertThat(catchThrowable(() -> EngineFixture.rows(slow)))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY))
                    .hasMessageContaining("more than 1 MiB of disk; raise limits.spool_disk");
        }
        assertNothingLeft();
    }

    /** The build side of the join is read to its end before the probe side begins; with one permit, one of the two has to wait on disk. */
    @Test
    void aQueryDoesNotWaitForItself() throws IOException {
        FakeSource source = new FakeSource("a", 1, 50_000, Behaviour.NORMAL, "t");
        EngineConfig config = new EngineConfig(1L << 30, 1L << 30, Duration.ofMinutes(2), 4, 10, 1L << 30, directory);
        try (EngineFixture fixture = new EngineFixture(config, AccessPolicy.allowAll(), source)) {
            assertThat(fixture.rows("select count(*), min(x.name), max(y.name) from t x join t y on x.id = y.id"))
                    .containsExactly(List.of(50_000L, "row 0", "row 9999"));
        }
        assertNothingLeft();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
