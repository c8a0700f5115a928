package io.calque.testkit.contract;

import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table that the suite expects in a source, whatever the source calls its types. Immutable; rows are made anew for each reader.
 *
 * @param name lower case, a plain word
 * @param columns in order
 * @param key the column that identifies a row; empty where rows repeat
 * @param rows values in column order: Boolean, Long, Float, Double, BigDecimal, String, byte[], LocalDate, LocalTime,
 *     LocalDateTime, Instant, or null
 */
public record FixtureTable(String name, List<Column> columns, Optional<String> key, Rows rows) {
    public FixtureTable {
        columns = List.copyOf(columns);
    }

    /**
     * @param name lower case, a plain word
     * @param type the type that the values call for
     */
    public record Column(String name, DataType type) {}

    /** A source of rows that can be read more than once. */
    @FunctionalInterface
    public interface Rows {
        Stream<List<@Nullable Object>> stream();
    }

    /** The same table with the columns that a source can hold, in the types that it gives them. */
    FixtureTable storedAs(Function<DataType, Optional<DataType>> types) {
        List<Integer> kept = IntStream.range(0, columns.size())
                .filter(i -> types.apply(columns.get(i).type()).isPresent())
                .boxed()
                .toList();
        return new FixtureTable(
                name,
                kept.stream().map(columns::get).toList(),
                key,
                () -> rows.stream().map(row -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    kept.forEach(i -> values.add(row.get(i)));
                    return values;
                }));
    }

    boolean has(String column) {
        return columns.stream().anyMatch(c -> c.name().equals(column));
    }
}
