package io.calque.benchmarks.generated;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peer: DuckDB in this process, its tables in its own memory. Single-threaded. */
public final class DuckDb implements AutoCloseable {
    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** With the rows of these tables; nothing where its driver, org.duckdb:duckdb_jdbc, is not there. */
    public static Optional<DuckDb> load(List<GeneratedTable> tables) throws SQLException {
        Connection opened;
        try {
            opened = DriverManager.getConnection("jdbc:duckdb:");
        } catch (SQLException e) {
            return Optional.empty();
        }
        DuckDb duckDb = new DuckDb(opened);
        for (GeneratedTable table : tables) {
            duckDb.run(table.inDuckDb());
        }
        return Optional.of(duckDb);
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Whole numbers of an answer, row by row. */
    public List<List<Long>> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<List<Long>> rows = new ArrayList<>();
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<Long> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    row.add(result.getLong(i));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
