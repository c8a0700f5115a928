package io.calque.engine;

import static io.calque.engine.BigAndSmall.BIG;
import static io.calque.engine.BigAndSmall.SMALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What several places of a plan read is fetched once, over sources that say how many rows they gave. */
@Timeout(240)
class SharedFetchTest {
    private static final String VIEW =
            "with x as (select t.id, t.name, s.name as s from t join s on t.id = s.id where t.id < 8) ";

    private final BigAndSmall sources = new BigAndSmall();
    private final FakeSource big = sources.big;
    private final FakeSource small = sources.small;

    private EngineFixture fixture(String... settings) {
        return sources.fixture("shared_fetches", "always").with(settings);
    }

    private static String explained(EngineFixture fixture, String sql) {
        return fixture.text("explain " + sql);
    }

    @Test
    void fetchesWhatTwoReadersReadOnce() {
        String sql = VIEW + "select x.id, m.n from x join (select max(id) as n from x) m on x.id < m.n order by x.id";
        try (EngineFixture fixture = fixture()) {
            assertThat(explained(fixture, sql))
                    .contains("SharedRows 1, read 1 of 2")
                    .contains("SharedRows 1, read 2 of 2");
            assertThat(fixture.rows(sql)).hasSize(7).startsWith(List.of(0L, 7L));
        }
        assertThat(big.delivered.get()).isEqualTo(BIG);
        assertThat(small.delivered.get()).isEqualTo(SMALL);
    }

    @Test
    void fetchesTwiceWhenSwitchedOff() {
        String sql = VIEW + "select x.id, m.n from x join (select max(id) as n from x) m on x.id < m.n order by x.id";
        try (EngineFixture fixture = fixture("shared_fetches", "off")) {
            assertThat(explained(fixture, sql)).doesNotContain("SharedRows");
            assertThat(fixture.rows(sql)).hasSize(7).startsWith(List.of(0L, 7L));
        }
        assertThat(small.delivered.get()).isEqualTo(2 * SMALL);
    }

    @Test
    void givesTheSameRowsWhateverReads() {
        List<String> queries = List.of(
                VIEW + "select count(*), min(a.name), max(b.s) from x a join x b on a.id = b.id + 1",
                VIEW + "select a.id, b.id from x a left join x b on a.id = b.id + 1 order by 1",
                VIEW + "select id from x where id > (select avg(id) from x) order by 1",
                VIEW + "select id, name from x union all select id, s from x order by 1, 2",
                VIEW + "select id from x where id not in (select id - 1 from x) order by 1",
                VIEW + "select count(*) from x a, x b, x c where a.id <= b.id and b.id < c.id",
                VIEW + ", y as (select s, count(*) as n from x group by s) "
                        + "select sum(a.n), max(b.s) from y a join y b on a.s >= b.s",
                "select u.id, (select max(t.id) from t join s on t.id = s.id where t.id <= u.id) from u "
                        + "where u.id < 4 and u.id in (select t.id from t join s on t.id = s.id) order by 1",
                "select r.id from r join t on r.id = t.id join s on s.id = t.id "
                        + "where t.id = (select max(t.id) from t join s on s.id = t.id) order by 1");
        for (String bind : List.of("by_cost", "always")) {
            for (String operators : List.of("spilling", "stock")) {
                for (String sql : queries) {
                    List<List<Object>> apart;
                    try (EngineFixture fixture =
                            fixture("shared_fetches", "off", "bind_joins", bind, "local_operators", operators)) {
                        apart = fixture.rows(sql);
                    }
                    try (EngineFixture fixture = fixture("bind_joins", bind, "local_operators", operators)) {
                        assertThat(fixture.rows(sql))
                                .as("%s %s %s", bind, operators, sql)
                                .isEqualTo(apart);
                    }
                }
            }
        }
    }

    /** Both readers join with r by the same column: rows without a partner there are not made. */
    @Test
    void sendsKeysThatAllReadersAgreeOn() {
        String sql = "select r.id, t.name from r join t on r.id = t.id join u on t.id = u.id "
                + "where r.id < 3 and t.id = (select min(u.id) from t join u on t.id = u.id where t.id = r.id) order by 1";
        List<List<Object>> expected = List.of(List.of(0L, "row 0"), List.of(1L, "row 1"), List.of(2L, "row 2"));
        try (EngineFixture fixture = fixture("bind_joins", "always")) {
            assertThat(explained(fixture, sql)).contains("SharedRows 1, read 2 of 2", "id among keys1");
            assertThat(fixture.rows(sql)).isEqualTo(expected);
        }
        assertThat(big.delivered.get()).isLessThan(2 * BIG);
    }

    @Test
    void goesOnOnDisk() {
        String sql = "with x as (select t.id, t.name, u.name as s from t join u on t.id = u.id + 1) "
                + "select count(*), min(a.name || b.s), max(b.name) from x a join x b on a.id = b.id + 1";
        List<List<Object>> ample;
        try (EngineFixture fixture = fixture()) {
            ample = fixture.rows(sql);
        }
        try (EngineFixture fixture = fixture("query_memory", "1MB")) {
            assertThat(fixture.rows(sql)).isEqualTo(ample);
        }
    }

    /** The groups are kept, not the rows that they are of. */
    @Test
    void keepsNoRowsBelowAGroupedInnerSide() {
        try (EngineFixture fixture = fixture("query_memory", "250kB")) {
            assertThat(fixture.rows("select count(*) from s join (select count(*) - 4995 as n from t) m on s.id < m.n"))
                    .containsExactly(List.of(5L));
        }
    }

    @Test
    void stopsEarly() {
        String sql = VIEW + "select id from x union all select id from x limit 3";
        try (EngineFixture fixture = fixture()) {
            assertThat(fixture.rows(sql)).hasSize(3);
            try (QueryRun run = fixture.session.prepare(sql).run(List.of(), RunOptions.DEFAULT)) {
                assertThat(run.columns()).hasSize(1);
            }
        }
        assertThat(big.open.get()).isZero();
    }

    @Test
    void failsOnceForAllReaders() {
        FakeSource dying = new FakeSource("b", 1, 5_000, Behaviour.DIES, "s");
        try (EngineFixture fixture = EngineFixture.over(big, dying).with("shared_fetches", "always")) {
            Throwable failure = catchThrowable(
                    () -> fixture.rows(
                            "with x as (select t.id from t join s on t.id = s.id) select count(*) from x a join x b on a.id = b.id"));
            assertThat(failure).isInstanceOf(QueryException.class);
            assertThat(((QueryException) failure).code()).isEqualTo(ErrorCode.SOURCE_READ_FAILED);
        }
    }

    @Test
    void endsWhenCancelled() throws InterruptedException {
        FakeSource hanging = new FakeSource("b", 1, 5_000, Behaviour.HANGS, "s");
        try (EngineFixture fixture = EngineFixture.over(big, hanging).with("shared_fetches", "always")) {
            List<Throwable> failures = new ArrayList<>();
            try (QueryRun run = fixture.session
                    .prepare("with x as (select t.id from t join s on t.id = s.id) "
                            + "select count(*) from x a join x b on a.id = b.id")
                    .run(List.of(), RunOptions.DEFAULT)) {
                Thread reader = new Thread(() -> failures.add(catchThrowable(run::next)));
                reader.start();
                assertThat(hanging.firstBatchRead.await(60, TimeUnit.SECONDS)).isTrue();
                run.cancel();
                reader.join(TimeUnit.SECONDS.toMillis(60));
                assertThat(Optional.ofNullable(failures.get(0))).containsInstanceOf(QueryException.class);
            }
            assertThat(hanging.cancelled.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
