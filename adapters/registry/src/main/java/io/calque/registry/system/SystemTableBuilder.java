package io.calque.registry.system;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SystemTable;
import io.calque.spi.type.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Declares a system table as columns over records, in column order. Single-threaded; the table it builds is immutable and
 * thread-safe.
 *
 * @param <R> what one row is made of
 */
public final class SystemTableBuilder<R> {
    private static final DataType TEXTS = DataType.array(DataType.VARCHAR);

    private final String schema;
    private final String name;
    private final Function<SystemTable.SystemView, Stream<R>> records;
    private final List<ColumnDescriptor> columns = new ArrayList<>();
    private final List<Function<R, @Nullable Object>> values = new ArrayList<>();

    private SystemTableBuilder(String schema, String name, Function<SystemTable.SystemView, Stream<R>> records) {
        this.schema = schema;
        this.name = name;
        this.records = records;
    }

    /**
     * @param schema {@code system}, {@code information_schema} or {@code jdbc}
     * @param records called once for each query
     */
    public static <R> SystemTableBuilder<R> table(
            String schema, String name, Function<SystemTable.SystemView, Stream<R>> records) {
        return new SystemTableBuilder<>(schema, name, records);
    }

    public SystemTableBuilder<R> text(String column, Function<R, String> value) {
        return column(column, DataType.VARCHAR, Nullability.NOT_NULL, value::apply);
    }

    public SystemTableBuilder<R> optionalText(String column, Function<R, Optional<String>> value) {
        return column(
                column,
                DataType.VARCHAR,
                Nullability.NULLABLE,
                row -> value.apply(row).orElse(null));
    }

    /** The same text in every row. */
    public SystemTableBuilder<R> constant(String column, String value) {
        return text(column, row -> value);
    }

    /** Columns that a standard asks for and Calque has nothing to say in. */
    public SystemTableBuilder<R> unknownTexts(String... names) {
        for (String column : names) {
            optionalText(column, row -> Optional.empty());
        }
        return this;
    }

    public SystemTableBuilder<R> unknownNumbers(String... names) {
        for (String column : names) {
            optionalInteger(column, row -> Optional.empty());
        }
        return this;
    }

    public SystemTableBuilder<R> integer(String column, ToLongFunction<R> value) {
        return column(column, DataType.INTEGER, Nullability.NOT_NULL, value::applyAsLong);
    }

    public SystemTableBuilder<R> optionalInteger(String column, Function<R, Optional<Integer>> value) {
        return column(
                column,
                DataType.INTEGER,
                Nullability.NULLABLE,
                row -> value.apply(row).map(Integer::longValue).orElse(null));
    }

    public SystemTableBuilder<R> small(String column, ToLongFunction<R> value) {
        return column(column, DataType.SMALLINT, Nullability.NOT_NULL, value::applyAsLong);
    }

    public SystemTableBuilder<R> big(String column, ToLongFunction<R> value) {
        return column(column, DataType.BIGINT, Nullability.NOT_NULL, value::applyAsLong);
    }

    public SystemTableBuilder<R> optionalBig(String column, Function<R, Optional<Long>> value) {
        return column(
                column,
                DataType.BIGINT,
                Nullability.NULLABLE,
                row -> value.apply(row).orElse(null));
    }

    public SystemTableBuilder<R> number(String column, Function<R, OptionalDouble> value) {
        return column(column, DataType.DOUBLE, Nullability.NULLABLE, row -> {
            OptionalDouble number = value.apply(row);
            return number.isPresent() ? number.getAsDouble() : null;
        });
    }

    public SystemTableBuilder<R> flag(String column, Predicate<R> value) {
        return column(column, DataType.BOOLEAN, Nullability.NOT_NULL, value::test);
    }

    /** {@code YES} or {@code NO}, as the standard's views spell it. */
    public SystemTableBuilder<R> yesOrNo(String column, Predicate<R> value) {
        return text(column, row -> value.test(row) ? "YES" : "NO");
    }

    public SystemTableBuilder<R> instant(String column, Function<R, Optional<Instant>> value) {
        return column(
                column,
                DataType.TIMESTAMP_TZ,
                Nullability.NULLABLE,
                row -> value.apply(row).map(Instant::toEpochMilli).orElse(null));
    }

    public SystemTableBuilder<R> texts(String column, Function<R, List<String>> value) {
        return column(column, TEXTS, Nullability.NOT_NULL, value::apply);
    }

    /** A column of any other shape; the value follows {@link io.calque.spi.batch.ColumnVector#get}. */
    public SystemTableBuilder<R> column(
            String column, DataType type, Nullability nullability, Function<R, @Nullable Object> value) {
        columns.add(ColumnDescriptor.of(column, type, type.toString(), nullability));
        values.add(value);
        return this;
    }

    public SystemTable build() {
        return new Declared<>(schema, name, List.copyOf(columns), List.copyOf(values), records);
    }

    private record Declared<R>(
            String schema,
            String name,
            List<ColumnDescriptor> columns,
            List<Function<R, @Nullable Object>> values,
            Function<SystemTable.SystemView, Stream<R>> records)
            implements SystemTable {
        @Override
        public Iterable<? extends List<? extends @Nullable Object>> rows(SystemView view) {
            return () -> records.apply(view).map(this::row).iterator();
        }

        private List<? extends @Nullable Object> row(R row) {
            List<@Nullable Object> cells = new ArrayList<>(values.size());
            for (Function<R, @Nullable Object> value : values) {
                cells.add(value.apply(row));
            }
            return Collections.unmodifiableList(cells);
        }
    }
}
