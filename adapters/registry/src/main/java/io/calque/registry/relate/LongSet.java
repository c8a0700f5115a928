package io.calque.registry.relate;

/** A set of longs without boxing. Single-threaded. */
final class LongSet {
    private long[] slots = new long[64];
    private boolean holdsZero;
    private int size;

    /** Whether it was not there yet. */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !holdsZero;
            holdsZero = true;
            size += added ? 1 : 0;
            return added;
        }
        int slot = slot(slots, value);
        if (slots[slot] == value) {
            return false;
        }
        slots[slot] = value;
        size++;
        if (size * 2 > slots.length) {
            grow();
        }
        return true;
    }

    boolean contains(long value) {
        return value == 0 ? holdsZero : slots[slot(slots, value)] == value;
    }

    int size() {
        return size;
    }

    private static int slot(long[] slots, long value) {
        int mask = slots.length - 1;
        int slot = (int) (value ^ (value >>> 32)) & mask;
        while (slots[slot] != 0 && slots[slot] != value) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long value : slots) {
            if (value != 0) {
                larger[slot(larger, value)] = value;
            }
        }
        slots = larger;
    }
}
