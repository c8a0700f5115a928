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
 */
public record SqlQuery(
        SourceId source, String text, List<ParameterSlot> slots, List<Column> columns, List<Decoding> decodings)
        implements NativeQuery {
    public SqlQuery {
        slots = List.copyOf(slots);
        columns = List.copyOf(columns);
        decodings = List.copyOf(decodings);
        if (columns.size() != decodings.size()) {
            throw new IllegalArgumentException("each column needs its decoding");
        }
    }
}
