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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search index beside a registry, from one command to the next. */
final class SearchIndexIT {
    @TempDir
    private Path directory;

    private SqliteFile file;

    @BeforeEach
    void configure() throws IOException, SQLException {
        file = TestServers.newSqliteFile();
        inFile(
                "CREATE TABLE employee (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER)",
                "CREATE TABLE sales (id INTEGER PRIMARY KEY, revenue INTEGER, employee_id INTEGER)");
        configure("");
    }

    private void configure(String more) throws IOException {
        Files.writeString(
                directory.resolve("calque.yaml"),
                "sources:\n  shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}\n" + more);
    }

    private void inFile(String... statements) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void followsTheRegistry() throws SQLException, IOException {
        assertThat(run("introspect").code()).isZero();
        assertThat(run("search", "How big is the workforce?").out())
                .contains("table shop.main.employee  ('near 'workforce'')");
        assertThat(run("sql", "SELECT status, vector_count > 0 FROM system.search")
                        .out())
                .contains("not opened");
        assertThat(drift()).isEmpty();

        inFile("ALTER TABLE sales ADD COLUMN discount INTEGER");
        assertThat(run("introspect").code()).isZero();
        assertThat(drift()).containsExactly("search_index_stale");
        assertThat(run("search", "discounts").out()).contains("column shop.main.sales.discount");
        assertThat(drift()).containsExactly("search_index_repaired");
        assertThat(run("sql", "--format", "csv", "SELECT description FROM system.drift WHERE kind LIKE 'search%'")
                        .out())
                .contains("1 of 2 tables were indexed anew, 0 left");

        try (Stream<Path> files = Files.list(directory.resolve(".calque/registry.db.search"))) {
            for (Path part : (Iterable<Path>) files::iterator) {
                Files.write(part, new byte[] {1, 2, 3});
            }
        }
        assertThat(run("search", "discounts").out()).contains("column shop.main.sales.discount");
    }

    @Test
    void goesWithoutVectorsWhereTheyAreOff() throws IOException {
        configure("search: {vectors: off}\n");
        assertThat(run("introspect").code()).isZero();
        CliRun without = run("search", "How big is the workforce?");
        assertThat(without.code()).isZero();
        assertThat(without.out()).doesNotContain("employee");
        assertThat(run("sql", "SELECT vector_status FROM system.search").out()).contains("off");
        configure("search: {vectors: perhaps}\n");
        assertThat(run("search", "sales").error()).contains("'vectors' is 'perhaps'; it can be auto or off");
    }

    private List<String> drift() {
        return run("sql", "--format", "csv", "SELECT kind FROM system.drift WHERE kind LIKE 'search%'")
                .out()
                .lines()
                .skip(1)
                .toList();
    }

    private CliRun run(String... arguments) {
        return CliRun.in(directory, arguments);
    }
}
