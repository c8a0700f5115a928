package io.calque.benchmarks.tpch;

import io.calque.embedded.RowWriter;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tables of TPC-H, each after those it refers to. Money, rates and quantities are DECIMAL(15,2), keys BIGINT, other
 * whole numbers INTEGER, days DATE, all texts VARCHAR; no column is ever null.
 */
public enum TpchTable {
    REGION(io.trino.tpch.TpchTable.REGION, List.of("r_regionkey")),
    NATION(io.trino.tpch.TpchTable.NATION, List.of("n_nationkey"), new Reference(List.of("n_regionkey"), REGION)),
    SUPPLIER(io.trino.tpch.TpchTable.SUPPLIER, List.of("s_suppkey"), new Reference(List.of("s_nationkey"), NATION)),
    CUSTOMER(io.trino.tpch.TpchTable.CUSTOMER, List.of("c_custkey"), new Reference(List.of("c_nationkey"), NATION)),
    PART(io.trino.tpch.TpchTable.PART, List.of("p_partkey")),
    PARTSUPP(
            io.trino.tpch.TpchTable.PART_SUPPLIER,
            List.of("ps_partkey", "ps_suppkey"),
            new Reference(List.of("ps_partkey"), PART),
            new Reference(List.of("ps_suppkey"), SUPPLIER)),
    ORDERS(io.trino.tpch.TpchTable.ORDERS, List.of("o_orderkey"), new Reference(List.of("o_custkey"), CUSTOMER)),
    LINEITEM(
            io.trino.tpch.TpchTable.LINE_ITEM,
            List.of("l_orderkey", "l_linenumber"),
            new Reference(List.of("l_orderkey"), ORDERS),
            new Reference(List.of("l_partkey", "l_suppkey"), PARTSUPP));

    /** Columns that hold the primary key of a row in another table. */
    record Reference(List<String> columns, TpchTable target) {}

    private final io.trino.tpch.TpchTable<?> generated;
    private final List<String> primaryKey;
    private final List<Reference> references;

    TpchTable(io.trino.tpch.TpchTable<?> generated, List<String> primaryKey, Reference... references) {
        this.generated = generated;
        this.primaryKey = primaryKey;
        this.references = List.of(references);
    }

    /** The name in lower case, as the queries write it. */
    public String tableName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The columns' names, in the specification's order. */
    public List<String> columns() {
        return generated.getColumns().stream().map(TpchColumn::getColumnName).toList();
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    List<Reference> references() {
        return references;
    }

    /** The columns' definitions, in words that PostgreSQL and SQLite share. */
    List<String> columnDefinitions() {
        return generated.getColumns().stream()
                .map(column -> column.getColumnName() + " " + sqlType(column) + " NOT NULL")
                .toList();
    }

    private static String sqlType(TpchColumn<?> column) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> "BIGINT";
            case INTEGER -> "INTEGER";
            case DATE -> "DATE";
            case DOUBLE -> "DECIMAL(15,2)";
            case VARCHAR -> "VARCHAR(" + column.getType().getPrecision().orElseThrow() + ")";
        };
    }

    /** Generates all rows at a scale factor, always the same ones, and closes the writer. */
    void generate(double scaleFactor, RowWriter writer) {
        try (writer) {
            generate(generated, scaleFactor, writer);
        }
    }

    private static <E extends TpchEntity> void generate(
            io.trino.tpch.TpchTable<E> table, double scaleFactor, RowWriter writer) {
        List<TpchColumn<E>> columns = table.getColumns();
        for (E entity : table.createGenerator(scaleFactor, 1, 1)) {
            @Nullable Object[] row = new @Nullable Object[columns.size()];
            for (int i = 0; i < row.length; i++) {
                row[i] = value(columns.get(i), entity);
            }
            writer.add(row);
        }
    }

    private static <E extends TpchEntity> Object value(TpchColumn<E> column, E entity) {
        return switch (column.getType().getBase()) {
            case IDENTIFIER -> column.getIdentifier(entity);
            case INTEGER -> column.getInteger(entity);
            case DATE -> LocalDate.ofEpochDay(column.getDate(entity));
            // The generator counts in hundredths and hands out a double, which is exact again once rounded to them.
            case DOUBLE -> BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2);
            case VARCHAR -> column.getString(entity);
        };
    }
}
