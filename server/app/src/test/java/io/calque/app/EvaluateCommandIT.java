package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque nl eval}: a shop in one file, and the same shop in two. */
final class EvaluateCommandIT {
    private static final String BUYERS = "CREATE TABLE buyer (buyer_id INTEGER PRIMARY KEY, name TEXT, country TEXT); "
            + "INSERT INTO buyer VALUES (1, 'Ann', 'Chile'), (2, 'Bo', 'Chile'), (3, 'Cy', 'Japan');";
    private static final String SALES =
            "CREATE TABLE sale (sale_id INTEGER PRIMARY KEY, amount INTEGER, buyer_id INTEGER%s); "
                    + "INSERT INTO sale VALUES (1, 5, 1), (2, 20, 1), (3, 30, 2), (4, 7, 3);";

    @TempDir
    private Path directory;

    @BeforeEach
    void write() throws IOException, SQLException {
        String whole = source("shop", BUYERS + SALES.formatted(" REFERENCES buyer"));
        Files.writeString(directory.resolve("calque.yaml"), "sources:\n" + whole);
        String apart = source("front", BUYERS) + source("back", SALES.formatted(""));
        Files.writeString(directory.resolve("spread.yaml"), "registry: spread.db\nsources:\n" + apart);
        Files.writeString(
                directory.resolve("questions.jsonl"),
                line(
                                "1",
                                "How many buyers are from Chile?",
                                "SELECT count(*) FROM buyer WHERE country = 'Chile'",
                                "buyer")
                        + line("2", "What is the total amount of sales?", "SELECT sum(amount) FROM sale", "sale")
                        + line("3", "How many buyers are from Japan?", "SELECT 99", "buyer")
                        + "{\"id\": \"4\", \"db\": \"shop\", \"question\": \"Will it rain?\", \"unanswerable\": true}\n");
    }

    private static String line(String id, String question, String gold, String table) {
        return "{\"id\": \"" + id + "\", \"db\": \"shop\", \"category\": \"all of them\", \"question\": \"" + question
                + "\", \"gold_sql\": \"" + gold + "\", \"tables\": [\"" + table + "\"]}\n";
    }

    private static String source(String name, String script) throws SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(script.split(";"))) {
                statement.executeUpdate(sql);
            }
        }
        return "  " + name + ": {kind: sqlite, url: '" + file.jdbcUrl() + "'}\n";
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }

    @Test
    void scoresAnswersAndRefusals() {
        CliRun run = run("nl", "eval", "questions.jsonl");

        assertThat(run.out())
                .contains("| all of them | 3 | 3 | 2 (67 %) | 2 (67 %) | 2 (67 %) | 0 | 0 |")
                .contains("| all | 4 | 3 | 2 (67 %) | 2 (67 %) | 2 (67 %) | 1 | 0 |")
                .contains("lenient accuracy 67 %, 95 % interval 21 % to 94 %; planning ");
    }

    @Test
    void comparesTheAnswersOverSeveralSources() {
        CliRun run = run(
                "nl",
                "eval",
                "--spread-config",
                "spread.yaml",
                "--spread",
                "shop=front,back",
                "--retrieval",
                "questions.jsonl");

        assertThat(run.out())
                .contains("Spread over several sources:")
                .contains("the same answers: 4 of 4\n")
                .contains("classifier: 100 % (3 of 3) of the sources needed are named, 100 % (3 of 3) of those named")
                .contains("search: 100 % (3 of 3) of the tables needed are among what is found");
    }

    @Test
    void refusesASpreadOfAnotherForm() {
        CliRun run = run("nl", "eval", "--spread", "shop", "questions.jsonl");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.error()).contains("'shop' is not of the form database=source,source,...");
    }
}
