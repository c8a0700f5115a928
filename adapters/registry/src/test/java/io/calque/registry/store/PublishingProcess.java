package io.calque.registry.store;

import io.calque.registry.SampleTables;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Publishes two states of one source in turn until somebody kills it. */
final class PublishingProcess {
    static final SourceId SOURCE = new SourceId("victim");
    static final int TABLES = 200;

    private PublishingProcess() {}

    /** Every table of an even round has {@code 5} columns, of an odd one {@code 8}. */
    static SourceObservation observation(int round) {
        List<TableDescriptor> tables = SampleTables.many(SOURCE, TABLES, round % 2 == 0 ? 5 : 8);
        return new SourceObservation(SOURCE, "fake", round % 2 == 0 ? "five" : "eight", tables, Instant.EPOCH);
    }

    public static void main(String[] arguments) {
        // Everything is loaded and warm before the parent starts to count.
        try (Registry warm = Registry.inMemory(Clock.systemUTC())) {
            warm.publish(observation(0));
        }
        System.out.println("ready");
        try (Registry registry = Registry.open(Path.of(arguments[0]), Clock.systemUTC())) {
            for (int round = 0; ; round++) {
                registry.publish(observation(round));
            }
        }
    }
}
