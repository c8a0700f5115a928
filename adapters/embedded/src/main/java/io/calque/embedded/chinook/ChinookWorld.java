package io.calque.embedded.chinook;

import com.mongodb.client.MongoClient;
import io.calque.embedded.MongoDatabaseAddress;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.PostgresServer;
import io.calque.embedded.SqliteFile;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The Chinook sample spread over three databases:
 *
 * <ul>
 *   <li><b>sales</b>, PostgreSQL database {@code sales}, schema {@code public}: {@code customer} (59 rows), {@code
 *       invoice} (412), {@code invoice_line} (2,240);
 *   <li><b>music</b>, MongoDB database {@code music}: collection {@code artists} (275 documents) holding 347 albums
 *       ({@code albums}) and 3,503 tracks ({@code albums.tracks});
 *   <li><b>office</b>, SQLite file {@code office.db}: {@code employee} (8), {@code playlist} (18), {@code playlist_track}
 *       (8,715).
 * </ul>
 *
 * Thread-safe.
 */
public final class ChinookWorld implements AutoCloseable {
    private final PostgresDatabase sales;
    private final MongoDatabaseAddress music;
    private final SqliteFile office;
    private final Deque<AutoCloseable> owned;

    private ChinookWorld(
            PostgresDatabase sales, MongoDatabaseAddress music, SqliteFile office, Deque<AutoCloseable> owned) {
        this.sales = sales;
        this.music = music;
        this.office = office;
        this.owned = owned;
    }

    /** Starts servers for the sample alone, which {@link #close()} stops, and loads it; takes about three seconds. */
    public static ChinookWorld start() {
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        CompletableFuture<PostgresServer> starting = CompletableFuture.supplyAsync(PostgresServer::start);
        try (ChinookRows rows = ChinookRows.open()) {
            MongoServer mongo = MongoServer.start();
            owned.push(mongo);
            // PostgreSQL takes longest to start; what does not need it is loaded meanwhile.
            MongoDatabaseAddress music = loadMusic(rows, mongo);
            SqliteFile office = SqliteFile.create("office.db");
            owned.push(office);
            OfficeFile.load(rows, office);
            PostgresServer postgres = starting.join();
            owned.push(postgres);
            return new ChinookWorld(loadSales(rows, postgres), music, office, owned);
        } catch (SQLException | RuntimeException e) {
            starting.thenAccept(PostgresServer::close);
            closeAll(owned);
            throw notLoaded(e);
        }
    }

    /**
     * Loads the sample into servers that are there already and stay when it is closed: creates the database {@code sales}
     * in the one and {@code music} in the other, neither of which may exist.
     */
    public static ChinookWorld load(PostgresServer postgres, MongoServer mongo) {
        Deque<AutoCloseable> owned = new ArrayDeque<>();
        SqliteFile office = SqliteFile.create("office.db");
        owned.push(office);
        try (ChinookRows rows = ChinookRows.open()) {
            OfficeFile.load(rows, office);
            return new ChinookWorld(loadSales(rows, postgres), loadMusic(rows, mongo), office, owned);
        } catch (SQLException | RuntimeException e) {
            closeAll(owned);
            throw notLoaded(e);
        }
    }

    private static PostgresDatabase loadSales(ChinookRows rows, PostgresServer postgres) throws SQLException {
        PostgresDatabase database = postgres.createDatabase("sales");
        SalesDatabase.load(rows, database);
        return database;
    }

    private static MongoDatabaseAddress loadMusic(ChinookRows rows, MongoServer mongo) throws SQLException {
        MongoDatabaseAddress address = mongo.database("music");
        try (MongoClient client = mongo.connect()) {
            MusicDatabase.load(rows, client.getDatabase(address.database()));
        }
        return address;
    }

    private static IllegalStateException notLoaded(Exception e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return new IllegalStateException("The Chinook sample cannot be loaded: " + cause.getMessage(), cause);
    }

    /** The PostgreSQL database: customers and invoices. */
    public PostgresDatabase sales() {
        return sales;
    }

    /** The MongoDB database: artists with their albums and tracks. */
    public MongoDatabaseAddress music() {
        return music;
    }

    /** The SQLite file: employees and playlists. */
    public SqliteFile office() {
        return office;
    }

    /** Closes what was started for the sample; does nothing the second time. */
    @Override
    public void close() {
        closeAll(owned);
    }

    private static synchronized void closeAll(Deque<AutoCloseable> owned) {
        IllegalStateException failure = null;
        while (!owned.isEmpty()) {
            AutoCloseable next = owned.pop();
            try {
                next.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = new IllegalStateException("Embedded sources did not close");
                }
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
