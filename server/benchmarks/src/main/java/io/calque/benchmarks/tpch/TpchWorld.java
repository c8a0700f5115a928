package io.calque.benchmarks.tpch;

import io.calque.benchmarks.servers.MongoHost;
import io.calque.benchmarks.servers.PostgresHost;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.SqliteFile;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.SourceConfig;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/**
 * TPC-H spread over three databases. In MongoDB a document is flat, with Decimal128, Date (midnight UTC) and int64 keys,
 * under an {@code _id} of MongoDB's own and with a unique index on the primary key; in SQLite a decimal is a number (REAL,
 * or INTEGER where it is whole) and a day ISO text, as its users have them. Thread-safe.
 */
public final class TpchWorld implements AutoCloseable {
    private final TpchSplit split;
    private final PostgresHost postgresHost;
    private final PostgresDatabase postgres;
    private final MongoHost mongoHost;
    private final MongoDatabaseAddress mongo;
    private final SqliteFile sqlite;

    private TpchWorld(TpchSplit split, PostgresHost postgresHost, MongoHost mongoHost) {
        this.split = split;
        this.postgresHost = postgresHost;
        this.mongoHost = mongoHost;
        this.mongo = mongoHost.create("tpch");
        this.sqlite = SqliteFile.create("tpch.db");
        this.postgres = postgresHost.create("tpch_" + split.name().toLowerCase(Locale.ROOT));
    }

    /**
     * Loads a split at a scale factor into a new database {@code tpch_mixed} or {@code tpch_hard} of the given PostgreSQL,
     * a MongoDB-wire server of its own (database {@code tpch}) and a SQLite file of its own ({@code tpch.db}). Scale
     * factor 0.01 takes about two seconds, the first time in a JVM two more; 1 takes minutes and 6 GB of heap. The
     * generator keeps 300 MB of text for the life of the JVM.
     */
    public static TpchWorld load(TpchSplit split, double scaleFactor, PostgresServer postgres) {
        return load(split, scaleFactor, PostgresHost.embedded(postgres), MongoHost.embedded());
    }

    /** The same on these servers; closing the world drops its databases and closes the MongoDB host, not the other. */
    public static TpchWorld load(TpchSplit split, double scaleFactor, PostgresHost postgres, MongoHost mongo) {
        TpchLoader loader = new TpchLoader(scaleFactor);
        TpchWorld world = new TpchWorld(split, postgres, mongo);
        try {
            loader.load(world.postgres, split.inPostgres());
            loader.load(mongo, world.mongo, split.inMongo());
            loader.load(world.sqlite, split.inSqlite());
            return world;
        } catch (SQLException | RuntimeException e) {
            world.close();
            throw new IllegalStateException("TPC-H, split " + split + ", cannot be loaded: " + e.getMessage(), e);
        }
    }

    public TpchSplit split() {
        return split;
    }

    public PostgresDatabase postgres() {
        return postgres;
    }

    /** The three databases as sources {@code pg}, {@code mongo} and {@code lite}. */
    public List<SourceConfig> sources() {
        return List.of(
                SourceConfig.of(new SourceId("pg"), "postgresql", postgres.jdbcUrl())
                        .withCredentials(postgres.user(), new Secret(postgres.password())),
                SourceConfig.of(new SourceId("mongo"), "mongodb", mongo.connectionString()),
                SourceConfig.of(new SourceId("lite"), "sqlite", sqlite.jdbcUrl()));
    }

    public MongoDatabaseAddress mongo() {
        return mongo;
    }

    public SqliteFile sqlite() {
        return sqlite;
    }

    /** Drops the world's databases, and stops the MongoDB server where it is its own. */
    @Override
    public void close() {
        try (mongoHost;
                sqlite) {
            postgresHost.drop(postgres);
            mongoHost.drop(mongo);
        }
    }
}
