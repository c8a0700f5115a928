package io.calque.spi.source;

import io.calque.spi.type.DataType;

/**
 * A hole in a native query that one value of the statement's parameters fills, or what is known only while the query runs: the least or the
 * greatest key of a set, which is a value as any other, or all its keys. Then the comparison {@code column = slot} means that the column is
 * among them.
 *
 * @param parameter index of the statement's parameter, from 0; of a key set, from {@link #FIRST_KEYS}; of its bounds, from {@link
 *     #FIRST_BOUNDS}
 * @param type the type that the fragment gives it; the value, or each of the keys, arrives in it
 * @param part of keys of several columns: the column, from 0, whose values fill the slot, in the order of the keys; else {@link #WHOLE}
 */
public record ParameterSlot(int parameter, DataType type, int part) {
    /** No statement has so many parameters; from here on the index is that of a key set. */
    public static final int FIRST_KEYS = 1 << 20;

    /** From here on the index is that of a bound of a key set: two for each. */
    public static final int FIRST_BOUNDS = 1 << 21;

    /** Whatever fills it, as a whole. */
    public static final int WHOLE = -1;

    public ParameterSlot(int parameter, DataType type) {
        this(parameter, type, WHOLE);
    }

    /** Whether a parameter of this index stands for a set of keys. */
    public static boolean isKeys(int parameter) {
        return parameter >= FIRST_KEYS && parameter < FIRST_BOUNDS;
    }

    /** Whether a parameter of this index is known only while the query runs: a set of keys, or a bound of one. */
    public static boolean isFound(int parameter) {
        return parameter >= FIRST_KEYS;
    }

    /** The index of the least key of the set with this number. */
    public static int least(int keySet) {
        return FIRST_BOUNDS + 2 * keySet;
    }

    /** The index of the greatest key of the set with this number. */
    public static int greatest(int keySet) {
        return FIRST_BOUNDS + 2 * keySet + 1;
    }

    /** Whether {@link Bindings#keys} fills it, and not {@link Bindings#value}. */
    public boolean isKeys() {
        return isKeys(parameter);
    }

    /** As texts for people name it: {@code ?1}, {@code ?keys1}, {@code ?least1}, {@code ?greatest1}. */
    public String shown() {
        if (parameter < FIRST_KEYS) {
            return "?" + (parameter + 1);
        }
        if (isKeys()) {
            return "?keys" + (parameter - FIRST_KEYS + 1);
        }
        int bound = parameter - FIRST_BOUNDS;
        return (bound % 2 == 0 ? "?least" : "?greatest") + (bound / 2 + 1);
    }
}
