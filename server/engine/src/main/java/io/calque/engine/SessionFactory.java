package io.calque.engine;

import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.util.Map;

/** The engine's door. Thread-safe. */
public interface SessionFactory {
    /**
     * Opens a session.
     *
     * @param settings initial values by name, as SET would give them
     * @throws QueryException OBJECT_NOT_FOUND for an unknown setting, INVALID_PARAMETER for a bad value, SHUTTING_DOWN
     */
    Session open(Principal principal, Map<String, String> settings);
}
