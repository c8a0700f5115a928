package io.calque.jdbc.postgresql;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.torture.EngineText;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;

/** What the driver alone says of stored values, asked for nothing but text. Single-threaded. */
record DriverValues(Connection plain) implements AutoCloseable {
    static DriverValues of(PostgresDatabase database) throws SQLException {
        Connection plain = database.connect();
        try (Statement statement = plain.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
        return new DriverValues(plain);
    }

    /** Tables that can be read whole. */
    static List<TableDescriptor> ordinary(Observation seen) {
        return seen.tables().stream()
                .filter(t ->
                        !t.name().table().equals("special") && !t.name().table().equals("unfilled"))
                .toList();
    }

    static List<List<Object>> read(Source from, TableDescriptor table) {
        RelNode scan = Fragments.over(List.of(table)).scan(table.name().table()).build();
        return Reading.rows(from, from.compiler().compile(scan));
    }

    /**
     * @param rows as the source gave them
     * @param wrong takes a line for each column that reads otherwise than it is stored
     */
    void compare(TableDescriptor table, List<List<Object>> rows, Map<String, String> wrong) throws SQLException {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDescriptor column = table.columns().get(i);
            List<String> read = new ArrayList<>();
            for (List<Object> row : rows) {
                read.add(EngineText.of(row.get(i), column.type()));
            }
            List<String> stored = stored(table, column);
            if (!read.equals(stored)) {
                wrong.put(table.name() + "." + column.name(), "read " + read + ", stored " + stored);
            }
        }
    }

    private List<String> stored(TableDescriptor table, ColumnDescriptor column) throws SQLException {
        String sql = "SELECT "
                + spelled(Identifiers.quoted(column.name()), column.type(), column.nativeType()) + " FROM "
                + Identifiers.quoted(table.name().schema(), table.name().table());
        List<String> values = new ArrayList<>();
        try (Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                if (column.type().kind() == TypeKind.ARRAY) {
                    java.sql.Array array = row.getArray(1);
                    values.add(EngineText.ofSource(array == null ? null : (String[]) array.getArray(), column.type()));
                } else {
                    values.add(EngineText.ofSource(row.getString(1), column.type()));
                }
            }
        }
        return values;
    }

    private static String spelled(String value, DataType type, String declared) {
        return switch (type.kind()) {
            case DECIMAL -> "CAST(CAST(" + value + " AS numeric) AS text)";
            case VARBINARY -> "encode(" + value + ", 'hex')";
            case DATE -> "CAST(" + value + " - DATE '1970-01-01' AS text)";
            // EXTRACT gave doubles before PostgreSQL 14, which are too coarse for years far away.
            case TIME ->
                "CAST(CAST(trunc(CAST(to_char(" + value + ", 'SSSS.US') AS numeric) * 1000) AS bigint) AS text)";
            case TIMESTAMP, TIMESTAMP_TZ ->
                "CAST(CAST(EXTRACT(EPOCH FROM date_trunc('second', " + value + ")) AS bigint) * 1000 + CAST(to_char("
                        + value + ", 'MS') AS bigint) AS text)";
            case ARRAY ->
                "CASE WHEN " + value + " IS NOT NULL THEN ARRAY(SELECT "
                        + spelled("(" + value + ")[at_position]", type.elementType(), declared)
                        + " FROM generate_subscripts(" + value + ", 1) AS at_position ORDER BY at_position) END";
            // A cast would add /32.
            default -> "CAST(" + (declared.startsWith("inet") ? "inet_out(" + value + ")" : value) + " AS text)";
        };
    }

    List<List<String>> rows(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = plain.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(row.getString(i));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    @Override
    public void close() throws SQLException {
        plain.close();
    }
}
