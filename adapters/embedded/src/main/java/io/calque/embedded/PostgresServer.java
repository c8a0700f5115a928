package io.calque.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL 18 server on the loopback interface, in a data directory of its own that disappears with it. Started by
 * root as well, where Linux offers user namespaces. Thread-safe.
 *
 * <p>Text is UTF-8. Databases compare text by code point (the built-in {@code C.UTF-8} collation) unless created with
 * a language's order. Nothing is written through to the disk: the data lives no longer than the process anyway. The one
 * user is the superuser, with a random password.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            // Without it a socket and a lock file would lie in the temporary directory.
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("fsync", "off"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("full_page_writes", "off"),
            Map.entry("wal_level", "minimal"),
            Map.entry("max_wal_senders", "0"),
            // Loaders analyze what they load; a vacuum in the background would only make plans and timings change.
            Map.entry("autovacuum", "off"));

    private final TemporaryDirectory directory;
    private final String password;
    private final ExitHook hook;
    private @Nullable EmbeddedPostgres postgres;
    private boolean closed;

    private PostgresServer() {
        directory = TemporaryDirectory.create("postgresql");
        password = randomPassword();
        // Before the start, so that a signal in the middle of it leaves nothing either: close() waits for the start.
        hook = ExitHook.register("calque-postgresql-closer", directory, this::close);
    }

    /** Starts a server; takes about two seconds once the programs are unpacked. */
    public static PostgresServer start() {
        return start(Map.of());
    }

    /** Starts a server with more settings ({@code shared_buffers}, {@code work_mem}, ...), which win over ours. */
    public static PostgresServer start(Map<String, String> settings) {
        PostgresServer server = new PostgresServer();
        try {
            server.launch(settings);
            return server;
        } catch (IOException | RuntimeException e) {
            server.close();
            throw new IllegalStateException("The embedded PostgreSQL did not start: " + e.getMessage() + hint(), e);
        }
    }

    /** PostgreSQL refuses to run as root; the library then needs a user namespace, which some containers forbid. */
    private static String hint() {
        return System.getProperty("user.name").equals("root")
                ? " (for root, 'unshare -U true' must work; otherwise use another account)"
                : "";
    }

    private synchronized void launch(Map<String, String> settings) throws IOException {
        if (closed) {
            throw new IllegalStateException("closed while it was starting");
        }
        BinaryCache.use();
        Path passwordFile = directory.path().resolve("password");
        Files.writeString(passwordFile, password);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory.path().resolve("data"))
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_LIMIT)
                .setConnectConfig("password", password)
                // The "locale" entries are initdb's options; its last --auth wins over the library's trust.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", passwordFile.toString())
                .setLocaleConfig("locale", "C")
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8");
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        all.putAll(settings);
        all.forEach(builder::setServerConfig);
        postgres = builder.start();
        Files.delete(passwordFile);
    }

    public int port() {
        return running().getPort();
    }

    public String user() {
        return USER;
    }

    public String password() {
        return password;
    }

    /** The URL of a database that exists or will; user and password are not part of it. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** A database that exists, {@code postgres} among them. */
    public PostgresDatabase database(String name) {
        return new PostgresDatabase(name, jdbcUrl(name), USER, password);
    }

    /** Creates an empty database that compares text by code point. */
    public PostgresDatabase createDatabase(String name) {
        administer("CREATE DATABASE " + quoted(name));
        return database(name);
    }

    /** Creates an empty database that compares text as a language does ({@code en-US}, {@code und}, ...), by ICU. */
    public PostgresDatabase createDatabase(String name, String icuLocale) {
        administer("CREATE DATABASE " + quoted(name) + " TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE '"
                + icuLocale.replace("'", "''") + "'");
        return database(name);
    }

    /** Drops a database together with the connections that are open to it; does nothing when there is none. */
    public void dropDatabase(String name) {
        administer("DROP DATABASE IF EXISTS " + quoted(name) + " WITH (FORCE)");
    }

    private void administer(String sql) {
        try (Connection connection = database("postgres").connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Embedded PostgreSQL refused: " + sql, e);
        }
    }

    private synchronized EmbeddedPostgres running() {
        if (postgres == null || closed) {
            throw new IllegalStateException("The embedded PostgreSQL is closed");
        }
        return postgres;
    }

    /** Ends all sessions, stops the server and deletes its data; does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (postgres == null) {
                stopHalfStarted();
            } else {
                postgres.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded PostgreSQL did not stop", e);
        } finally {
            directory.delete();
            hook.cancel();
        }
    }

    /** A start that failed late can leave a server that nobody holds; its first file says which process it is. */
    private void stopHalfStarted() throws IOException {
        Path pidFile = directory.path().resolve("data").resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null || !process.destroy()) {
            return;
        }
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Process " + pid + " does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String randomPassword() {
        byte[] bytes = new byte[12];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
