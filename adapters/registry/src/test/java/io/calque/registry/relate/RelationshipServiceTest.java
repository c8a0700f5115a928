package io.calque.registry.relate;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.registry.annotate.RelationshipDecision;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.relate.World.Table;
import io.calque.registry.store.Registry;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.State;
import io.calque.spi.source.Progress;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelationshipServiceTest {
    private final ExecutorService executor = Executors.newFixedThreadPool(2);
    private final Registry registry = Registry.inMemory(Clock.systemUTC());
    private final World world = new World(4);
    private final RelationshipService service =
            new RelationshipService(registry, new RelationshipInference(executor, RelationshipOptions.DEFAULT));

    RelationshipServiceTest() {
        Table customers = world.table("crm.customer", 300, "id VARCHAR").fill("id", i -> world.uuid());
        world.table("shop.orders", 900, "customer_id VARCHAR").fill("customer_id", world.any(customers, "id"));
        new IntrospectionService(registry, executor, Clock.systemUTC(), IntrospectionOptions.DEFAULT)
                .introspect(world.sources(), Progress.SILENT);
    }

    @AfterEach
    void stop() {
        executor.shutdownNow();
        registry.close();
    }

    @Test
    void publishesWhatItFindsOnce() {
        assertThat(service.refresh(world.sources(), Progress.SILENT)
                        .publication()
                        .published())
                .isTrue();
        assertThat(registry.current().relationships())
                .extracting(World::text)
                .containsExactly("shop.orders(customer_id) -> crm.customer(id)");
        assertThat(service.refresh(world.sources(), Progress.SILENT)
                        .publication()
                        .published())
                .isFalse();
    }

    @Test
    void neverProposesAgainWhatAPersonRejected() {
        service.refresh(world.sources(), Progress.SILENT);
        Relationship found = registry.current().relationships().get(0);
        registry.decide(
                new RelationshipDecision(found.from(), found.to(), State.REJECTED, "ann"), registry.revisionOf(found));
        service.refresh(world.sources(), Progress.SILENT);
        assertThat(registry.current().relationships())
                .extracting(Relationship::state)
                .containsExactly(State.REJECTED);
    }

    @Test
    void keepsWhatItCannotLookAtThisTime() {
        service.refresh(world.sources(), Progress.SILENT);
        service.refresh(List.of(), Progress.SILENT);
        assertThat(registry.current().relationships()).hasSize(1);
    }
}
