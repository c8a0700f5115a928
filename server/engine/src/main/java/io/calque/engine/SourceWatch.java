package io.calque.engine;

import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Hears how reads of sources went, and looks again at a source whose shape a query found changed. Thread-safe. */
public interface SourceWatch {
    /** Nobody listens and nobody looks. */
    SourceWatch NONE = new SourceWatch() {};

    /** A native query was answered. Called for every fetch: must return at once. */
    default void answered(SourceId source) {}

    /** A native query failed at its source. Must return at once. */
    default void failed(SourceId source, QueryException failure) {}

    /**
     * Asks a source again what it holds, or waits while somebody else is asking.
     *
     * @param planned what the failed query was planned on
     * @param tables those that it reads
     * @return empty when the source could not be asked in time
     */
    default Optional<Look> lookAgain(
            SourceId source,
            CatalogSnapshot planned,
            Set<TableName> tables,
            QueryException failure,
            Duration patience) {
        return Optional.empty();
    }

    /**
     * What was found.
     *
     * @param snapshot the newest
     * @param differences clauses for people, the weightiest first: what changed in the tables asked for since the query was planned
     * @param changed whether anything of the source did
     */
    record Look(CatalogSnapshot snapshot, List<String> differences, boolean changed) {
        public Look {
            differences = List.copyOf(differences);
        }
    }
}
