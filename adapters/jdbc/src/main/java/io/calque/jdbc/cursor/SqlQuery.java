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
 * @param author who wrote the text
 */
public record SqlQuery(
        SourceId source,
        String text,
        List<ParameterSlot> slots,
        List<Column> columns,
        List<Decoding> decodings,
        Expected expected,
        Author author)
        implements NativeQuery {
    /** A guess at the size of a result. */
    public enum Expected {
        /** So few rows that they may be kept in memory all at once. */
        FEW,
        ANY
    }

    /** Whose words a text is made of. */
    public enum Author {
        /** Ours alone: it can stand within another statement. */
        COMPILER,
        /** A user's: it is sent as it is, and as nothing else. */
        USER
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
