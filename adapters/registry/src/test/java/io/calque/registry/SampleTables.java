package io.calque.registry;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Generation;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.ForeignKeyDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Tables that tests store and compare. */
public final class SampleTables {
    public static final SourceId CRM = new SourceId("crm");
    public static final TableName CUSTOMERS = new TableName(CRM, "public", "customers");
    public static final TableName ORDERS = new TableName(CRM, "public", "orders");

    private SampleTables() {}

    /** A table of every part there is. */
    public static TableDescriptor customers() {
        return new TableDescriptor(
                CUSTOMERS,
                TableKind.TABLE,
                List.of(
                        new ColumnDescriptor(
                                "id",
                                List.of("id"),
                                DataType.BIGINT,
                                "bigint",
                                false,
                                Optional.empty(),
                                Generation.IDENTITY,
                                "",
                                new TreeMap<>()),
                        new ColumnDescriptor(
                                "Näme \"x\"",
                                List.of("Näme \"x\""),
                                DataType.VARCHAR,
                                "text",
                                false,
                                Optional.of("'?'"),
                                Generation.NONE,
                                "who",
                                new TreeMap<>(Map.of("collation", "C"))),
                        new ColumnDescriptor(
                                "address.city",
                                List.of("address", "city"),
                                DataType.array(DataType.decimal(12, 3)),
                                "numeric(12,3)[]",
                                true,
                                Optional.empty(),
                                Generation.COMPUTED,
                                "",
                                new TreeMap<>())),
                Optional.of(new KeyDescriptor("customers_pkey", List.of("id"))),
                List.of(new KeyDescriptor("", List.of("Näme \"x\"", "id"))),
                List.of(new ForeignKeyDescriptor(
                        "fk", List.of("id", "address.city"), ORDERS, List.of("customer_id", "city"))),
                List.of(new IndexDescriptor(
                        "ix",
                        "btree",
                        List.of(
                                new IndexDescriptor.IndexColumn("id", false, true),
                                new IndexDescriptor.IndexColumn("lower(name)", true, false)),
                        true,
                        "id > 0")),
                Optional.of(new NestedIn(ORDERS, ORDERS, List.of(List.of("a", "b"), List.of("c.d")))),
                statistics(100),
                "people who buy",
                new TreeMap<>(Map.of("oid", "16384")));
    }

    public static TableDescriptor orders() {
        return TableDescriptor.of(
                ORDERS,
                TableKind.TABLE,
                List.of(
                        ColumnDescriptor.of("id", DataType.BIGINT, "bigint", Nullability.NOT_NULL),
                        ColumnDescriptor.of("customer_id", DataType.BIGINT, "bigint", Nullability.NULLABLE)));
    }

    public static TableStatistics statistics(double rows) {
        return new TableStatistics(
                OptionalDouble.of(rows),
                Optional.of(Instant.parse("2024-05-01T10:00:00Z")),
                new TreeMap<>(Map.of(
                        "id",
                        new ColumnStatistics(
                                OptionalDouble.of(rows),
                                OptionalDouble.of(0),
                                Optional.of("1"),
                                Optional.of("100"),
                                OptionalDouble.of(8),
                                List.of(new ColumnStatistics.CommonValue("7", 0.25)),
                                List.of("1", "50", "100")),
                        "address.city",
                        ColumnStatistics.UNKNOWN)));
    }

    /** {@code tables} tables of {@code columns} columns, with a key, an index and measured figures each. */
    public static List<TableDescriptor> many(SourceId source, int tables, int columns) {
        List<TableDescriptor> many = new ArrayList<>();
        for (int t = 0; t < tables; t++) {
            TableName name = new TableName(source, "public", String.format("table_%05d", t));
            List<ColumnDescriptor> list = IntStream.range(0, columns)
                    .mapToObj(c -> ColumnDescriptor.of(
                            "column_" + c,
                            c % 2 == 0 ? DataType.BIGINT : DataType.VARCHAR,
                            c % 2 == 0 ? "bigint" : "text",
                            c == 0 ? Nullability.NOT_NULL : Nullability.NULLABLE))
                    .toList();
            TreeMap<String, ColumnStatistics> measured = new TreeMap<>();
            list.forEach(c -> measured.put(
                    c.name(),
                    new ColumnStatistics(
                            OptionalDouble.of(1000),
                            OptionalDouble.of(0.1),
                            Optional.of("1"),
                            Optional.of("999999"),
                            OptionalDouble.of(8),
                            List.of(),
                            List.of())));
            many.add(new TableDescriptor(
                    name,
                    TableKind.TABLE,
                    list,
                    Optional.of(new KeyDescriptor(name.table() + "_pkey", List.of("column_0"))),
                    List.of(),
                    List.of(),
                    List.of(new IndexDescriptor(
                            name.table() + "_pkey",
                            "btree",
                            List.of(new IndexDescriptor.IndexColumn("column_0", false, false)),
                            true,
                            "")),
                    Optional.empty(),
                    new TableStatistics(
                            OptionalDouble.of(1000), Optional.of(Instant.parse("2024-05-01T10:00:00Z")), measured),
                    "",
                    new TreeMap<>()));
        }
        return many;
    }

    /** Collections of nested columns whose types are mixed now and then, with an index and measured figures each. */
    public static List<TableDescriptor> collections(SourceId source, int tables, int columns) {
        return many(source, tables, columns).stream()
                .map(t -> new TableDescriptor(
                        t.name(),
                        TableKind.COLLECTION,
                        t.columns().stream().map(SampleTables::nested).toList(),
                        t.primaryKey(),
                        t.uniqueKeys(),
                        t.foreignKeys(),
                        t.indexes(),
                        t.nestedIn(),
                        t.statistics(),
                        t.comment(),
                        t.facts()))
                .toList();
    }

    private static ColumnDescriptor nested(ColumnDescriptor column) {
        if (column.type().equals(DataType.BIGINT)) {
            return column.withFacts(Map.of("types", "int:0.9,string:0.1"));
        }
        return new ColumnDescriptor(
                column.name(),
                List.of("address", column.name()),
                column.type(),
                "string",
                true,
                Optional.empty(),
                Generation.NONE,
                "",
                new TreeMap<>());
    }
}
