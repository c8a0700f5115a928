package io.calque.jdbc.sqlite;

import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.pool.SourceOptions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.SourceConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;

/**
 * How one SQLite file is reached: the configuration, checked. Immutable.
 *
 * @param file as messages name it
 * @param attached further files by the schema name they get
 * @param busyMillis how long to wait for a writer's lock
 */
record SqliteSettings(
        SourceOptions options, String url, String file, SortedMap<String, String> attached, int busyMillis) {
    static final String STORAGE = "storage.";
    private static final String PREFIX = "jdbc:sqlite:";
    private static final String BUSY_TIMEOUT = "busy_timeout";
    private static final String ATTACH = "attach.";
    private static final int USUAL_BUSY_MILLIS = 5_000;
    private static final int LONGEST_BUSY_MILLIS = 600_000;

    static SqliteSettings of(SourceConfig config) {
        SourceOptions options = new SourceOptions(config, List.of(BUSY_TIMEOUT), List.of(STORAGE, ATTACH));
        String file = config.url().startsWith(PREFIX) ? config.url().substring(PREFIX.length()) : "";
        if (file.isEmpty() || file.startsWith(":memory:")) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + config.id() + "': url must look like jdbc:sqlite:path/to/file.db");
        }
        if (config.user().isPresent() || config.password().isPresent()) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Source '" + config.id() + "': a SQLite file has no user and no password");
        }
        SortedMap<String, String> attached = new TreeMap<>();
        for (Map.Entry<String, String> option : config.options().entrySet()) {
            if (option.getKey().startsWith(ATTACH)) {
                String schema = option.getKey().substring(ATTACH.length());
                if (schema.isEmpty() || schema.equalsIgnoreCase("main") || schema.equalsIgnoreCase("temp")) {
                    throw options.invalid(option.getKey(), option.getValue(), "a schema name other than main and temp");
                }
                attached.put(schema, option.getValue());
            }
        }
        int busy = options.number(BUSY_TIMEOUT, USUAL_BUSY_MILLIS, 0, LONGEST_BUSY_MILLIS);
        return new SqliteSettings(options, config.url(), file, attached, busy);
    }

    Connection open() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(busyMillis);
        requireFile(file);
        Connection connection = config.createConnection(url);
        try (Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> other : attached.entrySet()) {
                requireFile(other.getValue());
                statement.execute("ATTACH DATABASE '" + other.getValue().replace("'", "''") + "' AS "
                        + Identifiers.quoted(other.getKey()));
            }
            statement.execute("PRAGMA query_only = ON");
            statement.execute("PRAGMA trusted_schema = OFF");
            // Answers whether the file is a database at all.
            statement.execute("PRAGMA schema_version");
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private static void requireFile(String file) throws SQLException {
        if (!file.startsWith("file:") && !file.startsWith(":resource:") && !Files.isRegularFile(Path.of(file))) {
            throw new SQLException("there is no file " + file, "08001", SQLiteErrorCode.SQLITE_CANTOPEN.code);
        }
    }
}
