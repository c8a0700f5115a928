package io.calque.embedded;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Fills a PostgreSQL table by COPY in text form. Belongs to one thread. */
public final class PostgresCopy implements RowWriter {
    private static final int BUFFER_CHARS = 1 << 16;

    private final String table;
    private final CopyIn copy;
    private final StringBuilder buffer = new StringBuilder(BUFFER_CHARS + 4096);

    private PostgresCopy(String table, CopyIn copy) {
        this.table = table;
        this.copy = copy;
    }

    /** Starts to fill a table through a connection, which can do nothing else until {@link #close()}. */
    public static PostgresCopy into(Connection connection, String table, List<String> columns) throws SQLException {
        String sql = "COPY " + table + " (" + String.join(", ", columns) + ") FROM STDIN";
        return new PostgresCopy(
                table, connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql));
    }

    @Override
    public void add(@Nullable Object... values) {
        for (int i = 0; i < values.length; i++) {
            if (i > 0) {
                buffer.append('\t');
            }
            append(values[i]);
        }
        buffer.append('\n');
        if (buffer.length() >= BUFFER_CHARS) {
            flush();
        }
    }

    private void append(@Nullable Object value) {
        if (value == null) {
            buffer.append("\\N");
            return;
        }
        if (value instanceof String text) {
            appendEscaped(text);
            return;
        }
        buffer.append(value instanceof LocalDateTime time ? SqlText.of(time) : value);
    }

    private void appendEscaped(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> buffer.append("\\\\");
                case '\t' -> buffer.append("\\t");
                case '\n' -> buffer.append("\\n");
                case '\r' -> buffer.append("\\r");
                default -> buffer.append(c);
            }
        }
    }

    private void flush() {
        byte[] bytes = buffer.toString().getBytes(StandardCharsets.UTF_8);
        buffer.setLength(0);
        try {
            copy.writeToCopy(bytes, 0, bytes.length);
        } catch (SQLException e) {
            throw new IllegalStateException("Rows for table " + table + " were refused", e);
        }
    }

    @Override
    public void close() {
        flush();
        try {
            copy.endCopy();
        } catch (SQLException e) {
            throw new IllegalStateException("Rows for table " + table + " were refused", e);
        }
    }
}
