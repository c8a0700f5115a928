package io.calque.embedded;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;
import org.bson.UuidRepresentation;

/**
 * A server in this JVM that speaks MongoDB's wire protocol on the loopback interface and keeps its data in memory: enough
 * of MongoDB to show and test with, not a measure of MongoDB's speed or completeness. Thread-safe.
 */
public final class MongoServer implements AutoCloseable {
    private final de.bwaldvogel.mongo.MongoServer server;
    private final int port;

    private MongoServer(de.bwaldvogel.mongo.MongoServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts an empty server on a free port, within milliseconds. */
    public static MongoServer start() {
        de.bwaldvogel.mongo.MongoServer server = new de.bwaldvogel.mongo.MongoServer(new MemoryBackend());
        server.bind(new InetSocketAddress("127.0.0.1", 0));
        return new MongoServer(server, server.getLocalAddress().getPort());
    }

    public int port() {
        return port;
    }

    /** The connection string of the server, without a database. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + port;
    }

    /** The address of a database, which MongoDB creates with the first document written. */
    public MongoDatabaseAddress database(String name) {
        return new MongoDatabaseAddress(connectionString() + "/" + name, name);
    }

    /** Opens a new client, which the caller closes; UUIDs are written in the standard form. */
    public MongoClient connect() {
        return MongoClients.create(MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(connectionString()))
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .build());
    }

    /** Closes all connections and forgets all data; does nothing the second time. */
    @Override
    public void close() {
        server.shutdownNow();
    }
}
