package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.batch.ColumnBatch;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of one fetch that wait on disk for their reader, first in, first out. The file has no name where the system allows it, so that it
 * is gone even when the process is killed. Guarded by the queue it belongs to.
 */
final class BatchSpool implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSpool.class);

    private final BatchFormat format;
    private final SpoolSpace space;
    private final FileChannel file;
    private final Deque<Integer> lengths = new ArrayDeque<>();
    private long readFrom;
    private long writeTo;

    private BatchSpool(BatchFormat format, SpoolSpace space, FileChannel file) {
        this.format = format;
        this.space = space;
        this.file = file;
    }

    static BatchSpool create(BatchFormat format, SpoolSpace space) {
        try {
            FileChannel file = NamelessFile.open(space.directory());
            return new BatchSpool(format, space, file);
        } catch (IOException e) {
            throw failed(space, e);
        }
    }

    boolean isEmpty() {
        return lengths.isEmpty();
    }

    /**
     * @return bytes written
     * @throws QueryException OUT_OF_MEMORY when the disk's share is used up, or the disk full
     */
    int add(ColumnBatch batch) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            format.write(batch, new DataOutputStream(bytes));
            space.reserve(bytes.size());
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            long at = writeTo;
            writeTo += bytes.size();
            while (buffer.hasRemaining()) {
                at += file.write(buffer, at);
            }
            lengths.add(bytes.size());
            return bytes.size();
        } catch (IOException e) {
            throw failed(space, e);
        }
    }

    ColumnBatch poll() {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(lengths.remove());
            long at = readFrom;
            while (buffer.hasRemaining()) {
                int read = file.read(buffer, at);
                if (read < 0) {
                    throw new EOFException("the spool file is shorter than what was written");
                }
                at += read;
            }
            readFrom = at;
            if (lengths.isEmpty()) {
                // all is read: the file may begin anew
                space.release(writeTo);
                file.truncate(0);
                readFrom = 0;
                writeTo = 0;
            }
            return format.read(new DataInputStream(new ByteArrayInputStream(buffer.array())));
        } catch (IOException e) {
            throw failed(space, e);
        }
    }

    private static QueryException failed(SpoolSpace space, IOException e) {
        return new QueryException(
                ErrorCode.OUT_OF_MEMORY,
                "Rows that wait for their reader cannot be kept on disk in " + space.directory() + ": "
                        + e.getMessage(),
                e);
    }

    @Override
    public void close() {
        space.release(writeTo);
        writeTo = 0;
        lengths.clear();
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("a spool file cannot be closed reason={}", e.getMessage());
        }
    }
}
