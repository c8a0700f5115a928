package io.calque.app.avatica;

import io.calque.spi.batch.ColumnVector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One column of consecutive rows. Immutable.
 *
 * @param rows of all parts together
 */
record ColumnSlices(List<Part> parts, int rows) {
    /**
     * Some consecutive rows of one batch.
     *
     * @param from the first of them
     * @param to the one after the last
     */
    record Part(ColumnVector vector, int from, int to) {}

    static ColumnSlices whole(ColumnVector vector) {
        return new ColumnSlices(List.of(new Part(vector, 0, vector.size())), vector.size());
    }

    /** One bit a row, lowest first, set for NULL; null when there is none. */
    byte @Nullable [] nullBitmap() {
        byte[] bits = null;
        int row = 0;
        for (Part part : parts) {
            ColumnVector vector = part.vector();
            for (int i = part.from(); i < part.to(); i++, row++) {
                if (vector.isNull(i)) {
                    bits = bits == null ? new byte[(rows + 7) / 8] : bits;
                    bits[row >> 3] |= (byte) (1 << (row & 7));
                }
            }
        }
        return bits;
    }

    boolean allNull() {
        for (Part part : parts) {
            for (int index = part.from(); index < part.to(); index++) {
                if (!part.vector().isNull(index)) {
                    return false;
                }
            }
        }
        return true;
    }
}
