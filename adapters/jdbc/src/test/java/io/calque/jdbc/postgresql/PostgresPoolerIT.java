package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.ReadSession.Consistency;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Option {@code pgbouncer}: nothing outlives a transaction. With a PgBouncer in the path where one is installed. */
class PostgresPoolerIT {
    private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");

    @TempDir
    Path directory;

    private static SourceConfig pooled(PostgresDatabase database, int port) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name();
        return SourceConfig.of(new SourceId("pooled"), "postgresql", url)
                .withCredentials(database.user(), new Secret(database.password()))
                .withOptions(Map.of("pgbouncer", "true"));
    }

    private static NativeQuery limited(Source source, TableDescriptor table) {
        RelBuilder builder = Fragments.over(List.of(table)).scan(table.name().table());
        RexNode rows = builder.getRexBuilder()
                .makeDynamicParam(builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), 0);
        return source.compiler()
                .compile(builder.sortLimit(null, rows, List.of()).build());
    }

    @Test
    void preparesNothingAtTheServer() throws Exception {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE few AS SELECT 1 AS n");
        }
        try (Source source =
                PostgresTorture.open(pooled(database, TestServers.postgres().port()))) {
            NativeQuery query = limited(source, Reading.table(source, "public", "few"));
            NativeQuery prepared = source.passThrough("SELECT count(*) AS n FROM pg_prepared_statements");
            for (int i = 0; i < 8; i++) {
                assertThat(Reading.rows(source, query, 10L)).containsExactly(List.of(1L));
                assertThat(Reading.rows(source, prepared)).containsExactly(List.of(0L));
            }
        }
        TestServers.postgres().dropDatabase(database.name());
    }

    @Test
    void worksThroughPgBouncer() throws Exception {
        assumeTrue(Files.isExecutable(PROGRAM), "no PgBouncer is installed");
        PostgresTorture torture = PostgresTorture.create(TestServers.newPostgresDatabase(), directory);
        int port = freePort();
        Process pooler = start(torture.database(), port);
        try (Source source = PostgresTorture.open(pooled(torture.database(), port));
                DriverValues stored = DriverValues.of(torture.database())) {
            awaitPooler(torture.database(), port);
            Observation seen = source.introspector().observe(Progress.SILENT);
            TreeMap<String, String> wrong = new TreeMap<>();
            for (TableDescriptor table : DriverValues.ordinary(seen)) {
                stored.compare(table, Reading.rows(source, limited(source, table), 1_000_000L), wrong);
            }
            assertThat(wrong).isEmpty();
            readsTwiceAtOnce(source, seen);
            leavesNothingBehind(torture.database(), port);
        } finally {
            pooler.destroy();
            pooler.waitFor();
            TestServers.postgres().dropDatabase(torture.database().name());
        }
    }

    private static void readsTwiceAtOnce(Source source, Observation seen) {
        TableDescriptor table = seen.tables().stream()
                .filter(t -> t.name().table().equals("skewed"))
                .findFirst()
                .orElseThrow();
        NativeQuery query = limited(source, table);
        try (ReadSession session = source.begin(Reading.OPTIONS);
                RowCursor one = session.read(query, new Bindings(List.of(1_000L)));
                RowCursor other = session.read(query, new Bindings(List.of(1_000L)))) {
            assertThat(session.consistency()).isEqualTo(Consistency.SNAPSHOT);
            assertThat(Reading.rows(one)).isEqualTo(Reading.rows(other)).hasSize(1_000);
        }
    }

    /** The connections that other clients get from the pooler are as they were. */
    private static void leavesNothingBehind(PostgresDatabase database, int port) throws SQLException {
        for (int i = 0; i < 8; i++) {
            try (Connection connection = through(database, port);
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('statement_timeout'),"
                            + " current_setting('transaction_read_only'), current_setting('default_transaction_isolation'),"
                            + " (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors)")) {
                row.next();
                assertThat(Stream.of(1, 2, 3, 4, 5).map(column -> text(row, column)))
                        .containsExactly("0", "off", "read committed", "0", "0");
            }
        }
    }

    private static String text(ResultSet row, int column) {
        try {
            return row.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Connection through(PostgresDatabase database, int port) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/" + database.name() + "?preferQueryMode=simple",
                database.user(),
                database.password());
    }

    private static void awaitPooler(PostgresDatabase database, int port) throws Exception {
        Optional<SQLException> last = Optional.empty();
        for (int attempt = 0; attempt < 100; attempt++) {
            try (Connection connection = through(database, port)) {
                return;
            } catch (SQLException e) {
                last = Optional.of(e);
                java.util.concurrent.locks.LockSupport.parkNanos(100_000_000);
            }
        }
        throw last.orElseThrow();
    }

    private Process start(PostgresDatabase database, int port) throws Exception {
        Path users = Files.writeString(
                directory.resolve("users.txt"), "\"" + database.user() + "\" \"" + database.password() + "\"\n");
        Path settings = Files.writeString(directory.resolve("pgbouncer.ini"), """
                [databases]
                * = host=127.0.0.1 port=%d
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = scram-sha-256
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 4
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        TestServers.postgres().port(), port, users));
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        // It refuses to run as root, and gives the rights up itself.
        List<String> command = System.getProperty("user.name").equals("root")
                ? List.of(PROGRAM.toString(), "-q", "-u", "nobody", settings.toString())
                : List.of(PROGRAM.toString(), "-q", settings.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("pgbouncer.out").toFile())
                .start();
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
