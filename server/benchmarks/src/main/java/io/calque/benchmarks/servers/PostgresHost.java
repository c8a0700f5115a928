package io.calque.benchmarks.servers;

import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;

/** A PostgreSQL server on which databases can be made and dropped. Thread-safe. */
public interface PostgresHost extends AutoCloseable {

    /** Makes an empty database that compares text by code point; its name begins with the given one on servers of our own only. */
    PostgresDatabase create(String name);

    /** Drops one of the databases made here, together with the connections that are open to it. */
    void drop(PostgresDatabase database);

    /** Stops a server of our own; leaves another one alone. */
    @Override
    void close();

    static PostgresHost embedded(PostgresServer server) {
        return new PostgresHost() {
            @Override
            public PostgresDatabase create(String name) {
                return server.createDatabase(name);
            }

            @Override
            public void drop(PostgresDatabase database) {
                server.dropDatabase(database.name());
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
