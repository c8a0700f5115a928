package io.calque.mongodb.pipeline;

import java.util.List;
import java.util.OptionalInt;
import org.bson.BsonDocument;

/**
 * Arrays that are unwound here and not at the server, from documents fetched with their arrays whole. Immutable.
 *
 * @param arrays paths of the arrays, outermost first, each relative to the element before it
 * @param keep a condition on the rows, as {@link RowPredicate} understands it; empty keeps all
 * @param positions for each column of the result, which array's position it is; empty for a stored field
 */
public record Unwinding(List<List<String>> arrays, BsonDocument keep, List<OptionalInt> positions) {
    public Unwinding {
        arrays = arrays.stream().map(List::copyOf).toList();
        positions = List.copyOf(positions);
    }

    /** From the document's root to the innermost element. */
    public List<String> elementPath() {
        return arrays.stream().flatMap(List::stream).toList();
    }
}
