package io.calque.benchmarks.fuzz;

import io.calque.engine.PreparedQuery;
import io.calque.engine.QueryRun;
import io.calque.engine.ResultColumn;
import io.calque.engine.RunOptions;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What became of one query in one place. */
sealed interface Outcome {
    /** Values in a form that two databases share: Boolean, BigDecimal, Double, String, or null. */
    record Rows(List<DataType> types, List<List<@Nullable Object>> rows) implements Outcome {
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder(rows.size() + " rows");
            rows.stream().limit(12).forEach(row -> text.append("\n      ").append(row));
            return text.toString();
        }
    }

    /** The query failed. */
    record Failed(String sqlState, String message) implements Outcome {
        /** Whether nobody but a developer can do something about it. */
        boolean isInternal() {
            return sqlState.startsWith("XX");
        }

        @Override
        public String toString() {
            return "SQLSTATE " + sqlState + ": " + message;
        }
    }

    static Outcome failed(QueryException e) {
        StringBuilder message = new StringBuilder(String.valueOf(e.getMessage()));
        if (e.getCause() != null) {
            message.append(" <- ").append(e.getCause());
            for (StackTraceElement frame : e.getCause().getStackTrace()) {
                if (message.length() < 1500 && e.code().sqlState().startsWith("XX")) {
                    message.append("\n#       at ").append(frame);
                }
            }
        }
        return new Failed(e.code().sqlState(), message.toString());
    }

    static Outcome of(PreparedQuery query, List<Object> parameters) {
        try (QueryRun run = query.run(parameters, RunOptions.DEFAULT)) {
            List<DataType> types =
                    run.columns().stream().map(ResultColumn::type).toList();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (Optional<ColumnBatch> batch = run.next(); batch.isPresent(); batch = run.next()) {
                ColumnBatch values = batch.get();
                for (int row = 0; row < values.rows(); row++) {
                    List<@Nullable Object> cells = new ArrayList<>();
                    for (int i = 0; i < types.size(); i++) {
                        cells.add(shared(values.columns().get(i).get(row)));
                    }
                    rows.add(cells);
                }
            }
            return new Rows(types, rows);
        } catch (QueryException e) {
            return failed(e);
        }
    }

    private static @Nullable Object shared(@Nullable Object value) {
        if (value instanceof Long number) {
            return shared(BigDecimal.valueOf(number));
        }
        if (value instanceof BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }

    /**
     * @param types that Calque gave the columns; empty when it failed
     */
    static Outcome ofReference(Connection connection, String sql, List<DataType> types) {
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (results.next()) {
                List<@Nullable Object> cells = new ArrayList<>();
                for (int i = 0; i < types.size(); i++) {
                    String text = results.getString(i + 1);
                    cells.add(text == null ? null : parsed(text, types.get(i)));
                }
                rows.add(cells);
            }
            return new Rows(types, rows);
        } catch (SQLException e) {
            return new Failed(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Object parsed(String text, DataType type) throws SQLException {
        try {
            return shared(
                    switch (type.kind()) {
                        case BOOLEAN -> text.equals("t");
                        case SMALLINT, INTEGER, BIGINT, DECIMAL -> new BigDecimal(text);
                        case REAL -> (double) Float.parseFloat(text);
                        case DOUBLE -> Double.parseDouble(text);
                        case VARCHAR -> text;
                        case VARBINARY -> text.substring(2);
                        case DATE -> LocalDate.parse(text).toEpochDay();
                        case TIME -> LocalTime.parse(text).toNanoOfDay() / 1_000_000;
                        case TIMESTAMP, TIMESTAMP_TZ -> milliseconds(text);
                        case ARRAY -> text;
                    });
        } catch (RuntimeException e) {
            // PostgreSQL's column has another type than ours: that is a difference, shown as what it is.
            return "PostgreSQL's " + text;
        }
    }

    private static long milliseconds(String text) {
        int blank = text.indexOf(' ');
        String clock = text.substring(blank + 1).replaceAll("\\+00$", "");
        return LocalDate.parse(text.substring(0, blank)).toEpochDay() * 86_400_000L
                + LocalTime.parse(clock).toNanoOfDay() / 1_000_000;
    }
}
