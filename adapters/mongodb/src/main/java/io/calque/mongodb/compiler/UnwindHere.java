package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.inference.Evidence;
import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.RowPredicate;
import io.calque.mongodb.pipeline.Slot;
import io.calque.mongodb.pipeline.Unwinding;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.NativeQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.bson.BsonDocument;
import org.bson.BsonInt32;

/**
 * Fetches the documents of a small collection with their arrays whole and unwinds them here, where nothing but conditions follows the
 * unwinding.
 *
 * <pre>
 * SELECT title FROM artists.albums WHERE title LIKE 'A%'
 * db.artists.find({"albums.title": /^A/s}, {_id: 0, albums: 1}) /&#42; unwound here: albums; ... &#42;/
 * </pre>
 *
 * <p>The array must travel whole: a projection of fields within it drops elements that are no documents, and with them their places.
 * So more bytes may move than rows need, and that is bounded: by the size of the collection. A server unwinds by making a
 * document for each element, which costs it more than sending those of a small collection.
 */
final class UnwindHere {
    /** About 40 ms of a gigabit network, and at most what a scan of all the columns moves anyway. */
    static final long MAX_BYTES = 4L << 20;

    private static final String MATCH = "$match";

    private UnwindHere() {}

    /** The stages to send, where the columns are found, and what to do with the documents that come. */
    record Fetch(List<BsonDocument> stages, List<ResultField> fields, Unwinding unwinding) {}

    static Optional<Fetch> of(Draft draft, List<NativeQuery.Column> columns) {
        TableDescriptor table = draft.origin().table();
        Optional<NestedIn> nested = table.nestedIn();
        if (nested.isEmpty() || !isPossible(draft) || !(isSmall(table) || isNeeded(draft))) {
            return Optional.empty();
        }
        BsonDocument keep = condition(draft.stages()).orElseThrow();
        Path outermost = new Path(nested.get().arrays().get(0));
        List<ResultField> fields = new ArrayList<>();
        List<OptionalInt> positions = new ArrayList<>();
        BsonDocument projection = new BsonDocument();
        for (int i = 0; i < columns.size(); i++) {
            Field field = draft.fields().get(i);
            Optional<ColumnDescriptor> position = position(field);
            List<String> path = position.map(ColumnDescriptor::path)
                    .orElseGet(() -> field.source() instanceof Path stored ? stored.steps() : List.of());
            positions.add(position.map(p -> OptionalInt.of(ColumnFacts.ordinalLevel(p)))
                    .orElse(OptionalInt.empty()));
            fields.add(new ResultField(columns.get(i), path, field.accepts(), field.origin()));
        }
        // Keys and conditions may ask for nothing else than _id and what is in the array.
        projection.append("_id", new BsonInt32(1)).append(outermost.dotted(), new BsonInt32(1));
        List<BsonDocument> first = new ArrayList<>(draft.first());
        BsonDocument lifted = RowPredicate.lifted(keep);
        if (lifted instanceof Slot || !lifted.isEmpty()) {
            first.add(lifted);
        }
        List<BsonDocument> stages = new ArrayList<>();
        if (!first.isEmpty()) {
            stages.add(Bson.of(MATCH, Predicates.and(first)));
        }
        if (outermost.isAddressable() && !outermost.steps().get(0).equals("_id")) {
            stages.add(Bson.of("$project", projection));
        }
        return Optional.of(new Fetch(stages, fields, new Unwinding(nested.get().arrays(), keep, positions)));
    }

    /** Whether no pipeline can do it: an array whose name has a dot, say, would be taken for an array in a document. */
    static boolean isNeeded(Draft draft) {
        return draft.shape() == Shape.DOCUMENTS
                && draft.origin()
                        .table()
                        .nestedIn()
                        .filter(nested -> nested.arrays().stream().anyMatch(a -> !new Path(a).isAddressable()))
                        .isPresent();
    }

    /** Whether nothing but conditions that are understood here follows the unwinding. */
    static boolean isPossible(Draft draft) {
        return !draft.unwinds().isEmpty()
                && draft.shape() == Shape.DOCUMENTS
                && condition(draft.stages()).filter(RowPredicate::understands).isPresent()
                && draft.fields().stream()
                        .allMatch(field -> field.source() instanceof Path
                                || position(field).isPresent());
    }

    private static Optional<ColumnDescriptor> position(Field field) {
        return field.column().filter(ColumnFacts::isOrdinal);
    }

    private static boolean isSmall(TableDescriptor table) {
        OptionalLong bytes = Evidence.bytes(table);
        return bytes.isPresent() && bytes.getAsLong() <= MAX_BYTES;
    }

    /** What the rows are filtered by; empty when anything else is done with them. */
    private static Optional<BsonDocument> condition(List<BsonDocument> stages) {
        if (stages.isEmpty()) {
            return Optional.of(new BsonDocument());
        }
        return stages.size() == 1 && stages.get(0).containsKey(MATCH)
                ? Optional.of(stages.get(0).getDocument(MATCH))
                : Optional.empty();
    }
}
