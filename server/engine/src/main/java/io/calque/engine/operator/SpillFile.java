package io.calque.engine.operator;

import java.nio.ByteBuffer;

/** A file of blocks that are appended and read by their place. Closing it frees its disk; closing it again does nothing. */
public interface SpillFile extends AutoCloseable {
    /**
     * Appends the bytes that remain.
     *
     * @return where they begin
     * @throws io.calque.spi.QueryException OUT_OF_MEMORY beyond what of the disk may be used
     */
    long append(ByteBuffer bytes);

    /** Fills the rest of the buffer from {@code position} on, as far as the file goes, and makes it ready to be read. */
    void read(long position, ByteBuffer into);

    /** Bytes written. */
    long size();

    @Override
    void close();
}
