package io.calque.jdbc.cursor;

import io.calque.spi.SourceId;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A SELECT in one database's SQL. Immutable.
 *
 * @param text with a {@code ?} for each slot, in slot order
 * @param decodings one a column
 * @param expected how many rows will come, as far as statistics tell
 * @param author who wrote the text
 * @param ranges present where the text is a scan that can be divided
 */
public record SqlQuery(
        SourceId source,
        String text,
        List<ParameterSlot> slots,
        List<Column> columns,
        List<Decoding> decodings,
        Expected expected,
        Author author,
        Optional<Ranges> ranges)
        implements NativeQuery {
    /** Not to be divided. */
    public SqlQuery(
            SourceId source,
            String text,
            List<ParameterSlot> slots,
            List<Column> columns,
            List<Decoding> decodings,
            Expected expected,
            Author author) {
        this(source, text, slots, columns, decodings, expected, author, Optional.empty());
    }

    /**
     * How a scan of one table is divided.
     *
     * @param table quoted, with its schema
     * @param text the query up to a further condition of its WHERE, with which it ends
     * @param rows how many are expected; 0 where most of the table is passed over
     */
    public record Ranges(String table, String text, long rows) {}

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

    /** One part of it. */
    public SqlQuery part(String condition) {
        Ranges whole = ranges.orElseThrow();
        return new SqlQuery(
                source, whole.text() + condition, slots, columns, decodings, Expected.ANY, author, Optional.empty());
    }

    @Override
    public OptionalLong dividableRows() {
        return ranges.map(r -> OptionalLong.of(r.rows())).orElseGet(OptionalLong::empty);
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
