package io.calque.spi.catalog;

import io.calque.spi.TableName;
import java.util.List;

/**
 * Where a child table's rows live.
 *
 * @param collection the collection that holds the documents
 * @param parent the table one level up: the collection's or another child's
 * @param arrays paths of the arrays to unwind, outermost first; each a list of field names relative to the previous element
 */
public record NestedIn(TableName collection, TableName parent, List<List<String>> arrays) {
    public NestedIn {
        arrays = arrays.stream().map(List::copyOf).toList();
        if (arrays.isEmpty()) {
            throw new IllegalArgumentException("child table without an array");
        }
    }
}
