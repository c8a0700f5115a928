package io.calque.app.avatica;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.Deflater;

/**
 * Compresses the frames of one result, as fast as can be, where that makes them much smaller; after one that it did not, the next few are
 * not tried. Single-threaded.
 */
final class FrameDeflater {
    /** Below this a frame is a packet or few. */
    private static final int LEAST_BYTES = 8 * 1024;

    private static final int LEFT_OUT = 7;

    private int leftOut;

    /**
     * The frame's size and the compressed frame.
     *
     * @return empty when that is more than three quarters of the frame
     */
    Optional<ByteBuffer> deflate(ByteBuffer frame) {
        if (frame.remaining() < LEAST_BYTES) {
            return Optional.empty();
        }
        if (leftOut > 0) {
            leftOut--;
            return Optional.empty();
        }
        byte[] out = new byte[frame.remaining() / 4 * 3];
        ByteBuffer.wrap(out).order(ByteOrder.LITTLE_ENDIAN).putInt(frame.remaining());
        int size = Integer.BYTES;
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(frame.array(), frame.arrayOffset() + frame.position(), frame.remaining());
            deflater.finish();
            while (!deflater.finished() && size < out.length) {
                size += deflater.deflate(out, size, out.length - size);
            }
            if (deflater.finished()) {
                return Optional.of(ByteBuffer.wrap(out, 0, size));
            }
        } finally {
            deflater.end();
        }
        leftOut = LEFT_OUT;
        return Optional.empty();
    }
}
