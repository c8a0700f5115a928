package io.calque.engine.operator;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes being written, in an array that grows; to be used again. Single-threaded. */
final class ByteBlock {
    private byte[] bytes = new byte[1024];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /** What was written, until more is. */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }

    void writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void writeBytes(byte[] value) {
        room(value.length);
        System.arraycopy(value, 0, bytes, size, value.length);
        size += value.length;
    }

    /** The lowest {@code width} bytes, the lowest first. */
    void writeWord(long value, int width) {
        room(Long.BYTES);
        long rest = value;
        for (int i = 0; i < width; i++) {
            bytes[size + i] = (byte) rest;
            rest >>>= 8;
        }
        size += width;
    }

    /** A number that is not negative, seven bits a byte. */
    void writeSize(long value) {
        room(10);
        long rest = value;
        while (rest > 0x7f) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    static long readWord(ByteBuffer from, int width) {
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (from.get() & 0xffL) << 8 * i;
        }
        return value;
    }

    static long readSize(ByteBuffer from) {
        long value = 0;
        int shift = 0;
        while (true) {
            byte next = from.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
            shift += 7;
        }
    }

    static byte[] readBytes(ByteBuffer from, int length) {
        byte[] value = new byte[length];
        from.get(value);
        return value;
    }
}
