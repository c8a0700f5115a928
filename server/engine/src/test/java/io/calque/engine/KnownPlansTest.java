package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans are kept for as long as they mean the same, found quickly, and not made for longer than somebody waits. */
@Timeout(120)
class KnownPlansTest {
    private final EngineFixture fixture = EngineFixture.over(
            new FakeSource("a", 4, 100, Behaviour.NORMAL, "t", "u"),
            new FakeSource("b", 4, 10, Behaviour.NORMAL, "t", "v"));

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void areForgottenWhenTheCatalogChanges() {
        fixture.rows("create view w as select id from a.main.t where id < 3");
        PreparedQuery prepared = fixture.session.prepare("select * from w");
        assertThat(fixture.rows("select * from w")).hasSize(3);
        assertThat(fixture.rows("select * from w")).hasSize(3);
        fixture.rows("create or replace view w as select id from a.main.t where id < 5");
        assertThat(fixture.rows("select * from w")).hasSize(5);
        try (QueryRun run = prepared.run(List.of(), RunOptions.DEFAULT)) {
            assertThat(EngineFixture.rows(run)).hasSize(5);
        }
        fixture.rows("drop view w");
        assertFails("select * from w", ErrorCode.TABLE_NOT_FOUND);
    }

    @Test
    void areOfOneSearchPath() {
        try (Session other = fixture.engine.open(Principal.LOCAL, Map.of("search_path", "b"))) {
            fixture.session.set("search_path", "a");
            assertThat(fixture.rows("select count(*) from t")).containsExactly(List.of(100L));
            try (QueryRun run = other.prepare("select count(*) from t").run(List.of(), RunOptions.DEFAULT)) {
                assertThat(EngineFixture.rows(run)).containsExactly(List.of(10L));
            }
        }
    }

    @Test
    void serveOtherConstantsOfTheSameShape() {
        for (int id = 0; id < 20; id++) {
            assertThat(fixture.rows("select name from a.main.t where id = " + id))
                    .containsExactly(List.of("row " + id));
        }
        assertThat(fixture.rows("select name from a.main.t where id = 3000000000"))
                .isEmpty();
    }

    /** The processor's time: what other work the machine does counts little. */
    @Test
    void areFoundInLessThanHalfAMillisecond() {
        String sql = "select t.name, v.name from a.main.t join v on t.id = v.id where t.id < 7";
        double[] millis = new double[500];
        for (int round = -2000; round < millis.length; round++) {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            fixture.session.prepare(sql);
            if (round >= 0) {
                millis[round] = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6;
            }
        }
        Arrays.sort(millis);
        assertThat(millis[millis.length / 2]).isLessThan(0.5);
    }

    /** What stands twice in a statement has each of its constants twice: rows are shared as long as these are the same. */
    @Test
    void serveOtherConstantsWhereRowsAreShared() {
        fixture.session.set("shared_fetches", "always");
        assertThat(fixture.rows("explain " + joinedWithItself("row 1", "row 1")).toString())
                .contains("SharedRows 1, read 2 of 2");
        for (int id = 0; id < 6; id++) {
            assertThat(fixture.rows(joinedWithItself("row " + id, "row " + id))).containsExactly(List.of(1L));
            assertThat(fixture.rows(joinedWithItself("row " + id, "row 7"))).containsExactly(List.of(0L));
        }
        double made = least(round -> "/* " + round + " */ " + joinedWithItself("row 1", "row 1"));
        double found = least(round -> joinedWithItself("row " + round, "row " + round));
        assertThat(found).isLessThan(made / 2);
    }

    private static String joinedWithItself(String left, String right) {
        String rows = "(select t.id from a.main.t join v on t.id = v.id where t.name = '";
        return "select count(*) from " + rows + left + "') x join " + rows + right + "') y on x.id = y.id";
    }

    /** The least of some rounds' processor time for preparing a statement, in milliseconds. */
    private double least(IntFunction<String> sql) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            fixture.session.prepare(sql.apply(round));
            least = Math.min(least, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / 1e6);
        }
        return least;
    }

    @Test
    void areNotMadeOnceNobodyWaits() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> fixture.session.prepare(
                        "select count(*) from a.main.t join v on t.id = v.id", () -> asked.incrementAndGet() > 5))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(asked).hasValueGreaterThan(5);
    }

    @Test
    void areNotMadeForLongerThanTheDeadline() {
        fixture.session.set("statement_timeout", "1 ms");
        assertFails(
                "select count(*) from a.main.t t, u, v, a.main.t t2, u u2, v v2 where t.id = u.id and u.id = v.id"
                        + " and t2.id = v.id and u2.id = t2.id and v2.id = u2.id",
                ErrorCode.TIMED_OUT);
    }

    private void assertFails(String sql, ErrorCode code) {
        assertThatThrownBy(() -> fixture.rows(sql))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
