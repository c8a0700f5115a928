package io.calque.app.avatica;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing little-endian buffer. Single-threaded. */
final class FrameBuffer {
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int position;

    FrameBuffer(int capacity) {
        bytes = new byte[capacity];
    }

    int position() {
        return position;
    }

    /** Forgets what was written from there on. */
    void truncate(int to) {
        position = to;
    }

    void replace(int at, byte value) {
        bytes[at] = value;
    }

    /** Makes room, for the methods that do not look whether there is some. */
    void reserve(int room) {
        if (bytes.length - position >= room) {
            return;
        }
        long needed = (long) position + room;
        if (needed > LARGEST) {
            throw new OutOfMemoryError("A frame of rows passes 2 GiB");
        }
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(2L * bytes.length, needed)));
    }

    void put(byte value) {
        reserve(1);
        bytes[position++] = value;
    }

    void put(byte[] values) {
        reserve(values.length);
        System.arraycopy(values, 0, bytes, position, values.length);
        position += values.length;
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        intInRoom(value);
    }

    void byteInRoom(byte value) {
        bytes[position++] = value;
    }

    void shortInRoom(short value) {
        SHORTS.set(bytes, position, value);
        position += Short.BYTES;
    }

    void intInRoom(int value) {
        INTS.set(bytes, position, value);
        position += Integer.BYTES;
    }

    void longInRoom(long value) {
        LONGS.set(bytes, position, value);
        position += Long.BYTES;
    }

    /** Begins values of any length: where each ends, then all of them. */
    Values values(int count) {
        int ends = position;
        reserve(count * Integer.BYTES);
        position += count * Integer.BYTES;
        return new Values(ends);
    }

    /** One value after the other. */
    final class Values {
        private final int start = position;
        private int nextEnd;

        private Values(int ends) {
            nextEnd = ends;
        }

        void add(byte[] value) {
            put(value);
            addNone();
        }

        /** A missing value takes no bytes. */
        void addNone() {
            INTS.set(bytes, nextEnd, position - start);
            nextEnd += Integer.BYTES;
        }
    }

    /** What was written, not copied. */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, position);
    }
}
