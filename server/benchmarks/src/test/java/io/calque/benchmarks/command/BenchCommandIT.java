package io.calque.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoClient;
import io.calque.app.cli.CommandExtension;
import io.calque.app.cli.ExitCode;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.embedded.MongoServer;
import io.calque.embedded.PostgresServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands at the smallest size: that they run, show their table and tell regressions; not how fast anything is. */
@Timeout(180)
class BenchCommandIT {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();

    @Test
    void timesTpchAndFailsOnWhatHasBecomeSlower() throws IOException {
        assertThat(bench(
                        "tpch",
                        "--sf",
                        "0.01",
                        "--queries",
                        "6,14",
                        "--warm-ups",
                        "0",
                        "--rounds",
                        "1",
                        "--save",
                        "now.tsv"))
                .as(error.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("| Q6 |", "| Q14 |", "| sum of 2 |");
        assertThat(Files.readString(directory.resolve("now.tsv")))
                .startsWith("calque bench tpch --sf 0.01 --split mixed\n");
    }

    @Test
    void loadsGivenServersAndLeavesThemAsTheyWere() throws SQLException {
        try (PostgresServer postgres = PostgresServer.start();
                MongoServer mongo = MongoServer.start();
                MongoClient client = mongo.connect()) {
            postgres.createDatabase("tpch_reference");
            assertThat(bench(
                            "tpch",
                            "--sf",
                            "0.01",
                            "--queries",
                            "14",
                            "--warm-ups",
                            "0",
                            "--rounds",
                            "1",
                            "--postgresql",
                            postgres.jdbcUrl("postgres") + "?ApplicationName=bench",
                            "--postgresql-user",
                            postgres.user(),
                            "--postgresql-password",
                            postgres.password(),
                            "--mongodb",
                            mongo.connectionString() + "/?appName=bench"))
                    .as(error.toString(StandardCharsets.UTF_8))
                    .isEqualTo(ExitCode.OK);
            assertThat(out.toString()).contains("| Q14 |", "| sum of 1 |");
            assertThat(databases(postgres))
                    .contains("tpch_reference")
                    .noneMatch(name -> name.startsWith("calque_bench"));
            assertThat(client.listDatabaseNames()).noneMatch(name -> name.startsWith("calque_bench"));
        }
    }

    private static List<String> databases(PostgresServer postgres) throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection connection = postgres.database("postgres").connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT datname FROM pg_database")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    @Test
    void comparesLatencyWithABaseline() throws IOException {
        Files.writeString(
                directory.resolve("impossible.tsv"),
                "calque bench latency\nname\tmilliseconds\tpeer milliseconds\nkey lookup, PostgreSQL\t0.001\t100.0\n");
        assertThat(bench("latency", "--sf", "0.01", "--warm-ups", "0", "--rounds", "1", "--compare", "impossible.tsv"))
                .isEqualTo(ExitCode.FAILED);
        assertThat(error.toString(StandardCharsets.UTF_8)).contains("regression: key lookup, PostgreSQL is ");
    }

    @Test
    void measuresWhatReadsByKeysTake() {
        assertThat(bench("bind", "--sf", "0.01", "--split", "hard", "--warm-ups", "0", "--rounds", "1"))
                .as(error.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("| lineitem, postgresql |", "| orders, mongodb |", "| partsupp, sqlite |");
    }

    @Test
    void comparesOperatorsWithDuckDb() {
        assertThat(bench(
                        "operators",
                        "--rows",
                        "60000",
                        "--keys",
                        "15000",
                        "--memory",
                        "2MB",
                        "--warm-ups",
                        "0",
                        "--rounds",
                        "1"))
                .as(error.toString(StandardCharsets.UTF_8))
                .isEqualTo(ExitCode.OK);
        assertThat(out.toString()).contains("| join |", "| join, keys with gaps |", "| group |", "| sort |");
    }

    private int bench(String... arguments) {
        Invocation invocation = new Invocation(
                new ByteArrayInputStream(new byte[0]),
                out,
                new PrintStream(error, true, StandardCharsets.UTF_8),
                Invocation.Terminals.NONE,
                new Interruption(),
                Map.of(),
                directory);
        return ServiceLoader.load(CommandExtension.class).stream()
                .map(ServiceLoader.Provider::get)
                .findFirst()
                .orElseThrow()
                .command(invocation)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }
}
