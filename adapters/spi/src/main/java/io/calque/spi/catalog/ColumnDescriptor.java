package io.calque.spi.catalog;

import io.calque.spi.type.DataType;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One column as SQL sees it, and where the source keeps it.
 *
 * @param name the SQL name; a nested MongoDB field is dotted ({@code address.city})
 * @param path the source's own steps to the value: one for SQL sources; field names for MongoDB
 * @param type the engine type that values are decoded to
 * @param nativeType the source's spelling of its type, for people ({@code timestamptz}, {@code objectId|string})
 * @param nullable whether SQL may see NULL here; when in doubt, true
 * @param comment the source's comment, empty where there is none
 * @param facts what only the owning adapter reads (collation, storage classes, mixed types); sorted by key
 */
public record ColumnDescriptor(
        String name,
        List<String> path,
        DataType type,
        String nativeType,
        boolean nullable,
        Optional<String> defaultValue,
        Generation generation,
        String comment,
        SortedMap<String, String> facts) {

    public ColumnDescriptor {
        path = List.copyOf(path);
        if (name.isEmpty() || path.isEmpty()) {
            throw new IllegalArgumentException("column without a name or path");
        }
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    /** A plain column of a SQL source. */
    public static ColumnDescriptor of(String name, DataType type, String nativeType, Nullability nullability) {
        return new ColumnDescriptor(
                name,
                List.of(name),
                type,
                nativeType,
                nullability == Nullability.NULLABLE,
                Optional.empty(),
                Generation.NONE,
                "",
                new TreeMap<>());
    }

    public ColumnDescriptor withFacts(Map<String, String> newFacts) {
        return new ColumnDescriptor(
                name, path, type, nativeType, nullable, defaultValue, generation, comment, new TreeMap<>(newFacts));
    }

    /** Whether SQL may see NULL in a column. */
    public enum Nullability {
        NULLABLE,
        NOT_NULL
    }

    /** Who gives the column its value on insert. */
    public enum Generation {
        NONE,
        IDENTITY,
        COMPUTED
    }
}
