package io.calque.registry.relate;

import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.Relationship.End;
import io.calque.spi.type.TypeKind;
import java.util.List;

/**
 * One column that may refer or be referred to, with all that is known of it. Immutable.
 *
 * @param position from 0 among all columns of its table
 * @param inherited whether it repeats a column of the table that this one is nested in
 * @param table of the catalog
 */
record Column(
        Profile table,
        ColumnDescriptor descriptor,
        int position,
        boolean inherited,
        ColumnName name,
        ColumnSketch sketch,
        KeyKind key) {

    TableName tableName() {
        return table.descriptor().name();
    }

    boolean is(Column other) {
        return tableName().equals(other.tableName())
                && descriptor.name().equals(other.descriptor().name());
    }

    boolean isText() {
        return descriptor.type().kind() == TypeKind.VARCHAR;
    }

    boolean isWholeNumber() {
        return !isText() && sketch.whole();
    }

    /** Different values in the whole table, as far as is known. */
    double distinct() {
        return sketch.complete() || key == KeyKind.NONE ? sketch.distinct() : Math.max(sketch.distinct(), table.rows());
    }

    End end() {
        return new End(tableName(), List.of(descriptor.name()));
    }

    String label() {
        return descriptor.name();
    }
}
