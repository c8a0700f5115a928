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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not fit in memory goes on on disk, gives the same answer, and leaves nothing there. */
@Timeout(180)
class SpillingTest {
    private static final int ROWS = 40_000;
    private static final long TINY = 2L << 20;

    @TempDir
    private Path directory;

    private EngineFixture fixture(int rows, long memory, long disk) {
        EngineConfig config = new EngineConfig(memory, memory, Duration.ofMinutes(2), 4, 100, disk, directory);
        FakeSource source = new FakeSource("a", 4, rows, Behaviour.NORMAL, "t");
        return new EngineFixture(config, AccessPolicy.allowAll(), source);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // sorts: by text, descending with NULLs and ties, by several keys of several types, with a large and a
                // small limit
                "select name, id from t order by name",
                "select nullif(id % 7, 3) as k, id, name from t order by k desc, id",
                "select nullif(id % 7, 3) as k, id, name from t order by k nulls first, name desc offset 1000",
                "select cast(id % 100 as double precision) / 3 as d, cast(id as decimal(20, 2)) / 7 as n, id from t order by d desc, n",
                "select id, name from t order by name desc limit 30000",
                "select id, name from t order by id * 7919 % 40009 desc limit 25 offset 10",
                "select id % 3 = 0 as b, id, date '2024-01-01' + id % 1000 * interval '1' day as d from t order by b, d desc, id",
                "select substring(name, 5) || case when id % 2 = 0 then '\uD83D\uDE00' else '\uFF5E' end as n, id from t order by n, id",
                // groups: many, few, by NULLs, by text and composite keys, with filters, of no column
                "select id, count(*), min(name) from t group by id",
                "select id % 20011, count(*), sum(id), min(id), max(name) from t group by id % 20011",
                "select nullif(id % 5, 2), count(*), count(name), sum(id) filter (where id % 2 = 0) from t group by nullif(id % 5, 2)",
                "select name, id % 2, sum(cast(id as bigint)), sum(cast(id as decimal(10, 3)) / 8), avg(id) from t group by name, id % 2",
                "select cast(id % 9973 as double precision) / 7, sum(cast(id as double precision) / 3), max(cast(id as decimal(12, 1))) from t"
                        + " group by cast(id % 9973 as double precision) / 7",
                "select count(*), sum(id), min(name), max(id) from t",
                "select count(*), sum(id), min(name) from t where id < 0",
                "select distinct substring(name, 4), id % 30000 from t",
                "select id % 11, count(distinct name) from t group by id % 11",
                "select id from t union select id + 20000 from t",
                // joins of all types, with keys that are NULL, with conditions beside, with one key that has all rows
                "select x.id, y.name from t x join t y on x.id = y.id",
                "select x.id, y.name from t x join t y on x.name = y.name and x.id = y.id where y.id % 3 = 0",
                "select x.id, y.name from t x left join (select id * 2 as id, name from t) y on x.id = y.id",
                "select x.id, y.id, y.name from t x right join (select id * 3 as id, name from t) y on x.id = y.id",
                "select x.id, y.id, y.name from (select nullif(id, 17) as id from t) x full join"
                        + " (select nullif(id * 3, 51) as id, name from t) y on x.id = y.id",
                "select x.id, y.id from t x left join t y on x.id = y.id and x.id % 5 < y.id % 7",
                "select x.id, y.id, y.name from (select id from t where id < 3000) x full join (select id, name from t where id < 3000) y on x.id = y.id + 1 and x.id % 2 = 0",
                "select id, name from t where id in (select id * 2 from t)",
                "select id from t x where not exists (select 1 from t y where y.id * 2 = x.id)",
                "select id from t x where not exists (select 1 from t y where y.id = x.id and y.id % 3 = x.id % 2)",
                "select count(*), sum(y.id) from (select id % 3 as k, id from t where id < 300) x right join (select id * 0 as k, id, name from t) y"
                        + " on x.k = y.k",
                "select x.id, count(y.id) from (select id * 0 as k, id from t where id < 30) x left join (select id * 0 as k, id, name || name as n"
                        + " from t) y on x.k = y.k and x.id > 5 group by x.id",
                "select count(*) from (select id * 0 as k, id from t where id < 200) x where not exists"
                        + " (select 1 from (select id * 0 as k, id, name from t) y where x.k = y.k and y.id = x.id + 39900)",
                // one above the other
                "select y.name, count(*) as n from t x join t y on x.id = y.id group by y.name order by n, y.name desc"
            })
    void givesTheSameAnswerWithLittleMemory(String sql) throws IOException {
        List<List<Object>> stock;
        List<List<Object>> ample;
        try (EngineFixture fixture = fixture(ROWS, 1L << 30, 1L << 30)) {
            ample = fixture.rows(sql);
            fixture.session.set("local_operators", "stock");
            stock = fixture.rows(sql);
        }
        List<List<Object>> tiny;
        try (EngineFixture fixture = fixture(ROWS, TINY, 1L << 30)) {
            tiny = fixture.rows(sql);
        }
        boolean ordered = sql.contains("order by");
        assertThat(ordered ? ample : sorted(ample)).isEqualTo(ordered ? stock : sorted(stock));
        assertThat(ordered ? tiny : sorted(tiny)).isEqualTo(ordered ? stock : sorted(stock));
        assertNothingLeft();
    }

    /** A nested loop reads its inner side for every outer row: grouped anew each time, this would take minutes. */
    @Test
    @Timeout(60)
    void groupsTheInnerSideOfANestedLoopOnce() {
        String sql =
                "select count(*), sum(y.n) from t x join (select id % 7 as k, count(*) as n from t group by id % 7) y"
                        + " on x.id > y.k + 100";
        try (EngineFixture fixture = fixture(ROWS, 1L << 30, 1L << 30)) {
            List<List<Object>> own = fixture.rows(sql);
            fixture.session.set("local_operators", "stock");
            assertThat(own).isEqualTo(fixture.rows(sql));
        }
    }

    private static List<String> sorted(List<List<Object>> rows) {
        List<String> texts = new ArrayList<>(rows.stream().map(Object::toString).toList());
        texts.sort(Comparator.naturalOrder());
        return texts;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select name, id from t order by name",
                "select id, name, count(*) from t group by id, name",
                "select x.id, y.name from t x join t y on x.id = y.id"
            })
    void endsWithWhatToRaiseWhenTheDiskIsUsedUp(String sql) throws IOException {
        try (EngineFixture fixture = fixture(200_000, TINY, 256 << 10)) {
            assertThat(catchThrowable(() -> fixture.rows(sql)))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY))
                    .hasMessageContaining("raise limits.spool_disk or query_memory")
                    .hasMessageContaining("the local ");
            // all of the disk is there again
            assertThat(fixture.rows("select count(*) from (select id from t where id < 100 order by name) x"))
                    .containsExactly(List.of(100L));
        }
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select name, id from t order by name",
                "select id, name, count(*) from t group by id, name",
                "select x.id, y.name from t x join t y on x.id = y.id",
                "select y.name, count(*) as n from t x join t y on x.id = y.id group by y.name order by n, y.name"
            })
    void freesEverythingWhenClosedOrCancelled(String sql) throws Exception {
        try (EngineFixture fixture = fixture(200_000, TINY, 1L << 30)) {
            PreparedQuery query = fixture.session.prepare(sql);
            for (int i = 0; i < 3; i++) {
                QueryRun run = query.run(List.of(), RunOptions.DEFAULT);
                assertThat(run.next()).isPresent();
                run.close();
            }
            QueryRun cancelled = query.run(List.of(), RunOptions.DEFAULT);
            CompletableFuture<Throwable> ended =
                    CompletableFuture.supplyAsync(() -> catchThrowable(() -> EngineFixture.rows(cancelled)));
            CompletableFuture.runAsync(cancelled::cancel, CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS))
                    .get(60, TimeUnit.SECONDS);
            Optional<Throwable> failure = Optional.ofNullable(ended.get(60, TimeUnit.SECONDS));
            failure.ifPresent(thrown -> assertThat(thrown)
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED)));
            cancelled.close();
            assertThat(fixture.rows("select count(*) from (select id, name from t order by name) x"))
                    .containsExactly(List.of(200_000L));
        }
        assertNothingLeft();
    }

    @Test
    void deletesWhatAProcessThatIsNoMoreHasLeft() throws IOException {
        Path left = Files.createFile(directory.resolve("calque-spool-999999999999-1.tmp"));
        Path living = Files.createFile(
                directory.resolve("calque-spool-" + ProcessHandle.current().pid() + "-1.tmp"));
        Path foreign = Files.createFile(directory.resolve("calque-spool-notes.tmp"));
        try (EngineFixture fixture = fixture(10, TINY, 1L << 30)) {
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of(10L));
        }
        assertThat(left).doesNotExist();
        assertThat(living).exists();
        assertThat(foreign).exists();
    }

    private void assertNothingLeft() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }
}
