package io.calque.app.deployment;

import io.calque.app.config.Configuration;
import io.calque.spi.QueryException;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.util.SortedSet;

/** Brings configurations to life. Thread-safe. */
public interface DeploymentFactory {
    /** The words that {@code kind:} takes. */
    SortedSet<String> kinds();

    /** Told first by a command that will serve: whatever makes the first answers quicker may begin, on threads of its own. */
    default void prepareToServe() {
        // nothing is slow the first time
    }

    /**
     * Opens one source without a registry or engine, for looking at it; connects when it is asked something. The caller closes it.
     *
     * @throws QueryException CONFIG_INVALID when it can never work
     */
    Source openSource(SourceConfig config);

    /**
     * Wires the parts; connects to no source yet.
     *
     * @throws QueryException CONFIG_INVALID, REGISTRY_FAILED
     */
    Deployment open(Configuration configuration);
}
