package io.calque.jdbc.cursor;

import io.calque.spi.SourceId;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.List;

/**
 * A SELECT in one database's SQL. Immutable.
 *
 * @param text with a {@code ?} for each slot, in slot order
 * @param decodings one a column
 * @param expected how many rows will come, as far as statistics tell
 */
public record SqlQuery(
        SourceId source,
        String text,
        List<ParameterSlot> slots,
        List<Column> columns,
        List<Decoding> decodings,
        Expected expected)
        implements NativeQuery {
    /** A guess at the size of a result. */
    public enum Expected {
        /** So few rows that they may be kept in memory all at once. */
        FEW,
        ANY
    }

    public SqlQuery {
        slots = List.copyOf(slots);
        columns = List.copyOf(columns);
        decodings = List.copyOf(decodings);
        if (columns.size() != decodings.size()) {
            throw new IllegalArgumentException("each column needs its decoding");
        }
    }
}
