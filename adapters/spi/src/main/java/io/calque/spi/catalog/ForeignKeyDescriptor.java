package io.calque.spi.catalog;

import io.calque.spi.TableName;
import java.util.List;

/**
 * A declared reference from columns of the owning table to columns of another.
 *
 * @param name the source's name for it; may be empty
 * @param columns SQL names in the owning table
 * @param target the referenced table, in the same source
 * @param targetColumns as many as {@code columns}, in the same order
 */
public record ForeignKeyDescriptor(String name, List<String> columns, TableName target, List<String> targetColumns) {
    public ForeignKeyDescriptor {
        columns = List.copyOf(columns);
        targetColumns = List.copyOf(targetColumns);
        if (columns.isEmpty() || columns.size() != targetColumns.size()) {
            throw new IllegalArgumentException("foreign key " + name + " pairs no columns");
        }
    }
}
