package io.calque.app.avatica;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing little-endian buffer. Single-threaded. */
final class FrameBuffer {
    private ByteBuffer out;

    FrameBuffer(int capacity) {
        out = ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void reserve(int bytes) {
        if (out.remaining() < bytes) {
            int capacity = (int)
                    Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * out.capacity(), (long) out.position() + bytes));
            byte[] larger = Arrays.copyOf(out.array(), capacity);
            out = ByteBuffer.wrap(larger).order(ByteOrder.LITTLE_ENDIAN).position(out.position());
        }
    }

    void put(byte value) {
        reserve(1);
        out.put(value);
    }

    void put(byte[] values) {
        reserve(values.length);
        out.put(values);
    }

    void putInt(int value) {
        reserve(Integer.BYTES);
        out.putInt(value);
    }

    void putBytes(long[] values) {
        reserve(values.length);
        for (long value : values) {
            out.put((byte) value);
        }
    }

    void putShorts(long[] values) {
        reserve(values.length * Short.BYTES);
        for (long value : values) {
            out.putShort((short) value);
        }
    }

    void putInts(long[] values) {
        reserve(values.length * Integer.BYTES);
        for (long value : values) {
            out.putInt((int) value);
        }
    }

    void putLongs(long[] values) {
        reserve(values.length * Long.BYTES);
        out.asLongBuffer().put(values);
        out.position(out.position() + values.length * Long.BYTES);
    }

    void putDoubles(double[] values) {
        reserve(values.length * Double.BYTES);
        out.asDoubleBuffer().put(values);
        out.position(out.position() + values.length * Double.BYTES);
    }

    void putEnds(int[] ends) {
        reserve(ends.length * Integer.BYTES);
        out.asIntBuffer().put(ends);
        out.position(out.position() + ends.length * Integer.BYTES);
    }

    /** Where each value ends, then all of them; a missing value takes no bytes. */
    void putAll(byte[][] values) {
        int[] ends = new int[values.length];
        int end = 0;
        for (int i = 0; i < values.length; i++) {
            end = Math.addExact(end, values[i] == null ? 0 : values[i].length);
            ends[i] = end;
        }
        putEnds(ends);
        reserve(end);
        for (byte[] value : values) {
            if (value != null) {
                out.put(value);
            }
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(out.array(), out.position());
    }
}
