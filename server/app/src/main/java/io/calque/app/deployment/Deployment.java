package io.calque.app.deployment;

import io.calque.app.client.QueryClient;
import io.calque.app.config.ServerSettings;
import io.calque.app.config.SourceChanges;
import io.calque.registry.store.RecordedChange;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.ontology.Ontology;
import io.calque.spi.source.Progress;
import java.util.List;
import java.util.Optional;

/** Sources, registry and engine of one configuration, wired together. Thread-safe. */
public interface Deployment extends AutoCloseable {
    /** What the registry knows now; never touches a source. */
    CatalogSnapshot catalog();

    /** The configured sources that the registry has never seen. */
    List<SourceId> unknownSources();

    /** Reads the schemas of these sources into the registry; a source that fails does not keep the others. */
    List<IntrospectionOutcome> introspect(List<SourceId> sources, Progress progress);

    /** Compares the values of all sources and publishes which columns refer to which keys; empty where nothing can be compared. */
    default Optional<RelatingOutcome> relate(Progress progress) {
        return Optional.empty();
    }

    /** What every version after {@code version} changed, oldest first. */
    List<RecordedChange> changesAfter(long version);

    /**
     * Puts an ontology in the place of the registry's.
     *
     * @param author the person whose edit it is
     * @param cause for people: what was done
     */
    default void publishOntology(Ontology ontology, String author, String cause) {
        throw new QueryException(ErrorCode.NOT_SUPPORTED, "This deployment keeps no ontology");
    }

    /** Opens a session of the engine in this process. */
    QueryClient connect();

    /**
     * Starts the endpoint.
     *
     * @throws QueryException CONFIG_INVALID when the address is taken or the certificate unreadable, with the way out
     */
    Endpoint serve(ServerSettings settings);

    /** Adds, replaces and removes sources; new and replaced ones are introspected. */
    void apply(SourceChanges changes);

    /** Ends sessions, endpoint and connections. Idempotent; never throws. */
    @Override
    void close();

    /** A listening server. */
    interface Endpoint extends AutoCloseable {
        /** The port in use, also where the system chose it. */
        int port();

        /** What a JDBC client connects with. */
        String jdbcUrl();

        /** Lets no more requests in and ends those that run. Idempotent; never throws. */
        @Override
        void close();
    }
}
