package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.sqlite.SqliteTypes.Reading;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Types a native query by preparing it as a subquery, where nothing but a SELECT can stand; columns that compute something get the
 * type of their first values.
 */
final class SqlitePassThrough {
    private static final int ROWS_LOOKED_AT = 1_000;
    private static final Duration LONGEST_LOOK = Duration.ofSeconds(1);

    private final SourceConfig config;
    private final ConnectionPool pool;
    private final SqliteFailures failures;

    SqlitePassThrough(SourceConfig config, ConnectionPool pool, SqliteFailures failures) {
        this.config = config;
        this.pool = pool;
        this.failures = failures;
    }

    NativeQuery describe(String nativeText) {
        String text = nativeText.strip().replaceAll(";\\s*$", "");
        try (Connection connection = connect();
                SqliteDeadline deadline = SqliteDeadline.in(connection, LONGEST_LOOK);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM (\n" + text + "\n) LIMIT " + ROWS_LOOKED_AT)) {
            return query(text, statement);
        } catch (SQLException e) {
            QueryException meaning = failures.reading(e, 0);
            if (meaning.code() == ErrorCode.SOURCE_READ_FAILED || meaning.code() == ErrorCode.SOURCE_CHANGED) {
                throw rejected(text, e);
            }
            throw meaning;
        }
    }

    private Connection connect() {
        try {
            return pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    private QueryException rejected(String text, SQLException e) {
        String first = text.split("[\\s(]+", 2)[0].toUpperCase(Locale.ROOT);
        boolean writes = Set.of(
                        "INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER", "ATTACH", "VACUUM",
                        "PRAGMA")
                .contains(first);
        return new QueryException(
                writes ? ErrorCode.READ_ONLY : ErrorCode.SYNTAX_ERROR,
                "Source '" + config.id() + "' takes only a SELECT as native query: " + SqliteFailures.reason(e),
                e);
    }

    private NativeQuery query(String text, PreparedStatement statement) throws SQLException {
        // Known before the first row is: that may be long in coming.
        ResultSetMetaData metadata = statement.getMetaData();
        int count = metadata.getColumnCount();
        List<String> labels = new ArrayList<>();
        List<String> declared = new ArrayList<>();
        List<TreeSet<String>> classes = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            labels.add(metadata.getColumnLabel(i));
            declared.add(declared(metadata, i));
            classes.add(new TreeSet<>());
        }
        look(statement, classes);
        List<Column> columns = new ArrayList<>();
        List<Decoding> decodings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < count; i++) {
            TreeSet<String> seen = classes.get(i);
            Reading reading = SqliteTypes.of(declared.get(i)).orElseGet(() -> SqliteTypes.observed(seen));
            String name = unique(labels.get(i), names);
            columns.add(new Column(name, reading.type(), true));
            decodings.add(new Decoding(reading.form(), name));
        }
        return new SqlQuery(
                config.id(), text, List.of(), columns, decodings, SqlQuery.Expected.ANY, SqlQuery.Author.USER);
    }

    /** As far as the first rows and the time go. */
    private static void look(PreparedStatement statement, List<TreeSet<String>> classes) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                for (int i = 0; i < classes.size(); i++) {
                    Object value = rows.getObject(i + 1);
                    if (value != null) {
                        classes.get(i).add(storageClass(value));
                    }
                }
            }
        } catch (SQLException e) {
            if (!SqliteDeadline.passed(e)) {
                throw e;
            }
        }
    }

    /** The declared type of a column that is passed through as it stands; the driver names storage classes for computed ones. */
    private static String declared(ResultSetMetaData metadata, int i) throws SQLException {
        String table = metadata.getTableName(i);
        if (table == null || table.isEmpty()) {
            return "";
        }
        // The driver splits DECIMAL(5, 2) into its parts.
        String name = metadata.getColumnTypeName(i);
        int precision = metadata.getPrecision(i);
        return precision > 0 ? name + "(" + precision + ", " + metadata.getScale(i) + ")" : name;
    }

    private static String storageClass(Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return "integer";
        }
        if (value instanceof Double) {
            return "real";
        }
        return value instanceof String ? "text" : "blob";
    }

    private static String unique(String label, Set<String> taken) {
        String name = label;
        for (int number = 1; !taken.add(name); number++) {
            name = label + number;
        }
        return name;
    }
}
