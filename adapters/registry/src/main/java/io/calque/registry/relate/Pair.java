package io.calque.registry.relate;

import io.calque.registry.relate.ColumnSketch.Overlap;

/**
 * A column that may refer to a key.
 *
 * @param overlap from the sketches, or from a second look at the key's values
 * @param exact whether every value asked for was looked for among all values of the key
 */
record Pair(Column from, Column to, Overlap overlap, boolean exact) {
    Pair checked(Overlap found, boolean all) {
        return new Pair(from, to, found, all);
    }

    /** Share of the different referring values that the key holds; a key seen in part is taken to go on as it began. */
    double contained() {
        return Math.min(1, overlap.share() / Math.max(1e-9, to.table().seen()));
    }
}
