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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code calque ask} in its forms. */
final class AskCommandIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void introspect() throws IOException, SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE boat (boat_id INTEGER PRIMARY KEY, name TEXT, harbour TEXT)");
            statement.executeUpdate(
                    "CREATE TABLE captain (captain_id INTEGER PRIMARY KEY, name TEXT, boat_id INTEGER REFERENCES boat)");
            statement.executeUpdate("INSERT INTO boat VALUES (1, 'Ada', 'Oslo'), (2, 'Bo', 'Oslo'), (3, 'Cy', 'Kiel')");
            statement.executeUpdate("INSERT INTO captain VALUES (1, 'Ann', 1), (2, 'Ben', 2)");
        }
        Files.writeString(
                directory.resolve("calque.yaml"), "sources: {port: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
        assertThat(run("introspect").code()).isZero();
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }

    @Test
    void tellsHowItUnderstoodAndAnswers() {
        CliRun asked = run("ask", "How many boats are in Oslo?");
        assertThat(asked.out())
                .contains("Understood:  number of boat; where boat.harbour is 'Oslo'")
                .contains("Sources:     port")
                .contains("1. Read port.main.boat where harbour is 'Oslo'.")
                .contains("aggregate count(*)")
                .contains("SELECT COUNT(*) AS \"boat_count\"")
                .contains("          2\n(1 row");
        assertThat(asked.code()).isZero();
    }

    @Test
    void writesRowsAloneForPrograms() {
        CliRun asked = run("ask", "--format", "csv", "How many boats are in Oslo?");
        assertThat(asked.out()).isEqualTo("boat_count\n2\n");
        assertThat(asked.error()).contains("Understood:  number of boat");
    }

    @Test
    void asksAboutOneSourceAlone() throws IOException, SQLException {
        SqliteFile other = TestServers.newSqliteFile();
        try (Connection connection = other.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE boat (boat_id INTEGER PRIMARY KEY, name TEXT)");
        }
        Path file = directory.resolve("calque.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .strip()
                        .replaceFirst("}}$", "}, dock: {kind: sqlite, url: '" + other.jdbcUrl() + "'}}"));
        assertThat(run("introspect").code()).isZero();
        assertThat(run("ask", "--in", "port", "--format", "csv", "How many boats are there?")
                        .out())
                .isEqualTo("boat_count\n3\n");
        assertThat(run("ask", "--in", "dock", "--format", "csv", "How many boats are there?")
                        .out())
                .isEqualTo("boat_count\n0\n");
        CliRun mistyped = run("ask", "--in", "dok", "How many boats are there?");
        assertThat(mistyped.error()).contains("'dok'", "did you mean 'dock'?");
        assertThat(mistyped.code()).isEqualTo(1);
    }

    @Test
    void goesOnFromTheQuestionBefore() {
        assertThat(run("ask", "--format", "csv", "How many boats are in Oslo?", "And in Kiel?")
                        .out())
                .isEqualTo("> How many boats are in Oslo?\nboat_count\n2\n> And in Kiel?\nboat_count\n1\n");
    }

    @Test
    void printsThePlanInEachForm() {
        String question = "How many boats are in Oslo?";
        assertThat(run("ask", "--plan-only", question).out()).startsWith("{\n  \"version\" : \"1\"");
        assertThat(run("ask", "--as", "steps", question).out())
                .isEqualTo("1. Read port.main.boat where harbour is 'Oslo'.\n"
                        + "2. Over all rows of step 1, the number of rows as boat_count.\n");
        assertThat(run("ask", "--as", "tree", question).out()).startsWith("project boat_count\n  aggregate count(*)");
        assertThat(run("ask", "--as", "dot", question).out()).startsWith("digraph plan {");
        assertThat(run("ask", "--as", "mermaid", question).out()).startsWith("flowchart BT\n");
        assertThat(run("ask", "--plan-only", "--as", "sql", question).out()).startsWith("WITH \"boat\" AS (");
    }

    @Test
    void aDryRunReadsNoRow() {
        CliRun asked = run("ask", "--dry-run", "How many boats are in Oslo?");
        assertThat(asked.out())
                .contains("Fetch port")
                .contains("SELECT COUNT(*)")
                .doesNotContain("(1 row");
    }

    @Test
    void asksBackWithChoices() {
        CliRun asked = run("ask", "List the names");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.error()).isEqualTo("""
                error: 'names' may mean several things; say whose it is:
                  1. column port.main.boat.name
                  2. column port.main.captain.name
                SQLSTATE: NL002
                """);
    }

    @Test
    void declinesWithTheWordsThatItDoesNotUnderstand() {
        CliRun asked = run("ask", "Who is the happiest captain?");
        assertThat(asked.code()).isEqualTo(1);
        assertThat(asked.error())
                .contains("declined")
                .contains("not understood: happiest")
                .endsWith("SQLSTATE: NL001\n");
    }

    @Test
    void takesQuestionsFromTheStandardInput() {
        CliRun asked = CliRun.given(
                "How many boats are in Oslo?\nAnd in Kiel?\n\nList the names\n2\nbye\n",
                directory,
                "ask",
                "--format",
                "csv");
        assertThat(asked.out())
                .isEqualTo("> How many boats are in Oslo?\nboat_count\n2\n> And in Kiel?\nboat_count\n1\n> \n"
                        + "> List the names\n> 2\nname\nAnn\nBen\n> bye\n");
        assertThat(asked.error()).contains("2. column port.main.captain.name");
    }

    @Test
    void answersInTheShell() {
        CliRun asked = CliRun.given("\\ask How many boats are in Oslo?\n\\ask And in Kiel?\n", directory, "shell");
        assertThat(asked.error()).isEmpty();
        assertThat(asked.code()).isZero();
    }
}
