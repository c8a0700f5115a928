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
    record Part(ColumnVector vector, int from, int to) {}

    /** Sees one value after the other. */
    interface ValueVisitor {
        /**
         * @param row its place in the slices
         * @param index its place in the vector
         */
        void visit(int row, ColumnVector vector, int index);
    }

    static ColumnSlices whole(ColumnVector vector) {
        return new ColumnSlices(List.of(new Part(vector, 0, vector.size())), vector.size());
    }

    void forEach(ValueVisitor visitor) {
        int row = 0;
        for (Part part : parts) {
            for (int index = part.from(); index < part.to(); index++) {
                visitor.visit(row++, part.vector(), index);
            }
        }
    }

    /** One bit a row, lowest first, set for NULL; null when there is none. */
    byte @Nullable [] nullBitmap() {
        byte[] bits = new byte[(rows + 7) / 8];
        boolean[] any = {false};
        forEach((row, vector, index) -> {
            if (vector.isNull(index)) {
                bits[row >> 3] |= (byte) (1 << (row & 7));
                any[0] = true;
            }
        });
        return any[0] ? bits : null;
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
