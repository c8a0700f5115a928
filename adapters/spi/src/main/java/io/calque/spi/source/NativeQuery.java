package io.calque.spi.source;

import io.calque.spi.SourceId;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.OptionalLong;

/**
 * What a source is asked, in its own language: a printable template with parameter slots. Immutable; its text is the
 * log line, the EXPLAIN line and the cache key, so two queries with equal text, slots and columns are equal.
 */
public interface NativeQuery {
    SourceId source();

    /** The whole request for a person or another engine to read; slots are shown as the source's language shows them. */
    String text();

    /** What {@link Bindings} must bring, in slot order; empty for a query without parameters. */
    List<ParameterSlot> slots();

    /** Names and types of the rows, in order. */
    List<Column> columns();

    /**
     * How many rows are expected where {@link ReadSession#divide} may make parts of it; 0 where reading parts of it would cost the source more
     * than reading the whole. Nothing where it cannot be divided.
     */
    default OptionalLong dividableRows() {
        return OptionalLong.empty();
    }

    /**
     * @param name as the fragment names it
     * @param nullable whether NULL may come
     */
    record Column(String name, DataType type, boolean nullable) {}
}
