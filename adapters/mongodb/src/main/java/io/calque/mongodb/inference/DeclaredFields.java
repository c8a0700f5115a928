package io.calque.mongodb.inference;

import io.calque.spi.type.DataType;
import java.util.SortedMap;
import org.bson.BsonType;

/**
 * Names the fields that a person declared but no document held, so that an empty collection, or a field that comes later, has
 * its columns. Stateless.
 */
final class DeclaredFields {
    /** Dots inside a field's name are escaped by a backslash; see {@link ColumnNames}. */
    private static final String STEPS = "(?<!\\\\)\\.";

    private DeclaredFields() {}

    /**
     * @param declared types by collection and dotted path
     * @param root profile of the collection's documents
     */
    static void declareIn(FieldProfile root, String collection, SortedMap<String, DataType> declared) {
        declared.forEach((name, type) -> {
            if (name.startsWith(collection + ".")) {
                declare(root, name.substring(collection.length() + 1).split(STEPS), type);
            }
        });
    }

    private static void declare(FieldProfile root, String[] steps, DataType type) {
        FieldProfile at = root;
        for (String step : steps) {
            // A path may go on within the documents of an array.
            FieldProfile element = at.element();
            FieldProfile parent = element == null ? at : element;
            parent.declare(BsonType.DOCUMENT);
            at = parent.childOrNew(step.replace("\\.", ".").replace("\\\\", "\\"));
        }
        if (at.types().isEmpty()) {
            at.declare(bson(type));
        }
    }

    private static BsonType bson(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> BsonType.BOOLEAN;
            case SMALLINT, INTEGER -> BsonType.INT32;
            case BIGINT -> BsonType.INT64;
            case REAL, DOUBLE -> BsonType.DOUBLE;
            case DECIMAL -> BsonType.DECIMAL128;
            case VARCHAR, TIME -> BsonType.STRING;
            case VARBINARY -> BsonType.BINARY;
            case DATE, TIMESTAMP, TIMESTAMP_TZ -> BsonType.DATE_TIME;
            case ARRAY -> BsonType.ARRAY;
        };
    }
}
