package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A scan that is read in parts gives the same rows, takes no permit that somebody waits for, and ends as one. */
@Timeout(120)
class ScanPartsTest {
    private static final int ROWS = 50_000;

    private static EngineFixture fixture(FakeSource source) {
        EngineConfig config = new EngineConfig(1L << 30, 1L << 30, Duration.ofMinutes(1), 8, 100);
        return new EngineFixture(config, AccessPolicy.allowAll(), source);
    }

    private static FakeSource source(int permits, Behaviour behaviour) {
        return new FakeSource("a", permits, ROWS, behaviour, "t", "u").readingInParts();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 3", "4, 4", "8, 4"})
    void opensNoMoreCursorsThanThereArePermitsAndParts(int permits, int most) {
        FakeSource source = source(permits, Behaviour.NORMAL);
        try (EngineFixture fixture = fixture(source)) {
            fixture.session.set("scan_splits", "4");
            assertThat(fixture.rows("select count(*), sum(id), count(distinct name) from t"))
                    .containsExactly(List.of((long) ROWS, (long) ROWS * (ROWS - 1) / 2, (long) ROWS));
            assertThat(source.mostOpen.get()).isLessThanOrEqualTo(most);
            assertThat(source.open.get()).isZero();
            assertThat(source.sessions.get()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void joinsPartsOfBothSidesWithAnyNumberOfPermits(int permits) {
        FakeSource source = source(permits, Behaviour.NORMAL);
        try (EngineFixture fixture = fixture(source)) {
            fixture.session.set("scan_splits", "3");
            String sql = "select count(*), sum(x.id) from t x join u y on x.id = y.id join t z on z.id = y.id";
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.rows(sql)).containsExactly(List.of((long) ROWS, (long) ROWS * (ROWS - 1) / 2));
            }
            assertThat(source.mostOpen.get()).isLessThanOrEqualTo(permits);
        }
    }

    @Test
    void tellsInExplainInHowManyPartsItWasRead() {
        try (EngineFixture fixture = fixture(source(4, Behaviour.NORMAL))) {
            assertThat(fixture.rows("explain analyze select id from t").toString())
                    .doesNotContain("parts");
            fixture.session.set("scan_splits", "2");
            assertThat(fixture.rows("explain analyze select id from t").toString())
                    .contains("= read in 4 parts");
            fixture.session.set("scan_splits", "off");
            assertThat(fixture.rows("explain analyze select id from t").toString())
                    .doesNotContain("parts");
        }
    }

    @Test
    void failsAsOneQueryWhenAPartFails() {
        FakeSource source = source(4, Behaviour.DIES);
        try (EngineFixture fixture = fixture(source)) {
            fixture.session.set("scan_splits", "4");
            assertThat(catchThrowable(() -> fixture.rows("select id from t")))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_READ_FAILED));
            // every permit is there again
            assertThat(catchThrowable(() -> fixture.rows("select x.id from t x, u y, t z where x.id = y.id")))
                    .isInstanceOf(QueryException.class);
        }
    }

    @Test
    void stopsEveryPart() throws Exception {
        FakeSource source = source(4, Behaviour.HANGS);
        try (EngineFixture fixture = fixture(source)) {
            fixture.session.set("scan_splits", "4");
            QueryRun run = fixture.session.prepare("select id from t").run(List.of(), RunOptions.DEFAULT);
            assertThat(run.next()).isPresent();
            assertThat(source.firstBatchRead.await(20, TimeUnit.SECONDS)).isTrue();
            run.cancel();
            assertThat(source.cancelled.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(catchThrowable(() -> EngineFixture.rows(run)))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            run.close();
        }
    }

    @Test
    void givesUpAllPartsWithTheReader() {
        FakeSource source = source(4, Behaviour.NORMAL);
        try (EngineFixture fixture = fixture(source)) {
            fixture.session.set("scan_splits", "4");
            for (int i = 0; i < 20; i++) {
                try (QueryRun run = fixture.session
                        .prepare("select id, name from t")
                        .run(List.of(), new RunOptions(Optional.empty(), 3))) {
                    assertThat(run.next()).isPresent();
                }
            }
            assertThat(
                            fixture.rows(
                                    "select count(*) from t x join u y on x.id = y.id join t z on z.id = x.id join u w on w.id = x.id"))
                    .containsExactly(List.of((long) ROWS));
        }
    }
}
