package io.calque.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.engine.FakeSource.Behaviour;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Joins of many tables, as sqllogictest's select5 has them: planned in bounded time, whatever their form. */
class LongJoinsTest {
    private static final int TABLES = 64;
    private static final Duration MOST = Duration.ofSeconds(2);

    private static FakeSource source(String id, int parity) {
        String[] names = IntStream.range(0, TABLES)
                .filter(i -> i % 2 == parity)
                .mapToObj(i -> "t" + i)
                .toArray(String[]::new);
        return new FakeSource(id, TABLES, 10, Behaviour.NORMAL, names);
    }

    /** {@code from t0, t1, ... where t1.id = t0.id and ...}, the conditions out of order. */
    static String chain(int tables) {
        List<String> from = new ArrayList<>();
        List<String> where = new ArrayList<>();
        for (int i = 0; i < tables; i++) {
            from.add("t" + i);
            int j = i * 7 % tables;
            if (j > 0) {
                where.add("t" + j + ".id = t" + (j - 1) + ".id");
            }
        }
        where.add("t5.id = 3");
        return "select t0.name, t" + (tables - 1) + ".id from " + String.join(", ", from) + " where "
                + String.join(" and ", where);
    }

    @Test
    void plansAChainOfSixtyFourTablesInTwoSeconds() {
        try (EngineFixture fixture = EngineFixture.over(source("a", 0), source("b", 1))) {
            // The first times code is loaded and compiled; and other builds take the processor's caches.
            Duration least = Duration.ofDays(1);
            for (int limit = 1; limit <= 5 && least.compareTo(MOST) > 0; limit++) {
                long begun = processorNanos();
                fixture.session.prepare(chain(TABLES) + " limit " + limit);
                Duration taken = Duration.ofNanos(processorNanos() - begun);
                least = taken.compareTo(least) < 0 ? taken : least;
            }
            assertThat(least).isLessThan(MOST);
            assertThat(fixture.rows(chain(TABLES))).hasSize(1);
        }
    }

    @Test
    void endsPlanningAtTheDeadline() {
        try (EngineFixture fixture = EngineFixture.over(source("a", 0), source("b", 1))) {
            fixture.session.set("statement_timeout", "1 ms");
            assertFails(() -> fixture.session.prepare(chain(TABLES)), ErrorCode.TIMED_OUT);
            fixture.session.set("statement_timeout", "60 s");
            assertThat(fixture.rows("select count(*) from t0")).containsExactly(List.of(10L));
        }
    }

    @Test
    void endsPlanningWhenTheStatementIsCancelled() {
        try (EngineFixture fixture = EngineFixture.over(source("a", 0), source("b", 1))) {
            AtomicInteger asked = new AtomicInteger();
            assertFails(
                    () -> fixture.session.prepare(chain(TABLES), () -> asked.incrementAndGet() > 100),
                    ErrorCode.CANCELLED);
            assertThat(asked).hasValue(101);
        }
    }

    private static void assertFails(ThrowingCallable planning, ErrorCode code) {
        assertThatThrownBy(planning)
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
