package io.calque.nl2plan.search;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;

/** What some words of a question may mean in the catalog. */
public sealed interface Link {
    TableDescriptor table();

    /** 0 to 1: how well the words fit. */
    double score();

    /** The same, of which the words say only so much. */
    default Link times(double factor) {
        if (this instanceof ToColumn column) {
            return new ToColumn(column.table(), column.column(), score() * factor);
        }
        return this instanceof ToValue value
                ? new ToValue(value.table(), value.column(), value.value(), score() * factor)
                : new ToTable(table(), score() * factor);
    }

    /** The rows of a table. */
    record ToTable(TableDescriptor table, double score) implements Link {}

    /** A column. */
    record ToColumn(TableDescriptor table, ColumnDescriptor column, double score) implements Link {}

    /**
     * A value of a column.
     *
     * @param value as the source spells it
     */
    record ToValue(TableDescriptor table, ColumnDescriptor column, String value, double score) implements Link {}
}
