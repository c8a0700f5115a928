package io.calque.spi.catalog;

import java.util.List;

/**
 * An index of the source.
 *
 * @param kind the source's word: {@code btree}, {@code hash}, {@code gin}, {@code text}, {@code 2dsphere}, ...
 * @param columns in index order; an expression keeps its source text as {@code name} with {@code expression} true
 * @param unique whether it forbids duplicates
 * @param condition the predicate of a partial index in the source's text; empty for a whole one
 */
public record IndexDescriptor(String name, String kind, List<IndexColumn> columns, boolean unique, String condition) {
    public IndexDescriptor {
        columns = List.copyOf(columns);
    }

    /**
     * @param name SQL name of the column, or the text of an expression
     * @param expression whether {@code name} is an expression rather than a column
     * @param descending the order within the index
     */
    public record IndexColumn(String name, boolean expression, boolean descending) {}
}
