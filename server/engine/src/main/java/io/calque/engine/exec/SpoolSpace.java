package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The disk that all queries of the process together may use for rows that wait for their reader, and for those of operators that do not fit in
 * memory. Thread-safe.
 */
public final class SpoolSpace {
    private final Path directory;
    private final long limit;
    private final AtomicLong used = new AtomicLong();

    /**
     * @param directory where temporary files are made
     * @param limit bytes
     */
    public SpoolSpace(Path directory, long limit) {
        this.directory = directory;
        this.limit = limit;
        NamelessFile.deleteLeftovers(directory);
    }

    Path directory() {
        return directory;
    }

    /**
     * @throws QueryException OUT_OF_MEMORY, saying what to raise
     */
    void reserve(long bytes) {
        if (!tryReserve(bytes)) {
            throw new QueryException(
                    ErrorCode.OUT_OF_MEMORY,
                    "Rows that wait for their reader need more than " + limit / (1024 * 1024) + " MiB of disk; raise "
                            + "limits.spool_disk, read faster, or give the source more permits");
        }
    }

    /** Whether there was so much left, which is now taken. */
    boolean tryReserve(long bytes) {
        if (used.addAndGet(bytes) > limit) {
            used.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    long limit() {
        return limit;
    }

    /** Bytes in use now. */
    long used() {
        return used.get();
    }

    void release(long bytes) {
        used.addAndGet(-bytes);
    }
}
