package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.AccessPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many threads work for an operator changes neither its answer nor what it may take. */
@Timeout(180)
class LocalThreadsTest {
    private static final int ROWS = 120_000;
    private static final long LITTLE = 8L << 20;

    @TempDir
    private Path directory;

    private EngineFixture fixture(long memory) {
        EngineConfig config = new EngineConfig(memory, memory, Duration.ofMinutes(2), 4, 100, 1L << 30, directory);
        FakeSource source = new FakeSource("a", 4, ROWS, Behaviour.NORMAL, "t");
        return new EngineFixture(config, AccessPolicy.allowAll(), source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // sorts: with and without ties, NULLs, all rows of one prefix, a limit that drops rows meanwhile
                "select id * 7919 % 150001 as k, id from t order by k desc",
                "select nullif(id % 7, 3) as k, id, name from t order by k desc, id desc",
                "select name, id from t order by substring(name, 1, 1), id desc limit 1000 offset 90000",
                "select id, name from t order by id * 7919 % 150001 limit 60000",
                // groups: many and few, of one number, of text, of several columns with NULLs, sums of doubles to the
                // last bit
                "select id % 100003 as k, count(*), sum(id), min(name) from t group by id % 100003",
                "select name, count(*), max(id) from t group by name",
                "select nullif(id % 90001, 5) as a, id % 2 as b, sum(cast(id as double precision) / 3), count(*) filter (where id % 3 = 0)"
                        + " from t group by nullif(id % 90001, 5), id % 2",
                "select id % 100 as k, count(*), sum(cast(id as decimal(12, 2)) / 7) from t group by id % 100",
                // joins: each type, keys without and with gaps, several partners, one left row with very many
                "select x.id, y.name from t x join t y on x.id = y.id",
                "select x.id, y.id as other from (select id, id * 37 as k from t) x join (select id, id * 37 as k from t) y on x.k = y.k",
                "select x.id, y.id as other from t x left join (select id * 2 as id, name from t) y on x.id = y.id",
                "select x.id, y.name from t x join (select id, name from t where id < 500) y on x.id % 251 = y.id % 251",
                "select count(*), sum(x.id), min(y.name) from t x join (select id, name from t where id < 6) y on x.id * 0 = y.id * 0",
                "select x.id from t x where x.id % 50021 in (select id * 3 from t)",
                "select x.id from t x where not exists (select 1 from t y where y.id * 2 = x.id)",
                "select x.id, y.id as other from t x full join (select id * 3 as id from t) y on x.id = y.id",
                // one above the other
                "select y.name, count(*) as n from t x join t y on x.id % 90011 = y.id group by y.name order by n, y.name desc"
            })
    void givesTheSameAnswerWithSeveralThreads(String sql) throws IOException {
        boolean ordered = sql.contains("order by");
        List<List<Object>> one;
        try (EngineFixture fixture = fixture(1L << 30)) {
            fixture.session.set("local_threads", "1");
            one = fixture.rows(sql);
            fixture.session.set("local_threads", "3");
            List<List<Object>> three = fixture.rows(sql);
            assertThat(ordered ? three : sorted(three)).isEqualTo(ordered ? one : sorted(one));
        }
        try (EngineFixture fixture = fixture(LITTLE)) {
            fixture.session.set("local_threads", "3");
            List<List<Object>> spilled = fixture.rows(sql);
            assertThat(ordered ? spilled : sorted(spilled)).isEqualTo(ordered ? one : sorted(one));
        }
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    private static List<String> sorted(List<List<Object>> rows) {
        List<String> texts = new ArrayList<>(rows.stream().map(Object::toString).toList());
        texts.sort(Comparator.naturalOrder());
        return texts;
    }

    @Test
    void passesOnAJoinInTheOrderOfItsLeftSide() {
        try (EngineFixture fixture = fixture(1L << 30)) {
            fixture.session.set("local_threads", "4");
            List<List<Object>> rows =
                    fixture.rows("select x.id, y.id as other from t x join t y on x.id * 5 = y.id * 5");
            assertThat(rows).hasSize(ROWS);
            for (int i = 0; i < ROWS; i++) {
                assertThat(((Number) rows.get(i).get(0)).intValue()).isEqualTo(i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*), max(n) from (select x.id as k, count(*) as n from t x, t y group by x.id) g",
                "select x.id from t x join t y on x.id * 0 = y.id * 0 join t z on x.id * 0 = z.id * 0 where x.id + y.id + z.id < 0",
                "select count(*) from (select x.id + y.id as n from t x, t y order by n desc limit 100000000) s"
            })
    void stopsAllThreadsWhenCancelled(String sql) throws Exception {
        try (EngineFixture fixture = fixture(1L << 30)) {
            fixture.session.set("local_threads", "3");
            QueryRun run = fixture.session.prepare(sql).run(List.of(), RunOptions.DEFAULT);
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> EngineFixture.rows(run)));
            CompletableFuture.runAsync(run::cancel, CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS))
                    .get(60, TimeUnit.SECONDS);
            assertThat(ended.get(20, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            run.close();
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of((long) ROWS));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "many", "65", "-1"})
    void refusesWhatIsNoNumberOfThreads(String written) {
        try (EngineFixture fixture = fixture(1L << 30)) {
            assertThat(catchThrowable(() -> fixture.session.set("local_threads", written)))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_PARAMETER))
                    .hasMessageContaining("auto, or 1 to 64");
        }
    }
}
