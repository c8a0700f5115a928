package io.calque.mongodb.pipeline;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import org.bson.BsonValue;

/**
 * A comparison of a field with a parameter.
 *
 * <p>The whole predicate is the slot, not its right side: {@code {a: {$eq: null}}} matches documents without the field, while
 * SQL's {@code a = NULL} matches nothing.
 */
public final class SlotPredicate extends Slot {
    private static final long serialVersionUID = 1L;

    private final transient Comparison comparison;

    public SlotPredicate(Comparison comparison, ParameterSlot parameter) {
        super(parameter);
        this.comparison = comparison;
    }

    @Override
    BsonValue fill(Bindings bindings) {
        return parameter().isKeys()
                ? comparison.among(bindings.keys(parameter()))
                : comparison.with(bindings.value(parameter()));
    }

    /** See {@link RowPredicate#liftsToDocuments}. */
    boolean isLifted() {
        return comparison.operator() != Comparison.Operator.NOT_EQUAL;
    }

    @Override
    BsonValue printed() {
        return parameter().isKeys() ? comparison.shownAmong(hole()) : comparison.shown(hole());
    }
}
