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

/** Names that introspection kept no list of are found at the source, and only there where that is switched off. */
final class UnlistedValuesIT {
    @TempDir
    private Path directory;

    private SqliteFile file;

    @BeforeEach
    void fill() throws SQLException {
        file = TestServers.newSqliteFile();
        inFile(
                "CREATE TABLE customer (id INTEGER PRIMARY KEY, first_name TEXT, last_name TEXT)",
                "CREATE TABLE track (id INTEGER PRIMARY KEY, title TEXT, seconds INTEGER)",
                "CREATE TABLE purchase (id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer,"
                        + " track_id INTEGER REFERENCES track)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
                        + " INSERT INTO customer SELECT i, 'First' || i, 'Last' || i FROM n",
                "UPDATE customer SET first_name = 'Leonie', last_name = 'Köhler' WHERE id = 17",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60)"
                        + " INSERT INTO track SELECT i, 'Song number ' || i, 100 + i FROM n",
                "UPDATE track SET title = 'Balls to the Wall' WHERE id = 23",
                "INSERT INTO purchase VALUES (1, 17, 23), (2, 17, 5), (3, 17, 6), (4, 3, 23)");
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
                "sources:\n  shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}\nintrospection: {values: 10}\n"
                        + more);
        assertThat(CliRun.in(directory, "introspect").code()).isZero();
    }

    private CliRun ask(String question) {
        return CliRun.in(directory, "ask", question);
    }

    @Test
    void findsNamesAtTheSource() throws IOException {
        configure("");
        // the first query of a process takes longer than a look-up may
        assertThat(CliRun.in(directory, "sql", "SELECT DISTINCT title FROM track WHERE title IN ('a', 'b') LIMIT 20")
                        .code())
                .isZero();
        CliRun purchases = ask("How many purchases did Leonie Köhler make?");
        assertThat(purchases.out() + purchases.error())
                .contains("last_name\" = 'Köhler'")
                .containsPattern("\\n +3\\n");
        CliRun track = ask("How many purchases are there of the track 'Balls to the Wall'?");
        assertThat(track.out() + track.error())
                .contains("title\" = 'Balls to the Wall'")
                .containsPattern("\\n +2\\n");
    }

    @Test
    void readsNoRowWhereThatIsOff() throws IOException {
        configure("search: {values: off}\n");
        CliRun purchases = ask("How many purchases did Leonie Köhler make?");
        assertThat(purchases.out() + purchases.error()).doesNotContain("last_name\" = 'Köhler'");
    }
}
