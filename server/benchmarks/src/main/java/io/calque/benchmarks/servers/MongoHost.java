package io.calque.benchmarks.servers;

import com.mongodb.client.MongoClient;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoServer;

/** A server that speaks MongoDB's wire protocol, on which databases can be filled and dropped. Thread-safe. */
public interface MongoHost extends AutoCloseable {

    /** The address of a new database, which the first document written creates. */
    MongoDatabaseAddress create(String name);

    /** Drops one of the databases made here. */
    void drop(MongoDatabaseAddress database);

    /** Opens a new client, which the caller closes. */
    MongoClient connect();

    /** Stops a server of our own; leaves another one alone. */
    @Override
    void close();

    /** A new server in this JVM. */
    static MongoHost embedded() {
        MongoServer server = MongoServer.start();
        return new MongoHost() {
            @Override
            public MongoDatabaseAddress create(String name) {
                return server.database(name);
            }

            @Override
            public void drop(MongoDatabaseAddress database) {
                // goes with the server
            }

            @Override
            public MongoClient connect() {
                return server.connect();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }
}
