package io.calque.jdbc.sqlite;

import io.calque.jdbc.cursor.Decoding;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.cursor.SqlQuery;
import io.calque.spi.SourceId;
import io.calque.spi.batch.ColumnBuilder;
import io.calque.spi.source.NativeQuery.Column;
import io.calque.spi.type.DataType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 2,048 rows of a SQLite table in memory: read where they are, and by the driver's own result set. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class StoredValuesBenchmark {
    private static final int ROWS = 2048;
    private static final String SQL = "SELECT k, price, name FROM item ORDER BY k";

    private Connection connection;
    private SqlQuery query;

    @Setup(Level.Trial)
    public void prepare() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (k INTEGER PRIMARY KEY, price REAL, name TEXT)");
            statement.executeUpdate("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 2047)"
                    + " INSERT INTO item SELECT i, i * 0.5, 'item#' || i FROM n");
        }
        query = new SqlQuery(
                new SourceId("lite"),
                SQL,
                List.of(),
                List.of(
                        new Column("k", DataType.BIGINT, false),
                        new Column("price", DataType.DOUBLE, true),
                        new Column("name", DataType.VARCHAR, true)),
                List.of(
                        new Decoding(Form.PLAIN, "k"),
                        new Decoding(Form.PLAIN, "price"),
                        new Decoding(Form.PLAIN, "name")),
                SqlQuery.Expected.ANY,
                SqlQuery.Author.COMPILER);
        long right = inRows();
        if (right == 0 || intoColumns() != right) {
            throw new IllegalStateException(
                    "Read into columns are " + intoColumns() + ", where " + right + " is right");
        }
    }

    @Benchmark
    public long intoColumns() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            ColumnBuilder[] out = query.columns().stream()
                    .map(column -> new ColumnBuilder(column.type(), ROWS))
                    .toArray(ColumnBuilder[]::new);
            SqliteRows rows = SqliteRows.of(query, statement, true);
            int count = 0;
            while (rows.next(out)) {
                count++;
            }
            long sum = 0;
            var names = out[2].build();
            var keys = out[0].build();
            for (int row = 0; row < count; row++) {
                sum += ((Number) keys.get(row)).longValue() + names.get(row).hashCode();
            }
            return sum;
        }
    }

    @Benchmark
    public long inRows() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL);
                ResultSet rows = statement.executeQuery()) {
            long sum = 0;
            while (rows.next()) {
                rows.getDouble(2);
                sum += rows.getLong(1) + rows.getString(3).hashCode();
            }
            return sum;
        }
    }
}
