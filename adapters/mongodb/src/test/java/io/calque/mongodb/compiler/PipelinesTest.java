package io.calque.mongodb.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.inference.ColumnFacts;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.NestedIn;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts of pipelines, and the reasons for refusing, without a server. */
class PipelinesTest {
    private static final SourceId CRM = new SourceId("crm");

    private static ColumnDescriptor column(String name, DataType type, String types, Nullability nullability) {
        return ColumnDescriptor.of(name, type, types, nullability).withFacts(Map.of(ColumnFacts.TYPES, types));
    }

    private static final List<ColumnDescriptor> COLUMNS = List.of(
            column("_id", DataType.INTEGER, "int", Nullability.NOT_NULL),
            column("name", DataType.VARCHAR, "string", Nullability.NULLABLE),
            column("code", DataType.VARCHAR, "string", Nullability.NOT_NULL),
            column("n", DataType.BIGINT, "int|long", Nullability.NULLABLE),
            column("price", DataType.decimal(38, 2), "decimal", Nullability.NULLABLE),
            column("key", DataType.VARCHAR, "objectId|string", Nullability.NULLABLE),
            column("odd$name", DataType.INTEGER, "int", Nullability.NULLABLE),
            column("any", DataType.VARCHAR, "int|string", Nullability.NULLABLE)
                    .withFacts(Map.of(ColumnFacts.TYPES, "int|string", ColumnFacts.MIXED, "string|int")));

    /** On a server that was seen to order text by code point. */
    private static final TableDescriptor ITEMS = TableDescriptor.of(
                    new TableName(CRM, "shop", "items"), TableKind.COLLECTION, COLUMNS)
            .withFacts(Map.of(ColumnFacts.TEXT_ORDER, ColumnFacts.CODE_POINT));

    private static final TableDescriptor GERMAN = TableDescriptor.of(
                    new TableName(CRM, "shop", "german"), TableKind.COLLECTION, COLUMNS)
            .withFacts(Map.of(ColumnFacts.TEXT_ORDER, ColumnFacts.CODE_POINT, ColumnFacts.COLLATION, "de"));

