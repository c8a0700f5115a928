package io.calque.spi.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values of a statement's parameters, by parameter index, in the conventions of
 * {@link io.calque.spi.batch.ColumnVector#get}, and sets of keys or their bounds. Immutable.
 */
public final class Bindings {
    public static final Bindings NONE = new Bindings(List.of());

    private final List<@Nullable Object> values;
    private final Map<Integer, List<Object>> keys;
    private final Map<Integer, Object> bounds;

    public Bindings(List<? extends @Nullable Object> values) {
        this(Collections.unmodifiableList(new ArrayList<>(values)), Map.of(), Map.of());
    }

    private Bindings(List<@Nullable Object> values, Map<Integer, List<Object>> keys, Map<Integer, Object> bounds) {
        this.values = values;
        this.keys = keys;
        this.bounds = bounds;
    }

    /**
     * These with one more set of keys.
     *
     * @param parameter from {@link ParameterSlot#FIRST_KEYS}
     * @param set distinct, none of them null, in the slot's type; of several columns each key is a list of its values
     */
    public Bindings withKeys(int parameter, List<?> set) {
        Map<Integer, List<Object>> more = new HashMap<>(keys);
        more.put(parameter, List.copyOf(set));
        return new Bindings(values, Map.copyOf(more), bounds);
    }

    /**
     * These with the least and the greatest key of one more set, in the type of their slots.
     *
     * @param keySet its number
     */
    public Bindings withBounds(int keySet, Object least, Object greatest) {
        Map<Integer, Object> more = new HashMap<>(bounds);
        more.put(ParameterSlot.least(keySet), least);
        more.put(ParameterSlot.greatest(keySet), greatest);
        return new Bindings(values, keys, Map.copyOf(more));
    }

    public int size() {
        return values.size();
    }

    /** The value for {@code slot}; null is SQL NULL. */
    public @Nullable Object value(ParameterSlot slot) {
        if (!ParameterSlot.isFound(slot.parameter())) {
            return values.get(slot.parameter());
        }
        Object bound = bounds.get(slot.parameter());
        if (bound == null) {
            throw new IllegalStateException("no value for " + slot.shown());
        }
        return bound;
    }

    /** The keys for a slot that stands for a set of them. */
    public List<Object> keys(ParameterSlot slot) {
        List<Object> set = keys.get(slot.parameter());
        if (set == null) {
            throw new IllegalStateException("no keys for " + slot.shown());
        }
        return slot.part() == ParameterSlot.WHOLE
                ? set
                : set.stream()
                        .<Object>map(key -> ((List<?>) key).get(slot.part()))
                        .toList();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bindings bindings
                && bindings.values.equals(values)
                && bindings.keys.equals(keys)
                && bindings.bounds.equals(bounds);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * values.hashCode() + keys.hashCode()) + bounds.hashCode();
    }
}
