package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.PostgresDatabase;
import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every column of every table of the torture schemas, asked for in SQL by its quoted name. */
class QuotedNamesIT {
    private static final Path SCRIPTS =
            Path.of(System.getProperty("calque.root"), "adapters", "jdbc", "src", "test", "resources", "torture");
    /** Values that need an option or that no engine type holds, and a view that was never filled: read elsewhere. */
    private static final Set<String> UNREADABLE = Set.of("special", "kept_as_numbers", "unfilled");

    @TempDir
    static Path directory;

    private static PostgresDatabase database;
    private static SqliteFile file;
    private static SqliteFile other;
    private static Connection calque;

    @BeforeAll
    static void open() throws Exception {
        database = TestServers.newPostgresDatabase();
        Path csv = Files.writeString(directory.resolve("words.csv"), "id,word\n1,one\n");
        try (Connection connection = database.connect()) {
            run(
                    connection,
                    "DO $$ BEGIN CREATE ROLE torture_reader; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
            String script = Files.readString(SCRIPTS.resolve("postgresql.sql"))
                    .replace("${port}", Integer.toString(TestServers.postgres().port()))
                    .replace("${database}", database.name())
                    .replace("${user}", database.user())
                    .replace("${password}", database.password())
                    .replace("${csv}", csv.toString());
            for (String block : blocks(script)) {
                run(connection, block);
            }
        }
        file = TestServers.newSqliteFile();
        other = TestServers.newSqliteFile();
        try (Connection connection = file.connect()) {
            run(connection, "ATTACH DATABASE '" + other.path() + "' AS other");
            for (String block : blocks(Files.readString(SCRIPTS.resolve("sqlite.sql")))) {
                run(connection, block);
            }
        }
        calque = DriverManager.getConnection("jdbc:calque:file:" + configuration());
    }

    private static Path configuration() throws IOException {
        return Files.writeString(directory.resolve("calque.yaml"), """
                sources:
                  pg: {kind: postgresql, url: '%s', user: %s, password: '%s'}
                  lite: {kind: sqlite, url: '%s', options: {attach.other: '%s'}}
                """.formatted(
                        database.jdbcUrl(), database.user(), database.password(), file.jdbcUrl(), other.path()));
    }

    private static List<String> blocks(String script) {
        return List.of(script.split("\n\n")).stream()
                .filter(block -> block.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("--")))
                .toList();
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @AfterAll
    static void close() throws Exception {
        calque.close();
        file.close();
        other.close();
        TestServers.postgres().dropDatabase(database.name());
    }

    @Test
    void reachesEveryColumnByItsQuotedName() throws Exception {
        Map<String, List<String>> tables = tables();
        assertThat(tables).hasSizeGreaterThan(100);
        TreeMap<String, String> wrong = new TreeMap<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            String all = table.getValue().stream().map(QuotedNamesIT::quoted).collect(Collectors.joining(", "));
            List<List<String>> rows = attempt("SELECT " + all + " FROM " + table.getKey(), wrong);
            List<List<String>> stars = attempt("SELECT * FROM " + table.getKey(), wrong);
            if (!rows.equals(stars)) {
                wrong.put(table.getKey(), "SELECT * says " + stars + ", its columns " + rows);
            }
            for (int i = 0; i < table.getValue().size(); i++) {
                int position = i;
                String column = quoted(table.getValue().get(i));
                // Through an operator of the engine too, and under an alias.
                String sql = "SELECT t." + column + " FROM " + table.getKey() + " AS t";
                // In any order: SQLite reads a column alone from an index where it can.
                List<String> alone = attempt(sql, wrong).stream()
                        .map(row -> row.get(0))
                        .sorted()
                        .toList();
                List<String> beside =
                        rows.stream().map(row -> row.get(position)).sorted().toList();
                if (!alone.equals(beside)) {
                    wrong.put(sql, "alone " + alone + ", beside others " + beside);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void tellsNamesApartThatDifferByCaseOnly() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        String schema = "pg.\"Odd.Sch€ma \"\"x\"\" $1\".";
        assertThat(attempt("SELECT n FROM " + schema + "\"case\"", wrong)).isEqualTo(List.of(List.of("1")));
        assertThat(attempt("SELECT n FROM " + schema + "\"Case\"", wrong)).isEqualTo(List.of(List.of("2")));
        assertThat(attempt("SELECT n FROM " + schema + "\"CASE\"", wrong)).isEqualTo(List.of(List.of("3")));
        assertThat(attempt("SELECT \"id\" + 0, \"ID\" + 0, \"Id\" + 0 FROM " + schema + "columns", wrong))
                .isEqualTo(List.of(List.of("1", "2", "3")));
        assertThat(wrong).isEmpty();
    }

    /** Quoted names of the columns of each table, by the table's qualified and quoted name. */
    private static Map<String, List<String>> tables() throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        for (String source : List.of("pg", "lite")) {
            try (ResultSet column = calque.getMetaData().getColumns(source, null, null, null)) {
                while (column.next()) {
                    if (!UNREADABLE.contains(column.getString("TABLE_NAME"))) {
                        String table = quoted(source) + "." + quoted(column.getString("TABLE_SCHEM")) + "."
                                + quoted(column.getString("TABLE_NAME"));
                        tables.computeIfAbsent(table, name -> new ArrayList<>()).add(column.getString("COLUMN_NAME"));
                    }
                }
            }
        }
        return tables;
    }

    private static List<List<String>> attempt(String sql, Map<String, String> wrong) {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = calque.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            int columns = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(String.valueOf(row.getString(i)));
                }
                rows.add(values);
            }
        } catch (SQLException | RuntimeException e) {
            wrong.put(sql, e.toString());
        }
        return rows;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
