package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.DataType;
import java.util.Optional;

/**
 * One column of the rows at a point in a pipeline. Immutable.
 *
 * @param name as SQL has it
 * @param nullable whether NULL may come; a missing field is NULL
 * @param column the stored column that it passes through unchanged; empty when computed
 * @param origin the stored field that messages name
 * @param table that it comes from, or the table of what it is computed from
 */
record Field(
        String name,
        DataType type,
        boolean nullable,
        FieldSource source,
        Optional<ColumnDescriptor> column,
        Accepts accepts,
        String origin,
        TableDescriptor table) {

    Field withName(String newName) {
        return new Field(newName, type, nullable, source, column, accepts, origin, table);
    }

    Field withSource(FieldSource newSource) {
        return new Field(name, type, nullable, newSource, column, accepts, origin, table);
    }

    /** NULL too: the other side of an outer join. */
    Field orNull() {
        return new Field(name, type, true, source, column, accepts, origin, table);
    }

    /** Never NULL again: a filter has seen to it. */
    Field notNull() {
        return new Field(name, type, false, source, column, accepts, origin, table);
    }
}
