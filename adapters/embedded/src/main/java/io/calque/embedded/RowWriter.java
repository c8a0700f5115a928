package io.calque.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Fills one table quickly, row by row. Values are {@code Integer}, {@code Long}, {@code String}, {@code BigDecimal},
 * {@code LocalDate}, {@code LocalDateTime} or null, in the order of the columns the writer was made for; each kind of
 * database stores them in the way its users do. Belongs to one thread.
 */
public interface RowWriter extends AutoCloseable {

    /** Adds a row; it may be buffered until {@link #close()}. */
    void add(@Nullable Object... values);

    /** Writes what is buffered; the rows are visible afterwards, unless the caller's own transaction is still open. */
    @Override
    void close();
}
