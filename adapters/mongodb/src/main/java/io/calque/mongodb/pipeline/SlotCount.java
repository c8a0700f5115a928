package io.calque.mongodb.pipeline;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import org.bson.BsonInt64;
import org.bson.BsonValue;

/** A number of rows: the parameter of LIMIT or OFFSET. */
public final class SlotCount extends Slot {
    private static final long serialVersionUID = 1L;

    public SlotCount(ParameterSlot parameter) {
        super(parameter);
    }

    @Override
    BsonValue fill(Bindings bindings) {
        Object value = bindings.value(parameter());
        if (!(value instanceof Number number) || number.longValue() < 0) {
            throw new QueryException(
                    ErrorCode.INVALID_PARAMETER,
                    "LIMIT and OFFSET take a whole number that is not negative; parameter "
                            + (parameter().parameter() + 1) + " is " + value);
        }
        return new BsonInt64(number.longValue());
    }

    @Override
    BsonValue printed() {
        return hole();
    }
}
