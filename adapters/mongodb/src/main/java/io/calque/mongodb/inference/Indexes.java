package io.calque.mongodb.inference;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.BsonValue;

/** Reads a collection's indexes, and the unique keys that they prove. Stateless. */
final class Indexes {
    private Indexes() {}

    static TableDescriptor addTo(TableDescriptor table, MongoCollection<BsonDocument> documents) {
        List<IndexDescriptor> indexes = new ArrayList<>();
        try {
            for (BsonDocument index : documents.listIndexes(BsonDocument.class)) {
                indexes.add(index(index, table));
            }
        } catch (MongoException e) {
            // Views have none, and the right to list them is separate from the right to read.
            return table;
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
                new TreeMap<>(table.facts()));
    }

    private static IndexDescriptor index(BsonDocument index, TableDescriptor table) {
        List<IndexColumn> columns = new ArrayList<>();
        String kind = "btree";
        for (Map.Entry<String, BsonValue> key : index.getDocument("key").entrySet()) {
            boolean descending =
                    key.getValue().isNumber() && key.getValue().asNumber().doubleValue() < 0;
            if (key.getValue().isString()) {
                kind = key.getValue().asString().getValue();
            }
            if (key.getKey().endsWith("$**")) {
                kind = "wildcard";
            }
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
                ? index.getDocument("partialFilterExpression").toJson()
                : "";
        return new IndexDescriptor(name, kind, columns, unique, condition);
    }

    /**
     * A unique index over scalars forbids duplicates among rows; over an array it forbids them among elements. Text of several
     * types may be equal where the values differ.
     */
    private static boolean provesKey(IndexDescriptor index, TableDescriptor table) {
        if (!index.unique() || !index.condition().isEmpty() || index.name().equals("_id_")) {
            return false;
        }
        return index.columns().stream()
                .allMatch(c -> !c.expression()
                        && table.column(c.name())
                                .filter(column ->
                                        column.type().kind() != TypeKind.ARRAY && !ColumnFacts.isMixed(column))
                                .isPresent());
    }
}
