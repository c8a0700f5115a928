package io.calque.app.client;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks a JDBC connection. */
public final class JdbcClient implements QueryClient {
    /** The Avatica protocol moves most rows a second at about this size. */
    private static final int FETCH_ROWS = 5000;

    private final Connection connection;
    private volatile @Nullable Statement running;

    /** @param connection becomes this client's own */
    public JdbcClient(Connection connection) {
        this.connection = connection;
    }

    @Override
    public Answer run(String sql) {
        try {
            Statement statement = connection.createStatement();
            running = statement;
            try {
                statement.setFetchSize(FETCH_ROWS);
                boolean hasRows = statement.execute(sql);
                return new JdbcAnswer(statement, hasRows ? Optional.of(statement.getResultSet()) : Optional.empty());
            } catch (SQLException e) {
                closeQuietly(statement);
                throw e;
            }
        } catch (SQLException e) {
            throw StatementFailedException.of(e);
        }
    }

    @Override
    public void cancel() {
        Statement statement = running;
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it has ended by itself, or the connection has: both are what the caller wants
        }
    }

    @Override
    public void close() {
        closeQuietly(connection);
    }

    private static void closeQuietly(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            // nothing can be done about it, and the rows are complete or the failure is told already
        }
    }

    private final class JdbcAnswer implements Answer {
        private final Statement statement;
        private final Optional<ResultSet> rows;
        private final List<AnswerColumn> columns;
        private final int[] types;

        JdbcAnswer(Statement statement, Optional<ResultSet> rows) throws SQLException {
            this.statement = statement;
            this.rows = rows;
            this.columns = new ArrayList<>();
            if (rows.isEmpty()) {
                this.types = new int[0];
                return;
            }
            ResultSetMetaData metadata = rows.get().getMetaData();
            this.types = new int[metadata.getColumnCount()];
            for (int i = 0; i < types.length; i++) {
                types[i] = metadata.getColumnType(i + 1);
                columns.add(new AnswerColumn(
                        metadata.getColumnLabel(i + 1), metadata.getColumnTypeName(i + 1), alignment(types[i])));
            }
        }

        @Override
        public List<AnswerColumn> columns() {
            return Collections.unmodifiableList(columns);
        }

        @Override
        public Optional<List<@Nullable Object>> next() {
            if (rows.isEmpty()) {
                return Optional.empty();
            }
            try {
                ResultSet set = rows.get();
                if (!set.next()) {
                    return Optional.empty();
                }
                List<@Nullable Object> row = new ArrayList<>(types.length);
                for (int i = 0; i < types.length; i++) {
                    row.add(value(set, i + 1, types[i]));
                }
                return Optional.of(row);
            } catch (SQLException e) {
                throw StatementFailedException.of(e);
            }
        }

        @Override
        public List<String> warnings() {
            List<String> warnings = new ArrayList<>();
            try {
                SQLWarning warning = rows.isPresent() ? rows.get().getWarnings() : statement.getWarnings();
                for (; warning != null; warning = warning.getNextWarning()) {
                    warnings.add(Optional.ofNullable(warning.getMessage()).orElse("unknown warning"));
                }
            } catch (SQLException e) {
                throw StatementFailedException.of(e);
            }
            return warnings;
        }

        @Override
        public void close() {
            running = null;
            closeQuietly(statement);
        }
    }

    private static AnswerColumn.Alignment alignment(int type) {
        return switch (type) {
            case Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE,
                    Types.NUMERIC,
                    Types.DECIMAL -> AnswerColumn.Alignment.RIGHT;
            default -> AnswerColumn.Alignment.LEFT;
        };
    }

    private static @Nullable Object value(ResultSet set, int index, int type) throws SQLException {
        return switch (type) {
            case Types.DATE -> set.getObject(index, LocalDate.class);
            case Types.TIME -> set.getObject(index, LocalTime.class);
            case Types.TIMESTAMP -> set.getObject(index, LocalDateTime.class);
            case Types.TIMESTAMP_WITH_TIMEZONE -> set.getObject(index, OffsetDateTime.class);
            case Types.ARRAY -> list(set.getArray(index));
            default -> set.getObject(index);
        };
    }

    private static @Nullable Object list(@Nullable Array array) throws SQLException {
        if (array == null) {
            return null;
        }
        Object elements = array.getArray();
        return elements instanceof Object[] objects ? Arrays.asList(objects) : elements;
    }
}
