package io.calque.engine.operator;

import io.calque.spi.batch.ColumnVector;
import org.jspecify.annotations.Nullable;

/** A column of rows that an operator keeps: it grows at its end and is read anywhere. Single-threaded. */
sealed interface StoredColumn permits StoredWords, StoredObjects {
    /** For a row that does not exist: NULL is gathered in its place. */
    int NO_ROW = -1;

    void append(ColumnVector vector);

    /** Only these rows of the vector. */
    void append(ColumnVector vector, int[] rows, int count);

    boolean isNull(int row);

    /** The value as stock operators know it. */
    @Nullable Object value(int row);

    /** The values of {@code rows}, from the one at {@code from} on. */
    ColumnVector gather(int[] rows, int from, int count);

    /** The order of two values that are not NULL, as ORDER BY sees them. */
    int compare(int row, int other);

    /** What it takes, with the room for what is to come. */
    long bytes();
}
