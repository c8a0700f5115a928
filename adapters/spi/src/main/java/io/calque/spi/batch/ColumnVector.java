package io.calque.spi.batch;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column in one batch. Immutable.
 *
 * <p>Held by kind: BOOLEAN in {@link BooleanVector}; SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP and TIMESTAMP_TZ in
 * {@link LongVector}; REAL and DOUBLE in {@link DoubleVector}; DECIMAL (BigDecimal), VARCHAR (String), VARBINARY (byte[]) and
 * ARRAY (java.util.List of boxed values) in {@link ObjectVector}.
 */
public sealed interface ColumnVector permits BooleanVector, LongVector, DoubleVector, ObjectVector {
    int size();

    boolean isNull(int row);

    /** Boolean, Long, Double, or the object; null for SQL NULL. */
    @Nullable Object get(int row);

    /** Roughly, in memory: for accounts and counters, not exact. */
    long sizeInBytes();
}
