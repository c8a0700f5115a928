package io.calque.engine;

import io.calque.spi.QueryException;
import io.calque.spi.access.Principal;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/** One client's conversation: who asks, with which settings. Thread-safe; closing it ends its running queries. */
public interface Session extends AutoCloseable {
    /** Unique in the process. */
    String id();

    Principal principal();

    /** Current values of all settings, by name, as SHOW ALL lists them. */
    SortedMap<String, String> settings();

    /**
     * Changes a setting, as SET does.
     *
     * @throws QueryException OBJECT_NOT_FOUND with the nearest name, INVALID_PARAMETER with what is allowed
     */
    void set(String name, String value);

    /**
     * Parses, checks and plans one statement; a trailing semicolon is allowed.
     *
     * @throws QueryException 42xxx for what is wrong with the text, with its position
     */
    PreparedQuery prepare(String sql);

    /**
     * The same; planning ends with CANCELLED once {@code stopped} says so. Past the session's statement_timeout it ends with TIMED_OUT
     * either way.
     */
    default PreparedQuery prepare(String sql, BooleanSupplier stopped) {
        return prepare(sql);
    }

    /** Cancels what runs and forgets the session. Idempotent. */
    @Override
    void close();
}
