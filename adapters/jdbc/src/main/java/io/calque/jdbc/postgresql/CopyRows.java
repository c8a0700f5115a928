package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.DriverRows;
import io.calque.spi.batch.ColumnBuilder;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.copy.CopyOut;
import org.postgresql.util.ByteConverter;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * The rows of a {@code COPY (SELECT ...) TO STDOUT (FORMAT BINARY)}: the server sends them as fast as they are taken, without being asked
 * for each batch, and they are read where they arrive. Single-threaded.
 */
final class CopyRows implements DriverRows {
    private static final int SIGNATURE_BYTES = 11;
    private static final int END = -1;

    private final CopyOut copy;
    private final BinaryDecoder[] decoders;
    private byte[] data = {};
    private int at;
    private boolean begun;
    private boolean ended;

    CopyRows(CopyOut copy, List<BinaryDecoder> decoders) {
        this.copy = copy;
        this.decoders = decoders.toArray(BinaryDecoder[]::new);
    }

    @Override
    public boolean next(ColumnBuilder[] out) throws SQLException {
        if (ended || at >= data.length && !receive()) {
            return false;
        }
        int fields = ByteConverter.int2(data, at);
        at += Short.BYTES;
        if (fields == END) {
            finish();
            return false;
        }
        BinaryDecoders.requireLength(fields, decoders.length);
        for (int i = 0; i < decoders.length; i++) {
            int length = ByteConverter.int4(data, at);
            at += Integer.BYTES;
            if (length < 0) {
                out[i].appendNull();
                continue;
            }
            if (length > data.length - at) {
                throw cut();
            }
            decoders[i].append(data, at, length, out[i]);
            at += length;
        }
        return true;
    }

    /** The next message: one row, with the header before the first. */
    private boolean receive() throws SQLException {
        byte[] message = copy.readFromCopy();
        if (message == null) {
            throw cut();
        }
        data = message;
        at = 0;
        if (!begun) {
            begun = true;
            if (data.length < SIGNATURE_BYTES + 2 * Integer.BYTES) {
                throw cut();
            }
            at = SIGNATURE_BYTES + Integer.BYTES;
            at += Integer.BYTES + ByteConverter.int4(data, at);
        }
        return at < data.length || receive();
    }

    /** The server's last words free the connection for its next statement. */
    private void finish() throws SQLException {
        ended = true;
        while (copy.readFromCopy() != null) {
            // nothing comes after the end mark but the end
        }
    }

    private static SQLException cut() {
        return new PSQLException("the rows end before their end mark", PSQLState.PROTOCOL_VIOLATION);
    }
}
