package io.calque.spi.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of a statement's parameters, by parameter index, in the conventions of
 * {@link io.calque.spi.batch.ColumnVector#get}. Immutable.
 */
public final class Bindings {
    public static final Bindings NONE = new Bindings(List.of());

    private final List<@Nullable Object> values;

    public Bindings(List<? extends @Nullable Object> values) {
        this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }

    public int size() {
        return values.size();
    }

    /** The value for {@code slot}; null is SQL NULL. */
    public @Nullable Object value(ParameterSlot slot) {
        return values.get(slot.parameter());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Bindings bindings && bindings.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }
}
