package io.calque.testkit;

import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.SqliteFile;
import io.calque.embedded.chinook.ChinookWorld;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The embedded servers that all test classes of one JVM share, each started when first asked for and stopped when the JVM
 * ends. A test class takes fresh databases for what it writes; the Chinook sample is shared and must not be written to. A
 * test that stops a server, or needs settings of its own, starts its own instead. Thread-safe.
 *
 * <p>Static on purpose: a PostgreSQL start costs two seconds, and test classes have no other place in common.
 */
public final class TestServers {
    private static final AtomicInteger databases = new AtomicInteger();

    private TestServers() {}

    private static final class Postgres {
        static final PostgresServer SERVER = PostgresServer.start();
    }

    private static final class Mongo {
        static final MongoServer SERVER = MongoServer.start();
    }

    private static final class Chinook {
        static final ChinookWorld WORLD = ChinookWorld.load(postgres(), mongo());
    }

    /** The shared PostgreSQL. */
    public static PostgresServer postgres() {
        return Postgres.SERVER;
    }

    /** The shared server that speaks MongoDB's protocol. */
    public static MongoServer mongo() {
        return Mongo.SERVER;
    }

    /** The shared Chinook sample, for reading only. */
    public static ChinookWorld chinook() {
        return Chinook.WORLD;
    }

    /** A new, empty PostgreSQL database that compares text by code point. */
    public static PostgresDatabase newPostgresDatabase() {
        return postgres().createDatabase(nextName());
    }

    /** A new, empty PostgreSQL database that compares text as a language does, such as {@code en-US}. */
    public static PostgresDatabase newPostgresDatabase(String icuLocale) {
        return postgres().createDatabase(nextName(), icuLocale);
    }

    /** The address of a MongoDB database that nobody has written to. */
    public static MongoDatabaseAddress newMongoDatabase() {
        return mongo().database(nextName());
    }

    /** A new, empty SQLite file, which disappears when closed or when the JVM ends. */
    public static SqliteFile newSqliteFile() {
        return SqliteFile.create(nextName() + ".db");
    }

    private static String nextName() {
        return "test_" + databases.incrementAndGet();
    }
}
