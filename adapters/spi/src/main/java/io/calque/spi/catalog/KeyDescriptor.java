package io.calque.spi.catalog;

import java.util.List;

/**
 * A primary or unique key.
 *
 * @param name the source's name for it; may be empty
 * @param columns SQL names of the columns, in key order
 */
public record KeyDescriptor(String name, List<String> columns) {
    public KeyDescriptor {
        columns = List.copyOf(columns);
        if (columns.isEmpty()) {
            throw new IllegalArgumentException("key without columns");
        }
    }
}
