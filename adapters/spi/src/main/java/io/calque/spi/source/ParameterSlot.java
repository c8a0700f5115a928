package io.calque.spi.source;

import io.calque.spi.type.DataType;

/**
 * A hole in a native query that one value of the statement's parameters fills, or a set of keys that is known only while the query
 * runs: then the comparison {@code column = slot} means that the column is among them.
 *
 * @param parameter index of the statement's parameter, from 0; of a key set, from {@link #FIRST_KEYS}
 * @param type the type that the fragment gives it; the value, or each of the keys, arrives in it
 */
public record ParameterSlot(int parameter, DataType type) {
    /** No statement has so many parameters; from here on the index is that of a key set. */
    public static final int FIRST_KEYS = 1 << 20;

    /** Whether a parameter of this index stands for a set of keys. */
    public static boolean isKeys(int parameter) {
        return parameter >= FIRST_KEYS;
    }

    /** Whether {@link Bindings#keys} fills it, and not {@link Bindings#value}. */
    public boolean isKeys() {
        return isKeys(parameter);
    }

    /** As texts for people name it: {@code ?1}, {@code ?keys1}. */
    public String shown() {
        return isKeys() ? "?keys" + (parameter - FIRST_KEYS + 1) : "?" + (parameter + 1);
    }
}
