package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.jdbc.pool.ConnectionPool;
import io.calque.jdbc.postgresql.PostgresTypes.Reading;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.source.SourceConfig;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.postgresql.core.Parser;

/**
 * Types a native query by asking the server for its columns, as a subquery: what is no single SELECT cannot stand there, and what
 * would write fails in the read-only transaction.
 */
final class PostgresPassThrough {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final String SYNTAX_CLASS = "42";
    /** What PostgreSQL says of a subquery that holds a data-modifying WITH. */
    private static final String FEATURE_NOT_SUPPORTED = "0A000";

    private static final Set<String> WRITING = Set.of(
            "ALTER",
            "CALL",
            "COPY",
            "CREATE",
            "DELETE",
            "DO",
            "DROP",
            "GRANT",
            "INSERT",
            "MERGE",
            "REVOKE",
            "TRUNCATE",
            "UPDATE");

    private final SourceConfig config;
    private final ConnectionPool pool;
    private final PostgresFailures failures;

    PostgresPassThrough(SourceConfig config, ConnectionPool pool, PostgresFailures failures) {
        this.config = config;
        this.pool = pool;
        this.failures = failures;
    }

    NativeQuery describe(String nativeText) {
        String text = nativeText.strip().replaceAll(";\\s*$", "");
        try (Connection connection = connect()) {
            String described = "SELECT * FROM (\n" + text + "\n) AS described LIMIT 0";
            requireOneStatement(text);
            requireOneStatement(described);
            PostgresTransaction.begin(connection, "describe", LONGEST);
            try (Statement statement = connection.createStatement();
                    ResultSet none = statement.executeQuery(described)) {
                return query(text, none.getMetaData());
            }
        } catch (SQLException e) {
            throw failure(text, e);
        }
    }

    private Connection connect() {
        try {
            return pool.borrow();
        } catch (SQLException e) {
            throw failures.connecting(e);
        }
    }

    /**
     * The driver sends what stands behind a semicolon as a statement of its own, which could end the read-only transaction. It
     * looks for semicolons outside of parentheses only, so a text that closes our own must be split within them to show itself.
     */
    private void requireOneStatement(String text) throws SQLException {
        if (Parser.parseJdbcSql(text, true, false, true, false, false).size() != 1) {
            throw new QueryException(
                    ErrorCode.READ_ONLY, "A native query for source '" + config.id() + "' must be one single SELECT");
        }
    }

    private QueryException failure(String text, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        String first = text.split("[\\s(;]+", 2)[0].toUpperCase(Locale.ROOT);
        if (WRITING.contains(first) || state.equals(FEATURE_NOT_SUPPORTED) && first.equals("WITH")) {
            return new QueryException(
                    ErrorCode.READ_ONLY,
                    "Source '" + config.id() + "' is only read, and a native query must be a SELECT: "
                            + failures.reason(e),
                    e);
        }
        if (state.startsWith(SYNTAX_CLASS) && !state.equals("42501")) {
            return new QueryException(
                    ErrorCode.SYNTAX_ERROR,
                    "Source '" + config.id() + "' rejects the native query; it must be a SELECT: " + failures.reason(e),
                    e);
        }
        return failures.reading(e, 0);
    }

    private NativeQuery query(String text, ResultSetMetaData metadata) throws SQLException {
        List<Column> columns = new ArrayList<>();
        List<Decoding> decodings = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            String name = unique(metadata.getColumnLabel(i), names);
            Reading reading = reading(metadata, i);
            columns.add(new Column(name, reading.type(), true));
            decodings.add(new Decoding(reading.form(), name));
        }
        return new SqlQuery(
                config.id(), text, List.of(), columns, decodings, SqlQuery.Expected.ANY, SqlQuery.Author.USER);
    }

    private static Reading reading(ResultSetMetaData metadata, int i) throws SQLException {
        String name = metadata.getColumnTypeName(i);
        if (name.startsWith("_")) {
            return PostgresTypes.of("array", -1, Optional.of(name.substring(1)));
        }
        if (name.equals("numeric") && metadata.getPrecision(i) > 0) {
            return Reading.of(
                    PostgresTypes.decimal(metadata.getPrecision(i), metadata.getScale(i)),
                    io.calque.jdbc.cursor.Form.PLAIN);
        }
        return PostgresTypes.of(name, -1, Optional.empty());
    }

    private static String unique(String label, Set<String> taken) {
        String name = label;
        for (int number = 1; !taken.add(name); number++) {
            name = label + number;
        }
        return name;
    }
}
