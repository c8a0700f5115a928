package io.calque.mongodb.compiler;

import io.calque.mongodb.compiler.Draft.Shape;
import io.calque.mongodb.compiler.FieldSource.Computed;
import io.calque.mongodb.compiler.FieldSource.Path;
import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.pipeline.PipelineQuery.WhenEmpty;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;

/**
 * Says a table scan: nothing for a collection; for a child table, one {@code $unwind} for each array around its elements.
 *
 * <pre>
 * SELECT * FROM artists.albums.tracks
 * db.artists.aggregate([{$unwind: {path: "$albums", includeArrayIndex: "albums#"}},
 *                       {$unwind: {path: "$albums.tracks", includeArrayIndex: "tracks#"}}, ...])
 * </pre>
 */
final class ScanCompiler {
    private ScanCompiler() {}

    static Draft compile(TableDescriptor table) {
        TableOrigin origin = TableOrigin.of(table);
        List<BsonDocument> unwinds = new ArrayList<>();
        List<String> indexes = new ArrayList<>();
        table.nestedIn().ifPresent(nested -> addUnwinds(nested, unwinds, indexes));
        List<Field> fields = new ArrayList<>();
        for (ColumnDescriptor column : table.columns()) {
            fields.add(new Field(
                    column.name(),
                    column.type(),
                    column.nullable(),
                    source(column, indexes),
                    Optional.of(column),
                    accepts(column),
                    origin.nameOf(column),
                    table));
        }
        return new Draft(origin, List.of(), unwinds, List.of(), fields, Shape.DOCUMENTS, WhenEmpty.NO_ROWS);
    }

    private static Accepts accepts(ColumnDescriptor column) {
        if (ColumnFacts.isMixed(column) && column.type().kind() == TypeKind.VARCHAR) {
            return Accepts.ANY_AS_TEXT;
        }
        return switch (ColumnFacts.legacyUuids(column)) {
            case UNSPECIFIED -> Accepts.EXACT;
            case JAVA_LEGACY -> Accepts.JAVA_LEGACY_UUID;
            case C_SHARP_LEGACY -> Accepts.C_SHARP_LEGACY_UUID;
            case PYTHON_LEGACY -> Accepts.PYTHON_LEGACY_UUID;
        };
    }

    private static void addUnwinds(NestedIn nested, List<BsonDocument> unwinds, List<String> indexes) {
        List<String> path = new ArrayList<>();
        for (List<String> array : nested.arrays()) {
            path.addAll(array);
            // A field of the documents cannot get in the way: the sign is not used in any column's path but an
            // ordinal's.
            String index = String.join("_", path) + "#";
            // An array within an array is unwound under the same path.
            while (indexes.contains(index)) {
                index += "#";
            }
            indexes.add(index);
            unwinds.add(Bson.of(
                    "$unwind",
                    Bson.of("path", new BsonString("$" + String.join(".", path)))
                            .append("includeArrayIndex", new BsonString(index))));
        }
    }

    private static FieldSource source(ColumnDescriptor column, List<String> indexes) {
        if (!ColumnFacts.isOrdinal(column)) {
            return new Path(column.path());
        }
        BsonString index = new BsonString("$" + indexes.get(ColumnFacts.ordinalLevel(column)));
        // A document where others have an array is unwound as itself, with a null index: it is the first.
        return new Computed(Bson.call("$add", Bson.call("$ifNull", index, new BsonInt32(0)), new BsonInt32(1)));
    }
}
