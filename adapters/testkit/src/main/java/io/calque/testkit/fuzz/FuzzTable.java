package io.calque.testkit.fuzz;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A random table with its rows.
 *
 * @param name as Calque knows it; a child table of a collection is {@code collection.array}
 * @param parent of a child table
 * @param rows values as the engine must see them: Boolean, Long, BigDecimal, Double, String, byte[], LocalDate, LocalTime,
 *     LocalDateTime, Instant, or null
 * @param indexed a column with an index of its own at the source
 */
public record FuzzTable(
        Place place,
        String name,
        Optional<String> parent,
        List<FuzzColumn> columns,
        List<List<@Nullable Object>> rows,
        Optional<String> indexed) {
    public FuzzTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** In the flat database that says what is right. */
    public String referenceName() {
        return name.replace(".", "__");
    }

    public FuzzTable withRows(List<List<@Nullable Object>> fewer) {
        return new FuzzTable(place, name, parent, columns, fewer, indexed);
    }

    int index(String column) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equals(column)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name + " has no column " + column);
    }

    /** Columns that tell every row from every other. */
    public List<FuzzColumn> key() {
        return columns.stream()
                .filter(c -> c.domain() == FuzzColumn.Domain.KEY || c.domain() == FuzzColumn.Domain.ORDINAL)
                .toList();
    }
}
