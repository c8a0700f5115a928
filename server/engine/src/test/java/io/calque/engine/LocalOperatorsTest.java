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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What runs here, and not at a source, stops when it is told to and takes no more memory than it may. */
@Timeout(120)
class LocalOperatorsTest {
    private static final long SOON_MILLIS = 1_000;

    /** Each would run for hours, and most pass on no row meanwhile. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // a nested loop without and with a condition that nothing fulfils, and one that keeps all rows
                "select count(*) from t x, t y, t z",
                "select x.id from t x join t y on x.id + y.id < 0 join t z on z.id <> x.id",
                "select count(*) from t x full join t y on x.id + y.id < 0 full join t z on z.id + x.id < 0",
                // a hash join whose rows all meet
                "select x.id from t x join t y on x.id * 0 = y.id * 0 join t z on x.id * 0 = z.id * 0 and x.id + y.id + z.id < 0",
                "select count(*) from t x where exists (select 1 from t y, t z where y.id + z.id + x.id < 0)",
                // an aggregate, a sort and a distinct over a cross join
                "select x.name, max(y.id + z.id) from t x, t y, t z group by x.name",
                "select distinct x.id * 0 + y.id * 0 + z.id * 0 from t x, t y, t z",
                "select x.id + y.id + z.id as n from t x, t y, t z order by n limit 5",
                // windows: frames that are walked again for every row, and rows that come one after the other
                "select sum(x.id) over (order by x.id rows between 20000 preceding and 20000 following) from t x, (values 1, 2, 3, 4, 5) y",
                "select max(n) from (select rank() over (order by x.id + y.id) as n from t x, t y, t z)",
                // sets
                "select x.id + y.id from t x, t y, t z where x.id + y.id + z.id < 0 except select x.id from t x",
                "select x.id * 0 from t x, t y, t z union select 1",
                // no table at all
                "select count(*) from (values 1, 2, 3, 4) a (x), (values 1, 2, 3, 4) b, (values 1, 2, 3, 4) c, (values 1, 2, 3, 4) d,"
                        + " (values 1, 2, 3, 4) e, (values 1, 2, 3, 4) f, (values 1, 2, 3, 4) g, (values 1, 2, 3, 4) h,"
                        + " (values 1, 2, 3, 4) i, (values 1, 2, 3, 4) j, (values 1, 2, 3, 4) k, (values 1, 2, 3, 4) l,"
                        + " (values 1, 2, 3, 4) m, (values 1, 2, 3, 4) n, (values 1, 2, 3, 4) o, (values 1, 2, 3, 4) p"
            })
    void stopsSoon(String sql) throws Exception {
        FakeSource source = new FakeSource("a", 4, 30_000, Behaviour.NORMAL, "t");
        EngineConfig config = new EngineConfig(1L << 30, 1L << 30, Duration.ofHours(1), 4, 10);
        try (EngineFixture fixture = new EngineFixture(config, AccessPolicy.allowAll(), source)) {
            PreparedQuery query = fixture.session.prepare(sql);
            QueryRun run = query.run(List.of(), RunOptions.DEFAULT);
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> EngineFixture.rows(run)));
            CompletableFuture<Long> cancelled = CompletableFuture.supplyAsync(
                    () -> {
                        long before = System.nanoTime();
                        run.cancel();
                        return before;
                    },
                    CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS));
            assertThat(ended.get(60, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            long tookMillis = (System.nanoTime() - cancelled.get(1, TimeUnit.SECONDS)) / 1_000_000;
            assertThat(tookMillis).as("milliseconds after cancel").isLessThan(SOON_MILLIS);
            run.close();

            long started = System.nanoTime();
            try (QueryRun timed = query.run(List.of(), new RunOptions(Optional.of(Duration.ofMillis(400)), 0))) {
                assertThat(catchThrowable(() -> EngineFixture.rows(timed)))
                        .isInstanceOfSatisfying(
                                QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
            }
            assertThat((System.nanoTime() - started) / 1_000_000).isLessThan(400 + SOON_MILLIS);
        }
        assertThat(source.sessions.get()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Aggregate     | select x.id, count(*) from t x group by grouping sets ((id), (name))",
                "Aggregate     | select string_agg(x.name, ',') from t x",
                "Window        | select max(n) from (select row_number() over (order by x.id) as n from t x)",
                "Intersect     | select count(*) from (select name from t intersect select name from t)",
                "Minus         | select count(*) from (select id from t except select id + 5 from t)",
                "nested loop   | select count(*) from t x full join t y on x.id < 0",
                "nested loop   | select count(*) from t x join t y on x.id + y.id < 0"
            })
    void endsWhatTakesTooMuchMemoryAndNamesIt(String operator, String sql) {
        FakeSource source = new FakeSource("a", 2, 200_000, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            fixture.session.set("query_memory", "4MB");
            assertThat(catchThrowable(() -> fixture.rows(sql)))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY))
                    .hasMessageContaining("raise query_memory")
                    .hasMessageContaining(operator.strip());
            fixture.session.set("query_memory", "0");
        }
        assertThat(source.sessions.get()).isZero();
    }

    /** What is taken is given back, by operators that end before others begin and by those that run many times. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from (select count(*) as n from t x group by id % 10) a, (select count(*) as n from t x group by id % 10) b",
                "select count(l.newest) from (values 1, 2, 3, 4, 5) v (x) cross join lateral"
                        + " (select max(y.id) as newest from t y where y.id < v.x) l",
                "select x.name from t x order by x.name limit 10",
                "select count(*) from t x join t y on x.id = y.id where y.id < 100"
            })
    void givesMemoryBack(String sql) {
        FakeSource source = new FakeSource("a", 2, 30_000, Behaviour.NORMAL, "t");
        EngineConfig config = new EngineConfig(12L << 20, 16L << 20, Duration.ofMinutes(1), 4, 10);
        try (EngineFixture fixture = new EngineFixture(config, AccessPolicy.allowAll(), source)) {
            for (int i = 0; i < 3; i++) {
                assertThat(fixture.rows(sql)).isNotEmpty();
            }
        }
    }
}
