package io.calque.mongodb.pipeline;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * A leaf of a pipeline that a statement's parameter fills in. Immutable.
 *
 * <p>It stands in a tree of BSON values, where the driver never sees it: {@link Slots#fill} replaces it first. It is an empty
 * document because the driver's other values cannot be extended.
 */
public abstract sealed class Slot extends BsonDocument permits SlotPredicate, SlotCount, SlotValue {
    private static final long serialVersionUID = 1L;

    private final transient ParameterSlot parameter;

    Slot(ParameterSlot parameter) {
        this.parameter = parameter;
    }

    public final ParameterSlot parameter() {
        return parameter;
    }

    /** What stands here once the parameter has a value. */
    abstract BsonValue fill(Bindings bindings);

    /** What a person reads here: a tree with a {@link Hole} where the value goes. */
    abstract BsonValue printed();

    final Hole hole() {
        return new Hole(parameter.shown());
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Slot slot
                && slot.parameter.equals(parameter)
                && slot.printed().equals(printed());
    }

    @Override
    public final int hashCode() {
        return printed().hashCode();
    }

    @Override
    public final String toString() {
        return PipelineText.of(this);
    }
}
