package io.calque.jdbc;

import io.calque.spi.type.DataType;
import io.calque.testkit.contract.ContractDatabase;
import io.calque.testkit.contract.FixtureTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fixture in a database that speaks SQL, loaded over plain JDBC. */
public abstract class SqlContractDatabase implements ContractDatabase {
    private static final int BATCH_ROWS = 1000;

    /** A new connection, which the caller closes. */
    protected abstract Connection connect() throws SQLException;

    /** How the database declares a column of this type. */
    protected abstract String declared(DataType type);

    /** A value as the driver takes it. */
    protected abstract Object bound(Object value);

    @Override
    public final void create(FixtureTable table) {
        String columns = table.columns().stream()
                .map(c -> c.name() + " " + declared(c.type()))
                .collect(Collectors.joining(", "));
        String key = table.key().map(k -> ", PRIMARY KEY (" + k + ")").orElse("");
        run("CREATE TABLE " + table.name() + " (" + columns + key + ")");
        try (Stream<? extends List<?>> rows = table.rows().stream()) {
            insert(table, rows.iterator());
        }
    }

    @Override
    public final void append(FixtureTable table, List<?> row) {
        insert(table, List.<List<?>>of(row).iterator());
    }

    @Override
    public final void remove(FixtureTable table, String column, Object value) {
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("DELETE FROM " + table.name() + " WHERE " + column + " = ?")) {
            statement.setObject(1, bound(value));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void insert(FixtureTable table, Iterator<? extends List<?>> rows) {
        String slots = table.columns().stream().map(c -> "?").collect(Collectors.joining(", "));
        try (Connection connection = connect();
                PreparedStatement statement =
                        connection.prepareStatement("INSERT INTO " + table.name() + " VALUES (" + slots + ")")) {
            connection.setAutoCommit(false);
            for (int count = 1; rows.hasNext(); count++) {
                List<?> row = rows.next();
                for (int i = 0; i < row.size(); i++) {
                    Object value = row.get(i);
                    statement.setObject(i + 1, value == null ? null : bound(value));
                }
                statement.addBatch();
                if (count % BATCH_ROWS == 0) {
                    statement.executeBatch();
                }
            }
            statement.executeBatch();
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    protected final void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public final Optional<String> nativeRead(FixtureTable table, List<String> columns) {
        return Optional.of("SELECT " + String.join(", ", columns) + " FROM " + table.name());
    }

    @Override
    public List<String> nativeWrites(FixtureTable table) {
        String column = table.columns().get(0).name();
        return List.of(
                "DELETE FROM " + table.name(),
                "UPDATE " + table.name() + " SET " + column + " = 0",
                "INSERT INTO " + table.name() + " (" + column + ") VALUES (77)",
                "DROP TABLE " + table.name(),
                "CREATE TABLE written (x int)",
                "DELETE FROM " + table.name() + " RETURNING " + column);
    }
}
