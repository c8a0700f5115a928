package io.calque.spi.catalog;

import io.calque.spi.SourceId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one source.
 *
 * @param kind the adapter's kind: {@code postgresql}, {@code mongodb}, {@code sqlite}, ...
 * @param product name and version as the server reported it; empty when never reached
 * @param tables sorted by name
 * @param userTypes types its users made, sorted by schema and name
 * @param observedAt when the tables were last read from the source; empty when never
 * @param lastError why the last attempt failed, for people; empty when it succeeded
 */
public record SourceSnapshot(
        SourceId id,
        String kind,
        String product,
        List<TableDescriptor> tables,
        List<UserTypeDescriptor> userTypes,
        Optional<Instant> observedAt,
        Optional<String> lastError) {
    public SourceSnapshot {
        tables = tables.stream()
                .sorted(Comparator.comparing(TableDescriptor::name))
                .toList();
        userTypes = userTypes.stream().sorted(UserTypeDescriptor.BY_NAME).toList();
    }

    /** A source without types of its users. */
    public SourceSnapshot(
            SourceId id,
            String kind,
            String product,
            List<TableDescriptor> tables,
            Optional<Instant> observedAt,
            Optional<String> lastError) {
        this(id, kind, product, tables, List.of(), observedAt, lastError);
    }
}
