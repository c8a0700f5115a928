package io.calque.registry.store;

import io.calque.registry.drift.Impact;
import io.calque.spi.SourceId;
import java.time.Instant;
import java.util.Optional;

/**
 * A change as the history keeps it. Immutable.
 *
 * @param version the version that brought it
 * @param kind as {@link io.calque.registry.drift.CatalogChange#kind}
 * @param object column, key, index or view
 */
public record RecordedChange(
        long version,
        Instant publishedAt,
        String kind,
        Impact impact,
        Optional<SourceId> source,
        Optional<String> schema,
        Optional<String> table,
        Optional<String> object,
        String description) {}
