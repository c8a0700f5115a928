package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryEngineTest {
    private static AbstractThrowableAssert<?, ?> assertFails(EngineFixture fixture, String sql, ErrorCode code) {
        return assertThatThrownBy(() -> fixture.rows(sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    void selfJoinRunsWithOnePermit() {
        FakeSource source = new FakeSource("a", 1, 50_000, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select count(*) from t x join t y on x.id = y.id join t z on z.id = y.id"))
                    .containsExactly(List.of(50_000L));
        }
        assertThat(source.mostOpen.get()).isEqualTo(1);
        assertThat(source.open.get()).isZero();
        assertThat(source.sessions.get()).isZero();
    }

    @Test
    void fetchesFromAllSourcesAtOnceWithinTheirPermits() {
        FakeSource a = new FakeSource("a", 2, 20_000, Behaviour.NORMAL, "t", "u", "v");
        FakeSource b = new FakeSource("b", 1, 20_000, Behaviour.NORMAL, "w");
        try (EngineFixture fixture = EngineFixture.over(a, b)) {
            assertThat(fixture.rows(
                            "select count(*) from t, u, v, w where t.id = u.id and u.id = v.id and v.id = w.id"))
                    .containsExactly(List.of(20_000L));
        }
        assertThat(a.mostOpen.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void readsTheInnerSideOfANestedLoopAgain() {
        FakeSource source = new FakeSource("a", 1, 100, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select count(*) from t x join t y on x.id < y.id"))
                    .containsExactly(List.of(4950L));
        }
    }

    @Test
    void lateralSubqueriesRunEvenWhereTheyCannotBecomeJoins() {
        FakeSource source = new FakeSource("a", 1, 5, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select x.id, l.newest from t x cross join lateral"
                            + " (select max(y.id) as newest from t y where y.id < x.id) l order by x.id"))
                    .containsExactly(
                            Arrays.asList(0L, null),
                            List.of(1L, 0L),
                            List.of(2L, 1L),
                            List.of(3L, 2L),
                            List.of(4L, 3L));
        }
    }

    @Test
    void limitStopsTheFetchEarly() {
        FakeSource source = new FakeSource("a", 1, 10_000_000, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select id from t limit 3")).hasSize(3);
        }
        assertThat(source.sessions.get()).isZero();
    }

    @Test
    void cancelReachesTheSource() throws Exception {
        FakeSource source = new FakeSource("a", 1, 1_000_000, Behaviour.HANGS, "t");
        try (EngineFixture fixture = EngineFixture.over(source);
                QueryRun run = fixture.session.prepare("select count(*) from t").run(List.of(), RunOptions.DEFAULT)) {
            Thread canceller = new Thread(() -> {
                awaitFirstBatch(source);
                run.cancel();
            });
            canceller.start();
            assertThatThrownBy(run::next)
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
            assertThat(source.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void awaitFirstBatch(FakeSource source) {
        try {
            assertThat(source.firstBatchRead.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void deadlineEndsTheQueryAtItsSource() throws Exception {
        FakeSource source = new FakeSource("a", 1, 1_000_000, Behaviour.HANGS, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            RunOptions options = new RunOptions(Optional.of(Duration.ofMillis(200)), 0);
            QueryRun run = fixture.session.prepare("select max(id) from t").run(List.of(), options);
            assertThatThrownBy(run::next)
                    .hasMessageContaining("deadline of 200 ms")
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.sqlState()).isEqualTo("57014"));
            run.close();
            assertThat(source.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void sourceDyingMidQueryIsNamed() {
        FakeSource source = new FakeSource("a", 1, 1_000_000, Behaviour.DIES, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertFails(fixture, "select count(*) from t", ErrorCode.SOURCE_READ_FAILED)
                    .hasMessage("Source 'a' failed after 256 rows");
            assertThat(source.sessions.get()).isZero();
        }
    }

    @Test
    void memoryLimitEndsTheQueryAndSaysWhatToRaise() {
        FakeSource source = new FakeSource("a", 2, 500_000, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            fixture.session.set("query_memory", "2MB");
            assertFails(fixture, "select x.name, rank() over (order by x.name) from t x", ErrorCode.OUT_OF_MEMORY)
                    .hasMessageContaining("query_memory");
            fixture.session.set("query_memory", "0");
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of(500_000L));
        }
    }

    @Test
    void processMemoryLimitNamesTheConfigurationKey() {
        FakeSource source = new FakeSource("a", 2, 500_000, Behaviour.NORMAL, "t");
        EngineConfig small = new EngineConfig(1L << 30, 2L << 20, Duration.ofMinutes(1), 4, 10);
        try (EngineFixture fixture = new EngineFixture(small, AccessPolicy.allowAll(), source)) {
            assertFails(fixture, "select x.name, rank() over (order by x.name) from t x", ErrorCode.OUT_OF_MEMORY)
                    .hasMessageContaining("all queries together")
                    .hasMessageContaining("limits.total_memory");
        }
    }

    @Test
    void maxRowsStopsQuietly() {
        FakeSource source = new FakeSource("a", 1, 10_000, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source);
                QueryRun run = fixture.session
                        .prepare("select id from t")
                        .run(List.of(), new RunOptions(Optional.empty(), 300))) {
            assertThat(EngineFixture.rows(run)).hasSize(300);
        }
    }

    @Test
    void parametersAreTypedAndChecked() {
        FakeSource source = new FakeSource("a", 1, 100, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select name from t where id = ?", 7)).containsExactly(List.of("row 7"));
            assertThat(fixture.rows("select name from t where id = ?", "7")).containsExactly(List.of("row 7"));
            assertThatThrownBy(() -> fixture.rows("select name from t where id = ?"))
                    .hasMessageContaining("1 parameter, but 0 values");
            assertThatThrownBy(() -> fixture.rows("select name from t where id = ?", "x"))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_CAST));
        }
    }

    @Test
    void valuesOfWiderTypesAreComparedAsTheyAre() {
        FakeSource source = new FakeSource("a", 1, 10, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select id from t where id = ?", 7.0)).containsExactly(List.of(7L));
            assertThat(fixture.rows("select id from t where id = ?", new BigDecimal("6.5")))
                    .isEmpty();
            assertThat(fixture.rows("select id from t where id = ?", 6.5)).isEmpty();
            assertThat(fixture.rows("select id from t where id > ?", new BigDecimal("7.5")))
                    .containsExactlyInAnyOrder(List.of(8L), List.of(9L));
            assertThat(fixture.rows("select id from t where id > ? and id <> ?", 7.5, 9))
                    .containsExactly(List.of(8L));
            assertThat(fixture.rows("select count(*) from t where id < ?", new BigDecimal("1e25")))
                    .containsExactly(List.of(10L));
            assertThat(fixture.rows("select count(id) filter (where id < ?) from t", new BigDecimal("0.4")))
                    .containsExactly(List.of(1L));
            // Where the answer's columns or the grammar leave no room, they are rounded.
            assertThat(fixture.rows("select id + ? from t where id = ?", new BigDecimal("0.6"), 3))
                    .containsExactly(List.of(4L));
            assertThat(fixture.rows("select id from t order by id limit ?", new BigDecimal("1.6")))
                    .containsExactly(List.of(0L), List.of(1L));
        }
    }

    @Test
    void parametersStandWhereverExpressionsDo() {
        FakeSource source = new FakeSource("a", 1, 10, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertThat(fixture.rows("select count(*) from t having count(*) filter (where name > ?) > ?", "row 4", 4))
                    .containsExactly(List.of(10L));
            assertThat(fixture.rows(
                            "select id from t where case when id > ? then name end between 'row 8' and ? order by id",
                            3,
                            "row 9"))
                    .containsExactly(List.of(8L), List.of(9L));
            assertThat(fixture.rows(
                            "select id from t where id < 4 order by case when id between ? and ? then 0 else 1 end, id",
                            1,
                            2))
                    .containsExactly(List.of(1L), List.of(2L), List.of(0L), List.of(3L));
            assertThat(fixture.rows(
                            "select coalesce(case when id > ? then name end, ?) from t where id in (4, 5) order by 1",
                            4,
                            "none"))
                    .containsExactly(List.of("none"), List.of("row 5"));
            assertThat(fixture.rows(
                            "select max(id) from t having count(*) filter (where id in (?, ?) or id > ?) > ?",
                            1,
                            2,
                            7,
                            3))
                    .containsExactly(List.of(9L));
            assertThat(fixture.session
                            .prepare("select coalesce(case when id > ? then name end, ?) from t")
                            .parameters())
                    .hasSize(2);
        }
    }

    @Test
    void tablesAPrincipalMayNotReadDoNotExist() {
        FakeSource source = new FakeSource("a", 1, 10, Behaviour.NORMAL, "open", "secret");
        AccessPolicy policy = new AccessPolicy() {
            @Override
            public boolean mayRead(Principal principal, TableName table) {
                return !table.table().equals("secret");
            }

            @Override
            public boolean mayPassThrough(Principal principal, SourceId id) {
                return false;
            }

            @Override
            public String digest(Principal principal) {
                return "no secrets";
            }
        };
        try (EngineFixture fixture = new EngineFixture(EngineConfig.defaults(), policy, source)) {
            assertThat(fixture.rows("select count(*) from open")).containsExactly(List.of(10L));
            assertFails(fixture, "select * from secret", ErrorCode.TABLE_NOT_FOUND);
            assertFails(fixture, "select * from table(a.query('x'))", ErrorCode.ACCESS_DENIED);
            assertThat(fixture.rows("show tables")).doesNotContain(List.of("a", "main", "secret", "TABLE"));
        }
    }

    @Test
    void viewsAreQueriesWithANameAndMayNest() {
        FakeSource source = new FakeSource("a", 1, 100, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            fixture.rows("create view small as select id, name from t where id < 10");
            fixture.rows("create or replace view tiny (number, label) as select id, name from small where id < 3");
            assertThat(fixture.rows("select number from tiny v where v.label <> 'row 1' order by number"))
                    .containsExactly(List.of(0L), List.of(2L));
            assertFails(fixture, "create view small as select 1", ErrorCode.TABLE_EXISTS);
            assertFails(fixture, "create view broken as select nme from t", ErrorCode.COLUMN_NOT_FOUND)
                    .hasMessageContaining("Did you mean 'name'");
            fixture.rows("drop view small");
            assertFails(fixture, "select * from tiny", ErrorCode.TABLE_NOT_FOUND)
                    .hasMessageContaining("In view 'tiny'");
            fixture.rows("drop view if exists nothing");
            assertFails(fixture, "drop view nothing", ErrorCode.TABLE_NOT_FOUND);
        }
    }

    @Test
    void sortsTextByCodePoint() {
        try (EngineFixture fixture = EngineFixture.over()) {
            // U+FF21 is below U+1F600, but its one UTF-16 unit is above the other's first.
            assertThat(fixture.rows("select x from (values ('\uD83D\uDE00'), ('\uFF21'), ('a')) t (x) order by x desc"))
                    .containsExactly(List.of("\uD83D\uDE00"), List.of("\uFF21"), List.of("a"));
        }
    }

    @Test
    void suggestsTheNearestNames() {
        FakeSource source = new FakeSource("sales", 1, 5, Behaviour.NORMAL, "customer");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            assertFails(fixture, "select c.nam from customer c", ErrorCode.COLUMN_NOT_FOUND)
                    .hasMessage("line 1, column 8: Column 'nam' not found in table 'c'. Did you mean 'name'?");
            assertFails(fixture, "select x from custmer", ErrorCode.TABLE_NOT_FOUND)
                    .hasMessage("line 1, column 15: Table 'custmer' not found. Did you mean 'sales.main.customer'?");
            assertFails(fixture, "select * from table(sails.query('x'))", ErrorCode.OBJECT_NOT_FOUND)
                    .hasMessageContaining("Did you mean 'sales'?");
            assertFails(fixture, "select id\nfrom customer\nwhere", ErrorCode.SYNTAX_ERROR)
                    .hasMessageStartingWith("line 3, column 1: ");
        }
    }

    @Test
    void clockFunctionsSeeOneInstant() {
        try (EngineFixture fixture = EngineFixture.over()) {
            assertThat(fixture.rows("select current_date = date '2024-02-29', current_timestamp = current_timestamp"))
                    .containsExactly(List.of(true, true));
        }
    }

    @Test
    void explainSaysWhereEachPartRuns() {
        FakeSource source = new FakeSource("a", 1, 100, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            List<String> lines = fixture.rows("explain analyze select name from t where id > 97").stream()
                    .map(row -> (String) row.get(0))
                    .toList();
            assertThat(lines).anyMatch(l -> l.contains("| scan t"));
            assertThat(lines).anyMatch(l -> l.contains("actually 2)"));
            assertThat(lines).contains("  FILTER id > 97: The fake is not asked for FILTER");
            assertThat((String) fixture.rows("explain as json select 1").get(0).get(0))
                    .startsWith("{");
        }
    }

    @Test
    void settingsAreCheckedAndShown() {
        try (EngineFixture fixture = EngineFixture.over()) {
            fixture.rows("set time zone 'Europe/Berlin'");
            assertThat(fixture.rows("show time zone")).containsExactly(List.of("Europe/Berlin"));
            fixture.rows("set statement_timeout = '5s'; ");
            fixture.rows("reset all");
            assertThat(fixture.rows("show time_zone")).containsExactly(List.of("UTC"));
            assertFails(fixture, "set pushdwn to off", ErrorCode.OBJECT_NOT_FOUND)
                    .hasMessageContaining("'pushdown'");
            assertFails(fixture, "set pushdown to sideways", ErrorCode.INVALID_PARAMETER);
            fixture.rows("set datestyle = 'ISO'");
            fixture.rows("begin");
            fixture.rows("commit");
        }
    }

    @Test
    void runningAndEndedQueriesAreListed() {
        FakeSource source = new FakeSource("a", 1, 100, Behaviour.NORMAL, "t");
        try (EngineFixture fixture = EngineFixture.over(source)) {
            fixture.rows("select count(*) from t");
            assertThat(fixture.rows("select state, row_count from system.queries where sql like '%count(*) from t'"))
                    .containsExactly(List.of("FINISHED", 1L));
            assertThat(fixture.rows("select native_text, row_count from system.query_sources where source = 'a'"))
                    .containsExactly(List.of("scan t", 100L));
            fixture.rows("select x.name, count(*) from t x join t y on x.id = y.id where x.id < 50 group by x.name");
            assertThat(fixture.rows("select o.name, o.parent, o.row_count, o.peak_memory_bytes > 0"
                            + " from system.query_operators o join system.queries q using (query_id)"
                            + " where q.sql like 'select x.name, count%' order by operator"))
                    .contains(Arrays.asList("Aggregate", null, 50L, true), List.of("HashJoin", 0L, 50L, true));
        }
    }
}
