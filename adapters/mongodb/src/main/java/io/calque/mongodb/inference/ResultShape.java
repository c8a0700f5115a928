package io.calque.mongodb.inference;

import io.calque.mongodb.pipeline.ResultField;
import io.calque.mongodb.pipeline.ResultField.Accepts;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.TreeMap;
import org.bson.BsonDocument;

/**
 * Types the documents that a query returns, as a table of one level: arrays of documents are JSON text. Every column may be NULL,
 * because later documents may lack what the first ones have. Single-threaded.
 */
public final class ResultShape {
    private final FieldProfile root = new FieldProfile();

    public void add(BsonDocument document) {
        root.add(document);
    }

    public List<ResultField> fields(SourceId source, String database, String collection) {
        InferenceOptions options = new InferenceOptions(
                InferenceOptions.DEFAULT_SAMPLE_SIZE,
                InferenceOptions.DEFAULT_MAX_COLUMNS,
                InferenceOptions.DEFAULT_MAX_DEPTH,
                MixedTypes.TEXT,
                new TreeMap<>());
        SchemaBuilder builder =
                new SchemaBuilder(source, database, collection, options, SchemaBuilder.Arrays.AS_TEXT, path -> false);
        TableDescriptor base =
                TableDescriptor.of(new TableName(source, database, collection), TableKind.VIEW, List.of());
        return builder.build(root, Validator.NONE, base).get(0).columns().stream()
                .map(column -> field(column, collection))
                .toList();
    }

    private static ResultField field(ColumnDescriptor column, String collection) {
        boolean text = ColumnFacts.isMixed(column) && column.type().kind() == TypeKind.VARCHAR;
        return new ResultField(
                new NativeQuery.Column(column.name(), column.type(), true),
                column.path(),
                text ? Accepts.ANY_AS_TEXT : Accepts.EXACT,
                collection + "." + column.name());
    }
}
