package io.calque.registry.relate;

/** A 64-bit hash of a canonical text, the same in every run, so that the smallest hashes of two columns are comparable. Stateless. */
final class ValueHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;
    private static final char SEPARATOR = '\u0000';

    private ValueHash() {}

    static long of(String value) {
        return mixed(fold(OFFSET, value));
    }

    /** Of a pair of values, in order. */
    static long of(String first, String second) {
        return mixed(fold((fold(OFFSET, first) ^ SEPARATOR) * PRIME, second));
    }

    /** FNV-1a over UTF-16 units. */
    private static long fold(long start, String value) {
        long hash = start;
        for (int i = 0; i < value.length(); i++) {
            hash = (hash ^ value.charAt(i)) * PRIME;
        }
        return hash;
    }

    /** MurmurHash3's finalizer: FNV's high bits barely move for short texts. */
    private static long mixed(long hash) {
        long h = hash;
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }
}