    private static final TableDescriptor PARTS = new TableDescriptor(
            new TableName(CRM, "shop", "items.parts"),
            TableKind.CHILD_TABLE,
            List.of(
                    column("items_id", DataType.INTEGER, "int", Nullability.NOT_NULL)
                            .withFacts(Map.of("types", "int")),
                    column("pos", DataType.INTEGER, "long", Nullability.NOT_NULL)
                            .withFacts(Map.of(ColumnFacts.ROLE, "ordinal:0", ColumnFacts.TYPES, "long")),
                    column("weight", DataType.INTEGER, "int", Nullability.NULLABLE)),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(new NestedIn(ITEMS.name(), ITEMS.name(), List.of(List.of("parts")))),
            TableStatistics.UNKNOWN,
            "",
            new TreeMap<>());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT name FROM items WHERE n > 5 AND n <= 9 | db.items.find({n: {$gt: 5, $lte: 9}}, {_id: 0, name: 1})",
                "SELECT name FROM items WHERE n = 5 OR n = 7 OR n = 5 | db.items.find({n: {$in: [5, 7]}}, {_id: 0, name: 1})",
                "SELECT name FROM items WHERE n <> 5 AND n <> 7 | db.items.find({n: {$nin: [5, 7, null]}}, {_id: 0, name: 1})",
                "SELECT name FROM items WHERE NOT (n < 5) | db.items.find({n: {$gte: 5}}, {_id: 0, name: 1})",
                "SELECT _id FROM items WHERE name LIKE 'Ab%' AND n IS NULL | db.items.find({name: /^Ab/s, n: null}, {_id: 1})",
                "SELECT _id FROM items WHERE name >= 'M' | db.items.find({name: {$gte: \"M\"}}, {_id: 1})",
                "SELECT _id FROM items WHERE key = '5f0000000000000000000001' | db.items.find({key: {$in: [ObjectId(\"5f0000000000000000000001\"), \"5f0000000000000000000001\"]}}, {_id: 1})",
                "SELECT _id FROM items WHERE price = 1.50 | db.items.find({price: NumberDecimal(\"1.50\")}, {_id: 1})",
                "SELECT code FROM items ORDER BY code LIMIT 3 | db.items.find({}, {_id: 0, code: 1}).sort({code: 1}).limit(3)",
                "SELECT name FROM items ORDER BY name | db.items.aggregate([{$addFields: {\"name#rank\": {$cond: [{$gt: [\"$name\", null]}, 0, 1]}}}, {$sort: {\"name#rank\": 1, name: 1}}, {$project: {_id: 0, name: 1}}])",
                "SELECT name FROM items ORDER BY name NULLS FIRST | db.items.find({}, {_id: 0, name: 1}).sort({name: 1})",
                "SELECT name, COUNT(*) AS c FROM items GROUP BY name HAVING COUNT(*) > 1 | db.items.aggregate([{$group: {_id: {name: {$ifNull: [\"$name\", null]}}, c: {$sum: 1}}}, {$match: {c: {$gt: 1}}}])",
                "SELECT code, SUM(n) AS s FROM items GROUP BY code | db.items.aggregate([{$group: {_id: {code: \"$code\"}, s: {$sum: {$add: [\"$n\", NumberDecimal(\"0\")]}}, \"s#n\": {$sum: {$cond: [{$gt: [\"$n\", null]}, 1, 0]}}}}, {$project: {\"_id.code\": 1, s: {$cond: [{$gt: [\"$s#n\", 0]}, \"$s\", null]}}}])",
                "SELECT MAX(name) AS m FROM items | db.items.aggregate([{$group: {_id: null, m: {$max: \"$name\"}}}])",
                "SELECT weight FROM \"items.parts\" WHERE items_id = 3 AND weight > 1 | db.items.aggregate([{$match: {_id: 3}}, {$unwind: {path: \"$parts\", includeArrayIndex: \"parts#\"}}, {$match: {\"parts.weight\": {$gt: 1}}}, {$project: {_id: 0, \"parts.weight\": 1}}])"
            })
    void prints(String sql, String text) {
        RelNode fragment = Fragments.of(sql, ITEMS, GERMAN, paths(PARTS));
        assertThat(new MongoCapabilities().operator(fragment)).isEqualTo(Verdict.yes());
        assertThat(new PipelineCompiler(CRM, Optional.of("shop"))
                        .compile(fragment)
                        .text())
                .isEqualTo(text);
    }

    /** Columns of elements stand below the array, the key at the document's root. */
    private static TableDescriptor paths(TableDescriptor parts) {
        List<ColumnDescriptor> columns = parts.columns().stream()
                .map(c -> new ColumnDescriptor(
                        c.name(),
                        c.name().equals("items_id") ? List.of("_id") : List.of("parts", c.name()),
                        c.type(),
                        c.nativeType(),
                        c.nullable(),
                        c.defaultValue(),
                        c.generation(),
                        c.comment(),
                        c.facts()))
                .toList();
        return new TableDescriptor(
                parts.name(),
                parts.kind(),
                columns,
                parts.primaryKey(),
                parts.uniqueKeys(),
                parts.foreignKeys(),
                parts.indexes(),
                parts.nestedIn(),
                parts.statistics(),
                parts.comment(),
                parts.facts());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '@',
            quoteCharacter = '`',
            value = {
                "SELECT _id FROM items WHERE \"any\" = '5' @ column any holds several types (string|int)",
                "SELECT _id FROM german WHERE name = 'x' @ the collection compares text by collation de",
                "SELECT _id FROM items WHERE UPPER(name) = 'X' @ UPPER: MongoDB changes the case of ASCII letters only",
                "SELECT _id FROM items WHERE n + 1 > 5 @ this server was not seen to compute $reduce",
                "SELECT _id FROM items ORDER BY key @ column key holds string|objectId, which MongoDB orders by type",
                "SELECT key, COUNT(*) FROM items GROUP BY key @ column key holds string|objectId, which MongoDB groups by type",
                "SELECT _id FROM items WHERE \"odd$name\" = 1 AND price > 1e0 @ computed floating numbers are compared here, because of NaN"
            })
    void refuses(String sql, String reason) {
        RelNode fragment = Fragments.of(sql, ITEMS, GERMAN, paths(PARTS));
        assertThat(new MongoCapabilities().operator(fragment)).isEqualTo(Verdict.no(reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"shop; db.items.find({}, {_id: 1})", "other; db.getSiblingDB(\"shop\").items.find({}, {_id: 1})"})
    void namesTheDatabaseWhereItIsNotTheDefault(String defaultDatabase, String text) {
        RelNode fragment = Fragments.of("SELECT _id FROM items", ITEMS);
        assertThat(new PipelineCompiler(CRM, Optional.of(defaultDatabase))
                        .compile(fragment)
                        .text())
                .isEqualTo(text);
    }
}
