package io.calque.mongodb.compiler;

import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;

/**
 * The table that a pipeline reads. Immutable.
 *
 * @param collection that is aggregated
 * @param table as SQL sees it
 */
record TableOrigin(TableName collection, TableDescriptor table) {
    static TableOrigin of(TableDescriptor table) {
        return new TableOrigin(
                table.nestedIn().map(nested -> nested.collection()).orElse(table.name()), table);
    }

    /** The stored field of a column, as messages and the option that overrides its type name it. */
    String nameOf(ColumnDescriptor column) {
        return table.name().table() + "." + column.name();
    }
}
