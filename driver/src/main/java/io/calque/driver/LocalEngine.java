package io.calque.driver;

import java.util.Map;

/**
 * An engine in this process, for {@code jdbc:calque:file:} URLs; found by {@code ServiceLoader}.
 *
 * <p>Only JDK types appear here, because the driver's own dependencies are relocated. Implementations are thread-safe and may
 * serve many connections to one configuration from one engine.
 */
public interface LocalEngine {
    /**
     * Opens an engine for a configuration file, or joins the one already open for it.
     *
     * @param configPath as in the URL, relative to the working directory or absolute
     * @param properties the connection's properties, user and password among them
     * @throws Exception with a message for the user: a missing file, a malformed configuration
     */
    Channel open(String configPath, Map<String, String> properties) throws Exception;

    /** One connection's way into the engine. Thread-safe: a cancel comes while another exchange runs. */
    interface Channel extends AutoCloseable {
        /** Answers one protobuf request with one protobuf response, as the server's endpoint would. */
        byte[] exchange(byte[] request);

        /** Leaves the engine; the last one out stops it. */
        @Override
        void close();
    }
}
