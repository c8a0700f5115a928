package io.calque.spi.batch;

import java.util.List;

/**
 * Some rows, column by column. Immutable.
 *
 * @param rows how many, at least 0
 * @param columns each of size {@code rows}; a batch of no columns still has rows
 */
public record ColumnBatch(int rows, List<ColumnVector> columns) {
    public ColumnBatch {
        columns = List.copyOf(columns);
        for (ColumnVector column : columns) {
            if (column.size() != rows) {
                throw new IllegalArgumentException("a column has " + column.size() + " values in a batch of " + rows);
            }
        }
    }

    public long sizeInBytes() {
        return columns.stream().mapToLong(ColumnVector::sizeInBytes).sum();
    }
}
