package io.calque.mongodb.pipeline;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** A parameter inside an aggregation expression; SQL NULL is BSON null there. */
public final class SlotValue extends Slot {
    private static final long serialVersionUID = 1L;

    public SlotValue(ParameterSlot parameter) {
        super(parameter);
    }

    @Override
    BsonValue fill(Bindings bindings) {
        Object value = bindings.value(parameter());
        // $literal, because text that starts with a dollar would be read as a field path.
        return value == null
                ? BsonNull.VALUE
                : new BsonDocument(
                        "$literal", EngineValues.toBson(value, parameter().type()));
    }

    @Override
    BsonValue printed() {
        return hole();
    }
}
