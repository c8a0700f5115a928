package io.calque.mongodb.pipeline;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/** Finds and fills the slots of a pipeline. Stateless. */
public final class Slots {
    private Slots() {}

    /** In the order in which the text shows them, each as often as it stands there. */
    static List<ParameterSlot> in(List<BsonDocument> stages) {
        List<ParameterSlot> found = new ArrayList<>();
        stages.forEach(stage -> collect(stage, found));
        return List.copyOf(found);
    }

    private static void collect(BsonValue value, List<ParameterSlot> found) {
        if (value instanceof Slot slot) {
            found.add(slot.parameter());
        } else if (value instanceof BsonDocument document) {
            document.values().forEach(v -> collect(v, found));
        } else if (value instanceof BsonArray array) {
            array.forEach(v -> collect(v, found));
        }
    }

    /** The stages that the server is sent. A limit of zero becomes a match of nothing, because $limit takes no zero. */
    public static List<BsonDocument> fill(List<BsonDocument> stages, Bindings bindings) {
        return stages.stream()
                .map(stage -> mendLimit(fill(stage, bindings).asDocument()))
                .toList();
    }

    private static BsonDocument mendLimit(BsonDocument stage) {
        BsonValue limit = stage.get("$limit");
        boolean zero = limit != null && limit.isNumber() && limit.asNumber().longValue() == 0;
        return zero ? new BsonDocument("$match", Comparison.nothing()) : stage;
    }

    /** A condition that is tried here. */
    public static BsonDocument fill(BsonDocument condition, Bindings bindings) {
        return fill((BsonValue) condition, bindings).asDocument();
    }

    private static BsonValue fill(BsonValue value, Bindings bindings) {
        if (value instanceof Slot slot) {
            return slot.fill(bindings);
        }
        if (value instanceof BsonDocument document) {
            BsonDocument filled = new BsonDocument();
            document.forEach((name, v) -> filled.append(name, fill(v, bindings)));
            return filled;
        }
        if (value instanceof BsonArray array) {
            return new BsonArray(array.stream().map(v -> fill(v, bindings)).toList());
        }
        return value;
    }
}
