package io.calque.peer;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers each line of a file, a statement, with a line: {@code stages TAB rows}, or {@code stages TAB !error}. Rows are in the order of the answer; rows
 * and values are parted by characters that no text has. The table {@code items} is a view over the collection, with its columns cast to their
 * types, as Calcite's documentation does it.
 */
public final class StockAdapter {
    private static final char ROW = '\u001e';
    private static final char VALUE = '\u001f';
    private static final Pattern STAGE = Pattern.compile("Mongo(Filter|Sort|Aggregate)");

    private StockAdapter() {}

    /**
     * @param args connection string, database, the select of the view {@code items}, the file
     */
    public static void main(String[] args) throws SQLException, IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Properties properties = new Properties();
        properties.setProperty("model", "inline:" + model(args[0], args[1], args[2]));
        properties.setProperty("unquotedCasing", "UNCHANGED");
        properties.setProperty("caseSensitive", "true");
        try (Connection connection = DriverManager.getConnection("jdbc:calcite:", properties)) {
            for (String sql : Files.readAllLines(Path.of(args[3]))) {
                out.println(encoded(stages(connection, sql)) + "\t" + encoded(answer(connection, sql)));
            }
        }
        // The driver's threads would keep the process.
        System.exit(0);
    }

    private static String encoded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String model(String address, String database, String view) {
        return """
                {"version": "1.0", "defaultSchema": "v", "schemas": [
                  {"type": "custom", "name": "mongo", "factory": "org.apache.calcite.adapter.mongodb.MongoSchemaFactory",
                   "operand": {"host": "%s", "database": "%s"}},
                  {"name": "v", "tables": [{"type": "view", "name": "items", "sql": "%s"}]}]}
                """.formatted(address, database, view.replace("\"", "\\\""));
    }

    /** Which parts of the plan the adapter takes. */
    private static String stages(Connection connection, String sql) {
        SortedSet<String> found = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain plan for " + sql)) {
            while (rows.next()) {
                Matcher stages = STAGE.matcher(rows.getString(1));
                while (stages.find()) {
                    found.add(stages.group(1).toLowerCase(java.util.Locale.ROOT));
                }
            }
        } catch (SQLException | RuntimeException | Error e) {
            return "";
        }
        return String.join(", ", found);
    }

    /** Whatever the adapter throws is its answer. */
    private static String answer(Connection connection, String sql) {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(text(result.getObject(i)));
                }
                rows.add(String.join(String.valueOf(VALUE), values));
            }
        } catch (SQLException | RuntimeException | Error e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            return "!" + cause.getClass().getSimpleName();
        }
        return String.join(String.valueOf(ROW), rows);
    }

    private static String text(@org.jspecify.annotations.Nullable Object value) {
        if (value instanceof Number number) {
            BigDecimal exact = new BigDecimal(number.toString());
            return (exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros()).toPlainString();
        }
        return String.valueOf(value);
    }
}
