package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.app.cli.ExitCode;
import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.config.ConfigurationReload;
import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.spi.source.Progress;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line on the engine itself. */
final class CliIT {
    private final Main main = new Main(Clock.systemUTC());

    @TempDir
    private Path directory;

    private SqliteFile file;

    @BeforeEach
    void configureOneRow() throws IOException, SQLException {
        file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
            statement.executeUpdate("INSERT INTO item VALUES (1, 'Ann')");
        }
        configure("");
    }

    @Test
    void answersFromOneRow() {
        assertThat(run("sql", "SELECT * FROM shop.item").out()).isEqualTo(" id | name\n----+-----\n  1 | Ann\n");
        assertThat(run("describe", "item").out()).contains("table shop.main.item", "primary key (id)");
        assertThat(run("sources", "--format", "csv").out()).contains("shop,sqlite,ok,1,");
        assertThat(run("explain", "SELECT name FROM item").out()).contains("Fetch shop", "| SELECT `name` FROM");
    }

    @Test
    void verifiesOneQuery() {
        CliRun ended = run("sql", "--format", "csv", "VERIFY SELECT name FROM item ORDER BY name");

        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .startsWith("item,with_pushdown,without_pushdown,same\nanswer,1 row,1 row,yes\norder,name,name,yes\n");
        assertThat(run("sql", "VERIFY SELECT nam FROM item").error())
                .contains("Did you mean 'name'?")
                .contains("  VERIFY SELECT nam FROM item\n                ^\n");
    }

    /** The example of docs/pushdown.md. */
    @Test
    void verifiesAsDocumented() throws IOException {
        String sql = "VERIFY SELECT name FROM item ORDER BY name";
        String out = run("sql", "--format", "csv", sql).out().replaceAll("\\d+(\\.\\d+)? ms", "N ms");
        Path document = Path.of(System.getProperty("calque.root", "../.."), "docs", "pushdown.md");
        String begin = "<!-- VERIFY: checked by CliIT; times are masked -->\n```console\n";
        String expected = begin + "$ ./calque sql --format csv \"" + sql + "\"\n" + out + "```\n";
        String written = Files.readString(document);
        if (Boolean.getBoolean("golden.update")) {
            int from = written.indexOf(begin);
            int to = written.indexOf("```\n", from + begin.length()) + "```\n".length();
            Files.writeString(document, written.substring(0, from) + expected + written.substring(to));
        }
        assertThat(Files.readString(document)).contains(expected);
    }

    @Test
    void pointsAtAnUnknownColumn() {
        CliRun ended = run("sql", "SELECT nam FROM item");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.error())
                .contains("Did you mean 'name'?")
                .contains("  SELECT nam FROM item\n         ^\n")
                .contains("SQLSTATE: 42703");
    }

    @Test
    void refusesToWrite() {
        CliRun ended = run("sql", "DELETE FROM shop.item");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.error()).contains("SQLSTATE: 25006");
    }

    @Test
    void answersFromTheOthersWhileASourceIsDown() throws IOException {
        configure("  down: {kind: postgresql, url: 'jdbc:postgresql://127.0.0.1:1/x', connect_timeout: 2s}\n");

        CliRun ended = run("sql", "--format", "csv", "SELECT name FROM shop.item");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).isEqualTo("name\nAnn\n");
        assertThat(ended.error()).contains("error: Source 'down'");
        assertThat(run("introspect").code()).isEqualTo(ExitCode.FAILED);
    }

    @Test
    void tellsAWrongPasswordWithoutShowingIt() throws IOException {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        configure("  crm: {kind: postgresql, url: '" + database.jdbcUrl() + "', user: " + database.user()
                + ", password: not-the-one}\n");

        CliRun ended = run("introspect", "crm");

        assertThat(ended.code()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.error())
                .contains("error: Source 'crm'")
                .contains("password")
                .doesNotContain("not-the-one");
    }

    @Test
    void cancelsAQueryThatOnlyComputesHere() throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
                    + " INSERT INTO item SELECT i, 'x' FROM n");
        }
        Configuration configuration =
                new ConfigurationReader(main.kinds(), Map.of()).read(directory.resolve("calque.yaml"));
        try (LocalDeployment deployment = main.open(configuration);
                QueryClient client = deployment.connect()) {
            deployment.introspect(deployment.unknownSources(), Progress.SILENT);
            client.run("SET pushdown = off").close();
            try (Answer answer = client.run("SELECT count(*) FROM item a, item b, item c"
                    + " WHERE a.id + b.id + c.id = 1 AND a.name || b.name || c.name <> 'y'")) {
                CompletableFuture<Throwable> ended = CompletableFuture.supplyAsync(() -> catchThrowable(answer::next));
                client.cancel();

                assertThat(ended)
                        .succeedsWithin(Duration.ofSeconds(60))
                        .isInstanceOfSatisfying(
                                StatementFailedException.class,
                                failure -> assertThat(failure.sqlState()).isEqualTo("57014"));
            }
        }
    }

    @Test
    void takesOverAChangedConfiguration() throws IOException {
        ConfigurationReader reader = new ConfigurationReader(main.kinds(), Map.of());
        Configuration before = reader.read(directory.resolve("calque.yaml"));
        List<String> reports = new ArrayList<>();
        try (LocalDeployment deployment = main.open(before);
                QueryClient client = deployment.connect()) {
            ConfigurationReload reload = new ConfigurationReload(reader, before, deployment::apply, reports::add);
            Files.writeString(
                    directory.resolve("calque.yaml"),
                    "sources: {store: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
            reload.reload();

            assertThat(reports).containsExactly("Configuration read again: added store; removed shop");
            try (Answer answer = client.run("SELECT name FROM store.item")) {
                assertThat(answer.next().orElseThrow()).isEqualTo(List.of("Ann"));
            }
            assertThat(deployment.catalog().sources())
                    .extracting(source -> source.id().value())
                    .containsExactly("store");
        }
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                directory.resolve("calque.yaml"),
                "sources:\n  shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}\n" + more);
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }
}
