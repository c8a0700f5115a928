package io.calque.benchmarks.generated;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.List;

/**
 * A table whose row {@code i} is a formula of {@code i}, which Java and DuckDB compute alike. Immutable.
 *
 * @param name in any source
 * @param rows how many
 * @param columns INTEGER, none of them ever NULL
 */
public record GeneratedTable(String name, int rows, List<Column> columns) {
    /**
     * {@code (i * factor) % modulus * step}.
     */
    public record Column(String name, long factor, long modulus, long step) {
        long at(long row) {
            return row * factor % modulus * step;
        }
    }

    public GeneratedTable {
        columns = List.copyOf(columns);
    }

    /** Keys of this kind leave gaps. */
    private static final int STEP = 97;

    /** Many rows of which several share a key. */
    public static GeneratedTable facts(int rows, int keys) {
        return new GeneratedTable(
                "facts",
                rows,
                List.of(
                        new Column("id", 1, Integer.MAX_VALUE, 1),
                        new Column("k", 2_654_435_761L, keys, 1),
                        new Column("g", 2_654_435_761L, keys, STEP),
                        new Column("v", 40_503, 1_000_003, 1)));
    }

    /** One row a key. */
    public static GeneratedTable keys(int keys) {
        return new GeneratedTable(
                "dims",
                keys,
                List.of(
                        new Column("k", 1, Integer.MAX_VALUE, 1),
                        new Column("g", 1, Integer.MAX_VALUE, STEP),
                        new Column("w", 7_919, 10_007, 1)));
    }

    TableDescriptor descriptor(SourceId source) {
        return TableDescriptor.of(
                new TableName(source, "main", name),
                TableKind.TABLE,
                columns.stream()
                        .map(column ->
                                ColumnDescriptor.of(column.name(), DataType.INTEGER, "int", Nullability.NOT_NULL))
                        .toList());
    }

    /** A statement that makes and fills the table in DuckDB. */
    String inDuckDb() {
        StringBuilder sql = new StringBuilder("CREATE TABLE " + name + " AS SELECT ");
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            sql.append(i == 0 ? "" : ", ")
                    .append("CAST(i * ")
                    .append(column.factor())
                    .append(" % ")
                    .append(column.modulus())
                    .append(" * ")
                    .append(column.step())
                    .append(" AS INTEGER) AS ")
                    .append(column.name());
        }
        return sql.append(" FROM range(").append(rows).append(") AS r (i)").toString();
    }
}
