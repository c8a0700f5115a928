package io.calque.app.deployment;

import io.calque.app.config.Configuration;
import io.calque.spi.QueryException;
import java.util.SortedSet;

/** Brings configurations to life. Thread-safe. */
public interface DeploymentFactory {
    /** The words that {@code kind:} takes. */
    SortedSet<String> kinds();

    /**
     * Wires the parts; connects to no source yet.
     *
     * @throws QueryException CONFIG_INVALID, REGISTRY_FAILED
     */
    Deployment open(Configuration configuration);
}
