package io.calque.registry.introspect;

import static io.calque.registry.SampleTables.customers;
import static io.calque.registry.SampleTables.orders;
import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.FakeSource;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IntrospectionScheduleTest {
    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Registry registry = Registry.inMemory(Clock.systemUTC());
    private final IntrospectionService introspection =
            new IntrospectionService(registry, executor, Clock.systemUTC(), IntrospectionOptions.DEFAULT);

    @AfterEach
    void stop() throws InterruptedException {
        timer.shutdownNow();
        executor.shutdownNow();
        assertThat(timer.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        registry.close();
    }

    @Test
    void looksAgainAndAgainAlsoAfterAFailure() throws InterruptedException {
        FakeSource source = new FakeSource("crm", customers());
        CountDownLatch looks = new CountDownLatch(4);
        source.observation = () -> {
            looks.countDown();
            if (looks.getCount() == 2) {
                throw new IllegalStateException("boom");
            }
            return new Observation(
                    FakeSource.PRODUCT, looks.getCount() > 2 ? List.of(customers()) : List.of(orders()), List.of());
        };

        schedule(source, Optional.of(Duration.ofMillis(5))).add(List.of(source.id()));

        assertThat(looks.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void leavesAloneWhatIsNotToBeLookedAt() throws InterruptedException {
        FakeSource never = new FakeSource("never");
        never.observation = () -> {
            throw new AssertionError("looked at");
        };
        schedule(never, Optional.empty()).add(List.of(never.id()));

        timer.shutdown();
        assertThat(timer.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
        assertThat(registry.current().sources()).isEmpty();
    }

    private IntrospectionSchedule schedule(Source source, Optional<Duration> every) {
        return new IntrospectionSchedule(
                introspection, (SourceId id) -> Optional.of(source), id -> every, timer, new Random(1));
    }
}
