package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonType;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonWriterSettings;

/** Says what a collection's indexes are, and which unique keys they prove. Stateless. */
final class Indexes {
    /** What MongoDB tells of an index and {@link IndexDescriptor} has no place for. */
    private static final List<String> BESIDES = List.of(
            "sparse",
            "hidden",
            "expireAfterSeconds",
            "collation",
            "wildcardProjection",
            "weights",
            "default_language",
            "prepareUnique");

    private static final JsonWriterSettings RELAXED =
            JsonWriterSettings.builder().outputMode(JsonMode.RELAXED).build();

    private Indexes() {}

    /** As {@code listIndexes} gives them; none for views, and without the right to list them. */
    static List<BsonDocument> of(MongoCollection<BsonDocument> documents) {
        try {
            return documents.listIndexes(BsonDocument.class).into(new ArrayList<>());
        } catch (MongoException e) {
            return List.of();
        }
    }

    /** Names indexed fields in a profile, so that an empty collection has them as columns. */
    static void declareIn(FieldProfile root, List<BsonDocument> listed) {
        for (BsonDocument index : listed) {
            for (String field : fields(index).keySet()) {
                if (!field.endsWith("$**") && !field.startsWith("_id")) {
                    FieldProfile at = root;
                    for (String step : field.split("\\.")) {
                        at.declare(BsonType.DOCUMENT);
                        at = at.childOrNew(step);
                    }
                }
            }
        }
    }

    static TableDescriptor addTo(TableDescriptor table, List<BsonDocument> listed) {
        List<IndexDescriptor> indexes = new ArrayList<>();
        SortedMap<String, String> facts = new TreeMap<>(table.facts());
        for (BsonDocument index : listed) {
            IndexDescriptor descriptor = index(index, table);
            indexes.add(descriptor);
            String besides = besides(index);
            if (!besides.equals("{}")) {
                facts.put(ColumnFacts.INDEX + descriptor.name(), besides);
            }
        }
        indexes.sort(Comparator.comparing(IndexDescriptor::name));
        List<KeyDescriptor> keys = indexes.stream()
                .filter(index -> provesKey(index, table))
                .map(index -> new KeyDescriptor(
                        index.name(),
                        index.columns().stream().map(IndexColumn::name).toList()))
                .toList();
        return new TableDescriptor(
                table.name(),
                table.kind(),
                table.columns(),
                table.primaryKey(),
                keys,
                table.foreignKeys(),
                indexes,
                table.nestedIn(),
                table.statistics(),
                table.comment(),
                facts);
    }

    private static IndexDescriptor index(BsonDocument index, TableDescriptor table) {
        List<IndexColumn> columns = new ArrayList<>();
        String kind = "btree";
        for (Map.Entry<String, BsonValue> key : index.getDocument("key").entrySet()) {
            if (key.getValue().isString()) {
                kind = key.getValue().asString().getValue();
            }
            if (key.getKey().endsWith("$**")) {
                kind = "wildcard";
            }
        }
        for (Map.Entry<String, BsonValue> key : fields(index).entrySet()) {
            boolean descending =
                    key.getValue().isNumber() && key.getValue().asNumber().doubleValue() < 0;
            Optional<ColumnDescriptor> column = table.columns().stream()
                    .filter(c -> String.join(".", c.path()).equals(key.getKey()))
                    .findFirst();
            columns.add(new IndexColumn(
                    column.map(ColumnDescriptor::name).orElse(key.getKey()), column.isEmpty(), descending));
        }
        String name = index.getString("name", new BsonString("")).getValue();
        boolean unique = name.equals("_id_")
                || index.getBoolean("unique", BsonBoolean.FALSE).getValue();
        String condition = index.isDocument("partialFilterExpression")
                ? index.getDocument("partialFilterExpression").toJson(RELAXED)
                : "";
        return new IndexDescriptor(name, kind, columns, unique, condition);
    }

    /** The indexed fields in order; those of a text index stand among its weights, where its key has two of its own. */
    private static BsonDocument fields(BsonDocument index) {
        BsonDocument fields = new BsonDocument();
        index.getDocument("key").forEach((name, order) -> {
            if (name.equals("_fts")) {
                index.getDocument("weights", new BsonDocument())
                        .keySet()
                        .forEach(field -> fields.append(field, new BsonString("text")));
            } else if (!name.equals("_ftsx")) {
                fields.append(name, order);
            }
        });
        return fields;
    }

    private static String besides(BsonDocument index) {
        BsonDocument besides = new BsonDocument();
        for (String name : BESIDES) {
            if (index.containsKey(name) && !BsonBoolean.FALSE.equals(index.get(name))) {
                besides.append(name, index.get(name));
            }
        }
        return besides.toJson(RELAXED);
    }

    /** A unique index over scalars forbids duplicates among rows; over an array it forbids them among elements. */
    private static boolean provesKey(IndexDescriptor index, TableDescriptor table) {
        if (!index.unique() || !index.condition().isEmpty() || index.name().equals("_id_")) {
            return false;
        }
        return index.columns().stream()
                .allMatch(c -> !c.expression()
                        && table.column(c.name())
                                .filter(UniqueValues::remainUnique)
                                .isPresent());
    }
}
