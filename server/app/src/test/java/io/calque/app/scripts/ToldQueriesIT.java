package io.calque.app.scripts;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries of the scripts that run are told as a plan document, and the document must give the query's rows. */
class ToldQueriesIT {
    private static final Path SCRIPTS = Path.of("src/test/resources/scripts");
    /** Of the queries that run, how many in a hundred can be told. */
    private static final int TOLD = 90;

    /** Every so many queries take part where the whole is not asked for. */
    private static final int SAMPLE = 9;

    private final Map<String, Integer> reasons = new TreeMap<>();
    private final List<String> differences = new ArrayList<>();
    private int ran;
    private int told;

    @Test
    void queriesOfTheScriptsCanBeToldAsPlans(@TempDir Path directory) throws Exception {
        Path configuration = directory.resolve("calque.yaml");
        Files.writeString(configuration, ChinookConfiguration.yaml(TestServers.chinook()));
        try (Connection connection = DriverManager.getConnection("jdbc:calque:file:" + configuration)) {
            List<String> queries = queries();
            for (int i = 0; i < queries.size(); i += Boolean.getBoolean("calque.full") ? 1 : SAMPLE) {
                tell(connection, queries.get(i));
            }
        }
        System.out.println(told + " of " + ran + " queries were told as plans; the others: " + reasons);
        assertThat(differences).isEmpty();
        assertThat(told * 100 / ran).isGreaterThanOrEqualTo(TOLD);
    }

    private void tell(Connection connection, String query) {
        List<String> before;
        try {
            before = rows(connection, query);
        } catch (SQLException e) {
            return;
        }
        ran++;
        String sql = "";
        try {
            String text = query.replace("'", "''");
            try (Statement statement = connection.createStatement();
                    ResultSet plan = statement.executeQuery(
                            "SELECT \"value\" FROM TABLE(PLAN_OF('" + text + "')) AS p WHERE property = 'sql'")) {
                plan.next();
                sql = plan.getString(1);
            }
        } catch (SQLException e) {
            String message = Objects.requireNonNull(e.getMessage()).replaceFirst("(?s).*?line \\d+, column \\d+: ", "");
            reasons.merge(message.lines().findFirst().orElse(""), 1, Integer::sum);
            if (Boolean.getBoolean("told.verbose")) {
                System.out.println("NOT TOLD " + message + "\n" + query);
            }
            return;
        }
        try {
            List<String> after = rows(connection, sql);
            if (after.equals(before)) {
                told++;
            } else {
                differences.add(query + "\n gave " + before.size() + " rows, as a plan " + after.size() + ":\n" + sql);
            }
        } catch (SQLException e) {
            differences.add(query + "\n cannot be run as a plan: " + e.getMessage() + "\n" + sql);
        }
    }

    private static List<String> rows(Connection connection, String query) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= width; i++) {
                    row.append(result.getString(i)).append('|');
                }
                rows.add(row.toString());
            }
        }
        if (!query.toUpperCase(Locale.ROOT).contains("ORDER BY")) {
            Collections.sort(rows);
        }
        return rows;
    }

    /** What is repeatable and not about the process itself. */
    private static List<String> queries() throws IOException {
        List<String> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(SCRIPTS)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".iq")).sorted().toList()) {
                StringBuilder query = new StringBuilder();
                for (String line : Files.readAllLines(file)) {
                    boolean ours = query.length() == 0;
                    if (ours && !line.toUpperCase(Locale.ROOT).matches("(SELECT|WITH|\\(SELECT)\\b.*")) {
                        continue;
                    }
                    query.append(line).append('\n');
                    if (line.stripTrailing().endsWith(";")) {
                        queries.add(query.toString().strip().replaceFirst(";$", ""));
                        query.setLength(0);
                    }
                }
            }
        }
        return queries.stream()
                .filter(q -> !q.matches(
                        "(?is).*\\b(system\\.|information_schema|random\\(|now\\(|current_|views\\.|\\.query\\().*"))
                .distinct()
                .toList();
    }
}
