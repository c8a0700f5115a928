package io.calque.engine;

import static io.calque.engine.BigAndSmall.BIG;
import static io.calque.engine.BigAndSmall.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Joins whose larger side reads by the keys of the smaller one, over sources that say how many rows they gave. */
@Timeout(240)
class BindJoinTest {
    private final BigAndSmall sources = new BigAndSmall();
    private final FakeSource big = sources.big;
    private final FakeSource small = sources.small;

    private EngineFixture fixture(String... settings) {
        return sources.fixture("bind_joins", "always").with(settings);
    }

    private static String explained(EngineFixture fixture, String sql) {
        return fixture.text("explain analyze " + sql);
    }

    @Test
    void fetchesOnlyWhatHasAPartner() {
        try (EngineFixture fixture = fixture()) {
            assertThat(fixture.rows("select count(*), max(t.name) from t join s on t.id = s.id"))
                    .containsExactly(List.of((long) SMALL, "row 9"));
        }
        assertThat(big.delivered.get()).isEqualTo(SMALL);
    }

    @Test
    void readsAllWhenSwitchedOff() {
        try (EngineFixture fixture = fixture("pushdown", "filter,join")) {
            assertThat(fixture.rows("select count(*) from t join s on t.id = s.id"))
                    .containsExactly(List.of((long) SMALL));
        }
        assertThat(big.delivered.get()).isEqualTo(BIG);
    }

    @Test
    void everyKindOfJoinGivesTheSameRows() {
        String[] joins = {
            "select count(*), count(s.id), sum(t.id) from t join s on t.id = s.id",
            "select count(*), count(s.id), sum(t.id) from t left join s on t.id = s.id",
            "select count(*), count(t.id), sum(s.id) from s left join t on t.id = s.id + 5",
            "select count(*), count(s.id), sum(t.id) from t right join s on t.id = s.id",
            "select count(*), count(s.id), sum(t.id) from t full join s on t.id = s.id",
            "select count(*), sum(t.id) from t where t.id in (select s.id from s)",
            "select count(*), sum(t.id) from t where not exists (select 1 from s where s.id = t.id)",
            "select count(*), sum(s.id) from s where not exists (select 1 from t where s.id = t.id)",
            "select count(*), sum(s.id) from s where exists (select 1 from t where s.id = t.id and t.name > 'row 4')",
            "select count(*) from t join u on t.id = u.id join s on u.id = s.id join r on r.id = s.id",
            "select count(*) from (select id, count(*) as n from t group by id) t join s on t.id = s.id",
            "select count(*) from (select id from t union all select id from u) t join s on t.id = s.id",
            "select count(*) from (select id from t order by id limit 7) t join s on t.id = s.id",
            "select count(*) from s join (select id, row_number() over (order by id desc) as n from t) t"
                    + " on t.id = s.id and t.n > 4995",
            "select count(*) from s, lateral (select max(t.id) as m from t join r on t.id = r.id where r.id < s.id) l",
            "select count(*), count(s.id), sum(t.id) from t join s on t.id = s.id and t.name = s.name",
            "select count(*), count(s.id), sum(t.id) from t left join s on t.id = s.id and t.name = s.name",
            "select count(*), count(t.id), sum(s.id) from s left join t on t.id = s.id + 5 and t.name = s.name",
            "select count(*), sum(t.id) from t where (t.id, t.name) in (select s.id, s.name from s)",
            "select count(*), sum(s.id) from s where not exists (select 1 from t where s.id = t.id and s.name = t.name)",
            "select count(*) from (select id, name, count(*) as n from t group by id, name) t join s on t.id = s.id"
                    + " and t.name = s.name",
            "select count(*) from t join u on t.id = u.id join s on u.id = s.id and t.name = s.name",
            "select count(*) from s x join s y on x.id = y.id join t on t.id = x.id and t.id < y.id + 1",
        };
        try (EngineFixture bound = fixture();
                EngineFixture free = fixture("pushdown", "off")) {
            for (String join : joins) {
                assertThat(bound.rows(join)).as(join).isEqualTo(free.rows(join));
            }
            bound.session.set("key_filtering", "always");
            for (String join : joins) {
                assertThat(bound.rows(join)).as(join).isEqualTo(free.rows(join));
            }
            bound.session.set("key_ranges", "always");
            for (String join : joins) {
                assertThat(bound.rows(join)).as(join).isEqualTo(free.rows(join));
            }
            bound.session.set("key_filtering", "off");
            for (String join : joins) {
                assertThat(bound.rows(join)).as(join).isEqualTo(free.rows(join));
            }
        }
        assertThat(big.open.get() + small.open.get()).isZero();
        assertThat(big.sessions.get() + small.sessions.get()).isZero();
    }

    /** All fetches, with and without keys, take turns at one permit of one source. */
    @Test
    void aSourceWithOnePermitBindsToItself() {
        FakeSource one = new FakeSource("a", 1, 5_000, Behaviour.NORMAL, "t").readingByKeys();
        try (EngineFixture fixture = EngineFixture.over(one).with("bind_joins", "always")) {
            assertThat(fixture.rows("select count(*) from t x join t y on x.id = y.id join t z on z.id = y.id"
                            + " left join t w on w.id = z.id where x.name < 'row 2'"))
                    .containsExactly(List.of(1112L));
        }
        assertThat(one.mostOpen.get()).isEqualTo(1);
        assertThat(one.sessions.get()).isZero();
    }

