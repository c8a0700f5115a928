package io.calque.jdbc.sqlite;

import io.calque.spi.batch.ColumnBuilder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;
import org.sqlite.core.SafeStmtPtr;

/**
 * The values of the row that a statement stands at, asked of SQLite itself: by way of the driver's result set each costs several calls and
 * a box. Single-threaded, within the session's turn.
 */
final class StoredValues implements SafeStmtPtr.SafePtrIntFunction<SQLException> {
    private final SafeStmtPtr statement;
    private final SqliteDecoder[] decoders;
    private final boolean utf8;
    private ColumnBuilder[] out = {};
    private @Nullable DB database;
    private long pointer;

    /**
     * @param utf8 whether the file keeps text so
     */
    StoredValues(SafeStmtPtr statement, SqliteDecoder[] decoders, boolean utf8) {
        this.statement = statement;
        this.decoders = decoders;
        this.utf8 = utf8;
    }

    void append(ColumnBuilder[] row) throws SQLException {
        out = row;
        statement.safeRunInt(this);
    }

    @Override
    public int run(DB opened, long handle) throws SQLException {
        database = opened;
        pointer = handle;
        for (int i = 0; i < decoders.length; i++) {
            decoders[i].append(this, i, out[i]);
        }
        return decoders.length;
    }

    /** SQLite's storage class: of {@link Codes}. */
    int type(int column) throws SQLException {
        return open().column_type(pointer, column);
    }

    long integer(int column) throws SQLException {
        return open().column_long(pointer, column);
    }

    double real(int column) throws SQLException {
        return open().column_double(pointer, column);
    }

    String text(int column) throws SQLException {
        // bytes as they are cost half of what the driver's text does
        byte[] bytes = utf8 ? open().column_blob(pointer, column) : null;
        if (bytes != null) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        String text = open().column_text(pointer, column);
        return text == null ? "" : text;
    }

    /** Long, Double, String or byte[]; null for NULL. */
    @Nullable Object stored(int column) throws SQLException {
        return switch (type(column)) {
            case Codes.SQLITE_NULL -> null;
            case Codes.SQLITE_INTEGER -> integer(column);
            case Codes.SQLITE_FLOAT -> real(column);
            case Codes.SQLITE_TEXT -> text(column);
            default -> {
                byte[] bytes = open().column_blob(pointer, column);
                // the driver gives null for a blob of no bytes too
                yield bytes == null ? new byte[0] : bytes;
            }
        };
    }

    private DB open() {
        DB known = database;
        if (known == null) {
            throw new IllegalStateException("no row is being read");
        }
        return known;
    }
}
