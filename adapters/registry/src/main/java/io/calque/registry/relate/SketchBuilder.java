package io.calque.registry.relate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Builds the sketch of one column, or of a pair of columns, row by row. Single-threaded. */
final class SketchBuilder {
    /** Different values counted exactly; more are counted only while none came twice, because then the count decides what is a key. */
    private static final int COUNTED = 1 << 16;

    private final boolean numeric;
    private final TextShape.Builder shape = new TextShape.Builder();
    private final PriorityQueue<Entry> smallest = new PriorityQueue<>((a, b) -> Long.compare(b.hash, a.hash));
    private @Nullable LongSet kept = new LongSet();
    private final LongSet inSample = new LongSet();
    private long rows;
    private long filled;
    private boolean unique = true;
    private boolean whole = true;
    private boolean numbers = true;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    /**
     * @param numeric whether the values are numbers in canonical text
     */
    SketchBuilder(boolean numeric) {
        this.numeric = numeric;
    }

    void add(@Nullable String value) {
        rows++;
        if (value == null) {
            return;
        }
        filled++;
        double number = numeric ? number(value) : Double.NaN;
        if (!numeric) {
            shape.add(value);
        }
        keep(ValueHash.of(value), number);
    }

    void addPair(@Nullable String first, @Nullable String second) {
        rows++;
        if (first != null && second != null) {
            filled++;
            keep(ValueHash.of(first, second), Double.NaN);
        }
    }

    private double number(String value) {
        double number;
        try {
            number = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            numbers = false;
            return Double.NaN;
        }
        whole &= number == Math.rint(number);
        min = Math.min(min, number);
        max = Math.max(max, number);
        return number;
    }

    private void keep(long hash, double number) {
        if (kept != null) {
            unique &= kept.add(hash);
            if (!unique && kept.size() > COUNTED) {
                kept = null;
            }
        }
        if (smallest.size() == ColumnSketch.SIZE && hash >= largestKept() || !inSample.add(hash)) {
            return;
        }
        smallest.add(new Entry(hash, number));
        if (smallest.size() > ColumnSketch.SIZE) {
            smallest.poll();
        }
    }

    private long largestKept() {
        Entry largest = smallest.peek();
        return largest == null ? Long.MAX_VALUE : largest.hash;
    }

    ColumnSketch build(boolean complete) {
        List<Entry> entries = new ArrayList<>(smallest);
        long[] hashes = entries.stream().mapToLong(Entry::hash).sorted().toArray();
        double[] values = numeric && numbers
                ? entries.stream().mapToDouble(Entry::number).sorted().toArray()
                : new double[0];
        return new ColumnSketch(
                rows,
                filled,
                distinct(hashes),
                unique,
                complete,
                hashes,
                values,
                numeric && numbers && whole,
                min,
                max,
                shape.build());
    }

    private double distinct(long[] hashes) {
        if (kept != null) {
            return kept.size();
        }
        // The k-th smallest of n hashes lies at about k / n of all 64-bit numbers.
        double share = (hashes[hashes.length - 1] - (double) Long.MIN_VALUE) / Math.pow(2, 64);
        return (hashes.length - 1) / share;
    }

    private record Entry(long hash, double number) {}

    /** The hashes of a column's sample that are looked for in another one. */
    static LongSet asSet(long[] hashes) {
        LongSet set = new LongSet();
        Arrays.stream(hashes).forEach(set::add);
        return set;
    }
}
