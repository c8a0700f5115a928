package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Work ends when it is told to, or when its time is up: at the source itself, not only here. */
interface StoppingContract extends Chapter {
    Duration PROMPT = Duration.ofSeconds(10);

    @Test
    default void stopsTheNativeQueryWhenAHalfReadCursorIsClosed() {
        try (ReadSession session = world().source().begin(ContractWorld.options(100, ContractWorld.PATIENCE))) {
            RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE);
            assertThat(cursor.next()).isPresent();
            long begun = System.nanoTime();
            cursor.close();
            cursor.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
            requireRunning(n -> n == 0);
            try (RowCursor next = session.read(world().scan(Fixture.PEOPLE), Bindings.NONE)) {
                assertThat(ContractWorld.drained(next))
                        .as("the session's next read")
                        .hasSize(7);
            }
        }
        requireRunning(n -> n == 0);
    }

    @Test
    default void failsTheNextBatchOnceCancelled() {
        try (ReadSession session = world().source().begin(ContractWorld.options(10, ContractWorld.PATIENCE));
                RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE)) {
            assertThat(cursor.next()).isPresent();
            CompletableFuture.runAsync(session::cancel).join();
            session.cancel();
            Failures.expect(ErrorCode.CANCELLED, () -> ContractWorld.drained(cursor));
            requireRunning(n -> n == 0);
        }
    }

    @Test
    default void stopsTheOnlyNativeQueryOfASession() {
        ReadOptions one = ContractWorld.options(100, ContractWorld.PATIENCE).expecting(ReadOptions.Reads.ONE);
        try (ReadSession session = world().source().begin(one)) {
            RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE);
            assertThat(cursor.next()).isPresent();
            cursor.close();
            requireRunning(n -> n == 0);
        }
        try (ReadSession session = world().source().begin(one);
                RowCursor cursor = session.read(world().scan(Fixture.LONG), Bindings.NONE)) {
            assertThat(cursor.next()).isPresent();
            session.cancel();
            Failures.expect(ErrorCode.CANCELLED, () -> ContractWorld.drained(cursor));
            requireRunning(n -> n == 0);
        }
        assertThat(world().read(world().scan(Fixture.LONG), Bindings.NONE)).isNotEmpty();
    }

    @Test
    default void cancelsAQueryThatIsStillAtWork() throws Exception {
        NativeQuery endless = endless();
        try (ReadSession session = world().source().begin(ContractWorld.OPTIONS)) {
            CompletableFuture<ErrorCode> reader = CompletableFuture.supplyAsync(() -> outcome(session, endless));
            requireRunning(n -> n > 0);
            long begun = System.nanoTime();
            session.cancel();
            assertThat(reader.get(PROMPT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ErrorCode.CANCELLED);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
            requireRunning(n -> n == 0);
        }
    }

    @Test
    default void endsAQueryWhoseTimeIsUp() {
        NativeQuery endless = endless();
        try (ReadSession session = world().source().begin(ContractWorld.options(10, Duration.ofMillis(500)))) {
            long begun = System.nanoTime();
            assertThat(outcome(session, endless)).isEqualTo(ErrorCode.TIMED_OUT);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(PROMPT);
            requireRunning(n -> n == 0);
        }
    }

    @Test
    default void stopsEverythingWhenTheSessionIsClosed() throws Exception {
        NativeQuery endless = endless();
        CompletableFuture<ErrorCode> reader;
        try (ReadSession session = world().source().begin(ContractWorld.OPTIONS)) {
            reader = CompletableFuture.supplyAsync(() -> outcome(session, endless));
            requireRunning(n -> n > 0);
        }
        assertThat(reader.get(PROMPT.toSeconds(), TimeUnit.SECONDS))
                .isIn(ErrorCode.CANCELLED, ErrorCode.SOURCE_READ_FAILED);
        requireRunning(n -> n == 0);
    }

    private NativeQuery endless() {
        Optional<String> text = world().database().endless();
        Assumptions.assumeTrue(text.isPresent(), "no native query here runs for long");
        return world().source().passThrough(text.orElseThrow());
    }

    private static ErrorCode outcome(ReadSession session, NativeQuery query) {
        try (RowCursor cursor = session.read(query, Bindings.NONE)) {
            ContractWorld.drained(cursor);
        } catch (QueryException e) {
            return e.code();
        }
        throw new AssertionError("the endless query ended");
    }

    /** Asks the database until it sees what is expected; each question is itself the pause between two. */
    private void requireRunning(IntPredicate expected) {
        long deadline = System.nanoTime() + PROMPT.toNanos();
        Optional<Integer> running = world().database().running();
        while (running.isPresent() && !expected.test(running.get())) {
            assertThat(System.nanoTime())
                    .as("%d native queries at work", running.get())
                    .isLessThan(deadline);
            running = world().database().running();
        }
    }
}
