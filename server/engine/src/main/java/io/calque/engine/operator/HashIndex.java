package io.calque.engine.operator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Finds rows, which are numbered from zero, by their hashes: chains of rows in one array. Single-threaded. */
final class HashIndex {
    static final int NONE = -1;
    /** What {@link DenseKeys} may take for a row, in the place of heads. */
    private static final long PLACE_BYTES = 8;

    /** With fewer rows another thread is of no use. */
    private static final int SHARED_ABOVE = 200_000;

    private int[] heads = new int[256];
    private int[] links = new int[256];
    private int[] hashes = new int[256];
    private int size;

    HashIndex() {
        Arrays.fill(heads, NONE);
    }

    int size() {
        return size;
    }

    int first(int hash) {
        return heads[hash & heads.length - 1];
    }

    int next(int row) {
        return links[row];
    }

    int hash(int row) {
        return hashes[row];
    }

    /** Gives the next number to a row, which is found before those that came earlier. */
    int add(int hash) {
        int row = keep(hash);
        if (size > heads.length) {
            link(heads.length * 2);
        } else {
            int slot = hash & heads.length - 1;
            links[row] = heads[slot];
            heads[slot] = row;
        }
        return row;
    }

    /** Gives the next number to a row, which is not found before {@link #linkAll}. */
    int keep(int hash) {
        if (size == hashes.length) {
            hashes = Arrays.copyOf(hashes, size * 2);
            links = Arrays.copyOf(links, size * 2);
        }
        hashes[size] = hash;
        links[size] = NONE;
        return size++;
    }

    /**
     * Lets all rows be found, of one hash in the order of their coming.
     *
     * @param hidden rows that are not to be found
     */
    void linkAll(BitSet hidden, Crew crew) {
        int capacity = heads.length;
        while (capacity < size) {
            capacity *= 2;
        }
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        int shares = size < SHARED_ABOVE ? 1 : crew.size();
        List<Errand<Boolean>> others = new ArrayList<>();
        for (int share = 1; share < shares; share++) {
            int from = slot(capacity, share, shares);
            int to = slot(capacity, share + 1, shares);
            others.add(crew.send(() -> link(hidden, from, to)));
        }
        link(hidden, 0, slot(capacity, 1, shares));
        others.forEach(Errand::result);
    }

    private static int slot(int capacity, int share, int shares) {
        return (int) ((long) capacity * share / shares);
    }

    /** The rows of the slots from {@code from} to before {@code to}: nobody else touches these slots and rows. */
    private boolean link(BitSet hidden, int from, int to) {
        int mask = heads.length - 1;
        for (int row = size - 1; row >= 0; row--) {
            int slot = hashes[row] & mask;
            if (slot >= from && slot < to && !hidden.get(row)) {
                links[row] = heads[slot];
                heads[slot] = row;
            }
        }
        return true;
    }

    private void link(int capacity) {
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        for (int row = 0; row < size; row++) {
            int slot = hashes[row] & capacity - 1;
            links[row] = heads[slot];
            heads[slot] = row;
        }
    }

    /** What it takes, and will take when all rows are linked. */
    long bytes() {
        return Math.max(4L * heads.length, PLACE_BYTES * size) + 8L * hashes.length;
    }
}
