package io.calque.engine.exec;

import io.calque.engine.operator.SpillFile;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an operator wrote to disk. Belongs to the thread that pulls the query; {@link #close} may come from any. */
final class OperatorFile implements SpillFile {
    private static final Logger LOG = LoggerFactory.getLogger(OperatorFile.class);

    private final SpoolSpace space;
    private final FileChannel file;
    private final LongConsumer reserve;
    private final Consumer<OperatorFile> onClose;
    private long size;
    private boolean closed;

    /**
     * @param reserve takes so many bytes of the disk, or says what to raise
     */
    OperatorFile(SpoolSpace space, LongConsumer reserve, Consumer<OperatorFile> onClose) {
        this.space = space;
        this.reserve = reserve;
        this.onClose = onClose;
        try {
            this.file = NamelessFile.open(space.directory());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized long append(ByteBuffer bytes) {
        long start = size;
        int length = bytes.remaining();
        if (!closed) {
            reserve.accept(length);
            size += length;
        }
        try {
            long at = start;
            while (bytes.hasRemaining()) {
                at += file.write(bytes, at);
            }
            return start;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void read(long position, ByteBuffer into) {
        try {
            long at = position;
            while (into.hasRemaining()) {
                int read = file.read(into, at);
                if (read < 0) {
                    break;
                }
                at += read;
            }
            into.flip();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            space.release(size);
        }
        onClose.accept(this);
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("a spool file cannot be closed reason={}", e.getMessage());
        }
    }

    private QueryException failed(IOException e) {
        return new QueryException(
                ErrorCode.OUT_OF_MEMORY,
                "Rows of an operator cannot be kept on disk in " + space.directory() + ": " + e.getMessage(),
                e);
    }
}