    @Test
    void asksNothingWhereThereAreNoKeys() {
        try (EngineFixture fixture = fixture()) {
            String sql = "select t.name from t join s on t.id = s.id where s.name = 'nobody'";
            assertThat(fixture.rows(sql)).isEmpty();
            assertThat(explained(fixture, sql)).contains("= 0 keys in 0 queries");
        }
        assertThat(big.delivered.get()).isZero();
    }

    /** In place of sending keys, which a source may be too slow for, rows are looked at before they reach the join. */
    @Test
    void leavesOutHereWhatKeysWereNotSentFor() {
        String sql = "select count(*), max(t.name) from t join s on t.id = s.id";
        try (EngineFixture fixture = fixture("key_filtering", "always")) {
            assertThat(fixture.rows(sql)).containsExactly(List.of((long) SMALL, "row 9"));
            assertThat(explained(fixture, sql))
                    .contains("= 0 keys in 1 query, " + (BIG - SMALL) + " rows kept out here");
        }
    }

    /** Neither column by itself leaves out what the two together do. */
    @Test
    void sendsKeysOfTwoColumnsTogether() {
        String sql =
                "select count(*), max(t.name) from t join (select id, case when id < 4 then name else 'none' end as name from s) s"
                        + " on t.id = s.id and t.name = s.name";
        try (EngineFixture fixture = fixture()) {
            assertThat(fixture.rows(sql)).containsExactly(List.of(4L, "row 3"));
            assertThat(big.delivered.get()).isEqualTo(4);
            assertThat(explained(fixture, sql))
                    .contains("(id, name) among keys1", "KeySource keys1 = (id, $f2)", "= 10 keys in 1 query");
        }
        try (EngineFixture fixture = fixture("key_filtering", "always")) {
            assertThat(fixture.rows(sql)).containsExactly(List.of(4L, "row 3"));
            assertThat(explained(fixture, sql)).contains("= 0 keys in 1 query, " + (BIG - 4) + " rows kept out here");
        }
    }

    /** In place of keys the source is told between which of them all are; what is between them and is no key is left out here. */
    @Test
    void asksBetweenTheLeastAndTheGreatestKey() {
        String sql = "select count(*), max(t.name) from t join s on t.id = s.id * 2 + 10";
        try (EngineFixture fixture = fixture("key_ranges", "always")) {
            assertThat(fixture.rows(sql)).containsExactly(List.of((long) SMALL, "row 28"));
            assertThat(big.delivered.get()).isEqualTo(2 * SMALL - 1);
            assertThat(explained(fixture, sql))
                    .contains(
                            "scan t by [?least1, ?greatest1]",
                            "id among keys1 or between the least and the greatest of them",
                            "= 0 keys in 1 query, id from 10 to 28, 9 rows kept out here");
        }
    }

    @Test
    void asksNothingWhereNoValueIsBetweenTheBounds() {
        String sql = "select t.name from t join s on t.id = s.id + 0.5";
        try (EngineFixture fixture = fixture("key_ranges", "always")) {
            assertThat(fixture.rows(sql)).isEmpty();
            assertThat(fixture.rows("select t.name from t join s on t.id = s.id where s.name = 'nobody'"))
                    .isEmpty();
        }
        assertThat(big.delivered.get()).isZero();
    }

    @Test
    void sendsNoKeysWhenSwitchedOff() {
        try (EngineFixture fixture = fixture("bind_joins", "off")) {
            assertThat(explained(fixture, "select count(*) from t join s on t.id = s.id"))
                    .doesNotContain("keys");
        }
    }

    @Test
    void showsKeysInExplain() {
        try (EngineFixture fixture = fixture()) {
            assertThat(explained(fixture, "select t.name from t join s on t.id = s.id"))
                    .contains("KeySource keys1 = id", ": id among keys1, about", "= 10 keys in 1 query", "= 10 rows");
        }
    }

    /** One of them is read first, and for as long as it takes; the other one's rows come meanwhile. */
    @Test
    void allThatWaitForTheSameKeysStartWithThem() throws InterruptedException {
        FakeSource one = new FakeSource("a", 1, 10_000, Behaviour.HANGS, "t").readingByKeys();
        FakeSource other = new FakeSource("c", 1, 10_000, Behaviour.HANGS, "u").readingByKeys();
        try (EngineFixture fixture = EngineFixture.over(one, other, small).with("bind_joins", "always")) {
            QueryRun run = fixture.session
                    .prepare(
                            "select count(*) from (select id from t union all select id from u) v join s on v.id = s.id")
                    .run(List.of(), RunOptions.DEFAULT);
            Thread reader =
                    new Thread(() -> assertThat(catchThrowable(run::next)).isNotNull());
            reader.start();
            boolean both =
                    one.firstBatchRead.await(20, TimeUnit.SECONDS) && other.firstBatchRead.await(20, TimeUnit.SECONDS);
            run.cancel();
            reader.join();
            run.close();
            assertThat(both).isTrue();
        }
        assertThat(one.sessions.get() + other.sessions.get()).isZero();
    }

    @Test
    void aCancelReachesTheFetchThatBringsTheKeys() throws InterruptedException {
        FakeSource hanging = new FakeSource("b", 1, 10_000, Behaviour.HANGS, "s");
        try (EngineFixture fixture = EngineFixture.over(big, hanging).with("bind_joins", "always")) {
            QueryRun run = fixture.session
                    .prepare("select count(*) from s left join t on t.id = s.id")
                    .run(List.of(), RunOptions.DEFAULT);
            Thread canceller = new Thread(() -> {
                try {
                    hanging.firstBatchRead.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                run.cancel();
            });
            canceller.start();
            assertThat(catchThrowable(run::next))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
            run.close();
        }
        assertThat(hanging.sessions.get()).isZero();
    }
}
