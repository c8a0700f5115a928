package io.calque.jdbc.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a script block by block; a block for newer servers than this one is left out. */
public final class TortureScript {
    private static final Pattern SINCE = Pattern.compile("^-- since (\\d+)$", Pattern.MULTILINE);

    private TortureScript() {}

    /**
     * @param name of the file under {@code torture}
     * @param version the server's major version
     * @param words what stands for each {@code ${word}}
     */
    public static void run(String name, Connection connection, int version, Map<String, String> words)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String block : blocks(name)) {
                Matcher since = SINCE.matcher(block);
                if (since.find() && Integer.parseInt(since.group(1)) > version) {
                    continue;
                }
                String sql = block;
                for (Map.Entry<String, String> word : words.entrySet()) {
                    sql = sql.replace("${" + word.getKey() + "}", word.getValue());
                }
                run(statement, sql);
            }
        }
    }

    private static void run(Statement statement, String sql) throws SQLException {
        try {
            statement.executeUpdate(sql);
        } catch (SQLException e) {
            throw new SQLException(e.getMessage() + "\nin\n" + sql, e.getSQLState(), e);
        }
    }

    private static List<String> blocks(String name) {
        try {
            String script = Files.readString(Path.of("src/test/resources/torture", name));
            List<String> blocks = new ArrayList<>();
            for (String block : script.split("\n\n")) {
                boolean empty = block.lines().allMatch(line -> line.isBlank() || line.startsWith("--"));
                if (!empty) {
                    blocks.add(block);
                }
            }
            return blocks;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
