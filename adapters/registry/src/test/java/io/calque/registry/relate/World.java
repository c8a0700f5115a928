package io.calque.registry.relate;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Relationship;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Progress;
import io.calque.spi.type.DataType;
import io.calque.spi.type.DataTypeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tables of several sources in memory, without any declared key, and the references that hold between them. */
final class World {
    final Random random;
    private final Map<TableName, Table> tables = new LinkedHashMap<>();
    private final TreeSet<String> truth = new TreeSet<>();

    World(long seed) {
        random = new Random(seed);
    }

    /**
     * @param name {@code source.table}
     * @param columns name and type, parted by a blank
     */
    Table table(String name, int rows, String... columns) {
        String[] parts = name.split("\\.", 2);
        TableName tableName = new TableName(new SourceId(parts[0]), "s", parts[1]);
        Table table = new Table(tableName, rows, Arrays.asList(columns));
        tables.put(tableName, table);
        return table;
    }

    /** {@code a.orders(customer) -> b.customers(id)}. */
    void refers(String... references) {
        truth.addAll(Arrays.asList(references));
    }

    TreeSet<String> truth() {
        return truth;
    }

    List<TableDescriptor> descriptors() {
        return tables.values().stream().map(Table::descriptor).toList();
    }

    List<MemorySource> sources() {
        Map<SourceId, List<Table>> bySource = new TreeMap<>();
        tables.values()
                .forEach(t -> bySource.computeIfAbsent(t.name.source(), k -> new ArrayList<>())
                        .add(t));
        return bySource.entrySet().stream()
                .map(e -> new MemorySource(e.getKey(), e.getValue()))
                .toList();
    }

    CatalogSnapshot snapshot() {
        List<SourceSnapshot> sources = sources().stream()
                .map(s -> new SourceSnapshot(
                        s.id(),
                        "memory",
                        "Memory",
                        descriptors().stream()
                                .filter(t -> t.name().source().equals(s.id()))
                                .toList(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new CatalogSnapshot(1, Instant.EPOCH, sources, List.of());
    }

    RelationshipInference.Inferred infer() {
        ExecutorService executor = Executors.newFixedThreadPool(2);
        try {
            return new RelationshipInference(executor, RelationshipOptions.DEFAULT)
                    .infer(snapshot(), sources(), Progress.SILENT);
        } finally {
            executor.shutdownNow();
        }
    }

    static String text(Relationship relationship) {
        return text(relationship.from()) + " -> " + text(relationship.to());
    }

    private static String text(End end) {
        return end.table().source() + "." + end.table().table() + "(" + String.join(",", end.columns()) + ")";
    }

    String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    String objectId() {
        return String.format("%024x", new java.math.BigInteger(95, random));
    }

    /** One of the values of a column, evenly. */
    IntFunction<@Nullable String> any(Table table, String column) {
        List<@Nullable String> values = table.values(column);
        return row -> values.get(random.nextInt(values.size()));
    }

    /** One of the values, the first far more often. */
    IntFunction<@Nullable String> skewed(Table table, String column) {
        List<@Nullable String> values = table.values(column);
        return row -> values.get((int) (values.size() * Math.pow(random.nextDouble(), 2)));
    }

    IntFunction<@Nullable String> number(int from, int to) {
        return row -> Integer.toString(from + random.nextInt(to - from + 1));
    }

    static IntFunction<@Nullable String> serial(int from) {
        return row -> Integer.toString(from + row);
    }

    IntFunction<@Nullable String> oneOf(String... values) {
        return row -> values[random.nextInt(values.length)];
    }

    /** Letters, so many. */
    String word(int length) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < length; i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }

    /** Different whole numbers of a range, in any order. */
    List<@Nullable String> sparse(int count, int from, int to) {
        TreeSet<Integer> numbers = new TreeSet<>();
        while (numbers.size() < count) {
            numbers.add(from + random.nextInt(to - from));
        }
        return new ArrayList<>(numbers.stream().map(String::valueOf).toList());
    }

    /** A table under construction; then only read. */
    static final class Table {
        final TableName name;
        final int rows;
        private final List<ColumnDescriptor> columns = new ArrayList<>();
        private final Map<String, List<@Nullable String>> values = new LinkedHashMap<>();

        private Table(TableName name, int rows, List<String> columns) {
            this.name = name;
            this.rows = rows;
            for (String column : columns) {
                String[] parts = column.split(" ", 2);
                DataType type = DataTypeText.parse(parts[1]);
                this.columns.add(ColumnDescriptor.of(parts[0], type, parts[1], ColumnDescriptor.Nullability.NULLABLE));
            }
        }

        Table fill(String column, IntFunction<@Nullable String> value) {
            List<@Nullable String> list = new ArrayList<>();
            IntStream.range(0, rows).forEach(i -> list.add(value.apply(i)));
            return fill(column, list);
        }

        Table fill(String column, List<@Nullable String> list) {
            if (list.size() != rows || columns.stream().noneMatch(c -> c.name().equals(column))) {
                throw new IllegalArgumentException(name + "." + column + " has " + list.size() + " values");
            }
            values.put(column, list);
            return this;
        }

        List<@Nullable String> values(String column) {
            return java.util.Objects.requireNonNull(values.get(column), column);
        }

        @Nullable String at(String column, int row) {
            return values(column).get(row);
        }

        TableDescriptor descriptor() {
            return TableDescriptor.of(name, TableKind.TABLE, columns)
                    .withStatistics(new TableStatistics(OptionalDouble.of(rows), Optional.empty(), new TreeMap<>()));
        }
    }
}
