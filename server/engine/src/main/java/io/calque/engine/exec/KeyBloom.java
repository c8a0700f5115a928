package io.calque.engine.exec;

/**
 * Tells of a value that it is certainly not among some keys, or that it may be: three bits of one word for each key (a blocked Bloom filter). With
 * twelve bits a key about one in a hundred other values passes. Single-threaded while keys are added, immutable afterwards.
 */
final class KeyBloom {
    private static final int BITS_PER_KEY = 12;
    private static final int LEAST_WORDS = 64;

    private final long[] words;
    private final int mask;

    KeyBloom(int expectedKeys) {
        long wanted = (long) expectedKeys * BITS_PER_KEY / Long.SIZE;
        int size = LEAST_WORDS;
        while (size < wanted && size < 1 << 24) {
            size <<= 1;
        }
        words = new long[size];
        mask = size - 1;
    }

    static long hash(long value) {
        long h = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }

    static long hash(String text) {
        return hash((long) text.length() << 32 | text.hashCode() & 0xFFFFFFFFL);
    }

    /** Of no part of a key; what {@link #with} begins with. */
    static final long NO_PARTS = 0;

    /** The hash of several parts of a key, in their order. */
    static long with(long parts, long next) {
        return hash(parts * 31 + next);
    }

    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    void add(long hash) {
        words[(int) (hash >>> 40) & mask] |= bits(hash);
    }

    boolean mayContain(long hash) {
        long bits = bits(hash);
        return (words[(int) (hash >>> 40) & mask] & bits) == bits;
    }

    private static long bits(long hash) {
        return 1L << hash | 1L << (hash >>> 6) | 1L << (hash >>> 12);
    }
}
