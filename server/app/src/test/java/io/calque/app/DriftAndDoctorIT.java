package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.app.cli.ExitCode;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque drift} and {@code calque doctor} on the engine itself. */
final class DriftAndDoctorIT {
    private final Main main = new Main(Clock.systemUTC());

    @TempDir
    private Path directory;

    private SqliteFile file;

    @BeforeEach
    void configureOneTable() throws IOException, SQLException {
        file = TestServers.newSqliteFile();
        inFile("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)", "INSERT INTO item VALUES (1, 'Ann')");
        configure("");
    }

    private void inFile(String... statements) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                directory.resolve("calque.yaml"),
                "server: {port: 0}\nsources:\n  shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}\n" + more);
    }

    @Test
    void showsWhatChangedAndWhatItBreaks() throws SQLException {
        assertThat(run("introspect").code()).isZero();
        assertThat(run("sql", "CREATE VIEW names AS SELECT name FROM shop.item").code())
                .isZero();
        CliRun same = run("drift", "--fail-on", "any");
        assertThat(same.code()).isZero();
        assertThat(same.error()).contains("nothing has changed since version ");

        inFile("ALTER TABLE item RENAME COLUMN name TO label");
        CliRun changed = run("drift", "shop", "--fail-on", "breaking", "--format", "csv");

        assertThat(changed.code()).isEqualTo(ExitCode.DRIFTED);
        assertThat(changed.out())
                .contains("column_removed,breaking,shop.main.item,column name VARCHAR removed")
                .contains("column label may be the former name (score ")
                .contains("view_broken,breaking,,")
                .contains("view names fails because shop.main.item: column name VARCHAR removed");
        assertThat(run("drift", "--fail-on", "breaking").code()).isZero();
        assertThat(run("drift", "--since", "1", "--format", "csv").out())
                .contains("view_added")
                .contains("column_removed");
        assertThat(run("drift", "shp").error()).contains("Did you mean 'shop'?");
    }

    @Test
    void aSourceThatIsDownIsStaleWithItsAge() throws IOException, SQLException {
        assertThat(run("introspect").code()).isZero();
        inFile("DROP TABLE item");
        Files.writeString(file.path(), "no database at all, however long this text may be, it has no header of one");

        assertThat(run("drift").code()).isEqualTo(ExitCode.FAILED);
        assertThat(run(
                                "sql",
                                "--format",
                                "csv",
                                "SELECT status, table_count, age_seconds >= 0 AS aged FROM"
                                        + " system.sources WHERE last_error IS NOT NULL AND last_success_at < last_error_at")
                        .out())
                .isEqualTo("status,table_count,aged\nstale,1,true\n");
        assertThat(run("sources").out()).contains("stale").contains(" s ");
    }

    @Test
    void findsNothingWrongWhereAllIsWell() {
        run("introspect");

        CliRun ended = run("doctor", "--format", "csv");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .contains("ok,configuration,")
                .contains("ok,java,Java 17")
                .contains("ok,temporary directory,")
                .contains("ok,registry,")
                .contains("ok,disk,")
                .contains("ok,source shop,")
                .doesNotContain("error,");
        assertThat(run("doctor", "--format", "json").out()).contains("\"severity\"", "\"remedy\"");
    }

    @Test
    void tellsAWrongConfiguration() throws IOException {
        Files.writeString(directory.resolve("calque.yaml"), "sources: {shop: {kind: sqlit, url: x}}\n");

        CliRun ended = run("doctor", "--format", "csv");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.out()).contains("error,configuration,").contains("unknown source kind 'sqlit'");
    }

    @Test
    void neverHangsOnASourceThatDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            configure("  down: {kind: postgresql, url: 'jdbc:postgresql://127.0.0.1:1/x'}\n"
                    + "  silent: {kind: postgresql, connect_timeout: 60s, url: 'jdbc:postgresql://127.0.0.1:"
                    + silent.getLocalPort() + "/x'}\n");

            CliRun ended = run("doctor", "--timeout", "4", "--format", "csv");

            assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
            assertThat(ended.out())
                    .contains("ok,source shop,")
                    .contains("error,source down,\"Source 'down' cannot be reached")
                    .contains("See that the database runs")
                    .contains("error,source silent,does not answer within 4 s");
        }
    }

    @Test
    void tellsAWrongPasswordAndTablesThatMayNotBeRead() throws IOException, SQLException {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        String role = "reader_" + database.name();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE secret (id integer)");
            statement.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'r'");
        }
        configure("  wrong: {kind: postgresql, url: '" + database.jdbcUrl() + "', user: " + database.user()
                + ", password: not-the-one}\n  crm: {kind: postgresql, url: '" + database.jdbcUrl() + "', user: " + role
                + ", password: r}\n");

        String found = run("doctor", "--format", "csv").out();

        assertThat(found)
                .contains("error,source wrong,\"Source 'wrong' refused us")
                .contains("rights granted there")
                .doesNotContain("not-the-one")
                .contains("warning,source crm,\"1 tables are left out because the user may not read them")
                .contains("Grant the user SELECT")
                .contains("ok,source crm,its clock differs from ours by ");
    }

    @Test
    void tellsADamagedAForeignAndANewerRegistry() throws IOException, SQLException {
        run("introspect");
        Path registry = directory.resolve(".calque/registry.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + registry);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 99");
        }
        assertThat(run("doctor", "--format", "csv").out())
                .contains("error,registry,")
                .contains("layout 99")
                .contains("Use a newer Calque");

        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + registry);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = 7");
        }
        assertThat(run("doctor", "--format", "csv").out()).contains("an SQLite file of another program");

        Files.deleteIfExists(directory.resolve(".calque/registry.db-wal"));
        Files.writeString(registry, "this is no database, whatever its name may promise to whoever opens it");
        assertThat(run("doctor", "--format", "csv").out())
                .contains("error,registry,")
                .contains("Restore a backup");
    }

    @Test
    void tellsAPortThatIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path config = directory.resolve("calque.yaml");
            Files.writeString(config, Files.readString(config).replace("port: 0", "port: " + taken.getLocalPort()));

            CliRun ended = run("doctor", "--format", "csv");

            assertThat(ended.code()).isZero();
            assertThat(ended.out()).contains("warning,port,").contains("serve with --port");
        }
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }
}
