package io.calque.mongodb.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bson.BsonDocument;
import org.junit.jupiter.api.Test;

class SchemaBuilderTest {
    private static final SourceId CRM = new SourceId("crm");
    private final List<String> warnings = new ArrayList<>();

    private List<TableDescriptor> tables(String options, int maxDepth, String... documents) {
        FieldProfile root = new FieldProfile();
        for (String document : documents) {
            root.add(BsonDocument.parse(document));
        }
        Validator validator = Validator.of(BsonDocument.parse(options));
        validator.declareIn(root);
        SchemaBuilder builder = new SchemaBuilder(
                CRM,
                "shop",
                "t",
                new InferenceOptions(100, 50, maxDepth, MixedTypes.TEXT, new TreeMap<>()),
                SchemaBuilder.Arrays.TABLES,
                path -> true);
        List<TableDescriptor> built = builder.build(
                root, validator, TableDescriptor.of(new TableName(CRM, "shop", "t"), TableKind.COLLECTION, List.of()));
        warnings.addAll(builder.warnings());
        return built;
    }

    private static String shown(TableDescriptor table) {
        return table.columns().stream()
                .map(c -> c.name() + " " + c.type() + (c.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void believesAStrictValidatorAndAddsWhatNoDocumentHolds() {
        String schema = """
                {validator: {$jsonSchema: {required: ['a', 'n'], properties: {
                  a: {bsonType: 'string'}, b: {bsonType: ['int', 'null']}, n: {bsonType: 'object', required: ['x'],
                  properties: {x: {bsonType: 'long'}, y: {enum: ['p', 'q']}}},
                  l: {bsonType: 'array', items: {bsonType: 'object', properties: {q: {bsonType: 'decimal'}}}}}}}}""";
        List<TableDescriptor> tables = tables(schema, 10, "{_id: 1, a: 'x', n: {x: {$numberLong: '1'}}}");
        assertThat(shown(tables.get(0)))
                .isEqualTo("_id INTEGER NOT NULL, a VARCHAR NOT NULL, n.x BIGINT NOT NULL, n.y VARCHAR, b INTEGER");
        assertThat(shown(tables.get(1))).isEqualTo("t_id INTEGER NOT NULL, pos INTEGER NOT NULL, q DECIMAL(38, 0)");
    }

    @Test
    void believesNoValidatorThatOnlyWarns() {
        String schema =
                "{validationAction: 'warn', validator: {$jsonSchema: {required: ['a'], properties: {a: {bsonType: 'int'}}}}}";
        assertThat(shown(tables(schema, 10, "{_id: 1, a: 5}").get(0))).isEqualTo("_id INTEGER NOT NULL, a INTEGER");
    }

    @Test
    void keepsDeepAndWideDocumentsAsText() {
        String wide = IntStream.range(0, 300).mapToObj(i -> "k" + i + ": 1").collect(Collectors.joining(", "));
        assertThat(shown(tables("{}", 2, "{_id: 1, deep: {a: {b: 1}}, map: {" + wide + "}, none: {}}")
                        .get(0)))
                .isEqualTo("_id INTEGER NOT NULL, deep.a VARCHAR, map VARCHAR, none VARCHAR");
        assertThat(warnings).hasSize(2).allMatch(w -> w.contains("is kept as JSON text"));
    }

    @Test
    void readsArraysOfSeveralKinds() {
        List<TableDescriptor> tables = tables(
                "{}",
                10,
                "{_id: 1, tags: ['a'], nums: [1, {$numberLong: '2'}], mixed: [1, 'a'], nested: [[1]], empty: []}",
                "{_id: 2, one: {k: 1}}",
                "{_id: 3, one: [{k: 2, m: 'x'}, 7]}");
        assertThat(shown(tables.get(0)))
                .isEqualTo("_id INTEGER NOT NULL, tags VARCHAR ARRAY, nums BIGINT ARRAY, mixed VARCHAR ARRAY,"
                        + " empty VARCHAR ARRAY");
        assertThat(shown(tables.get(1))).isEqualTo("t_id INTEGER NOT NULL, pos INTEGER NOT NULL, value INTEGER ARRAY");
        assertThat(shown(tables.get(2)))
                .isEqualTo("t_id INTEGER NOT NULL, pos INTEGER NOT NULL, k INTEGER, m VARCHAR, value VARCHAR");
        assertThat(warnings).anyMatch(w -> w.contains("array one also holds int"));
    }

    @Test
    void givesCompoundIdsColumnsButNoKey() {
        TableDescriptor table =
                tables("{}", 10, "{_id: {a: 1, b: 'x'}, l: [{q: 1}]}").get(0);
        assertThat(shown(table)).isEqualTo("_id.a INTEGER, _id.b VARCHAR");
        assertThat(table.primaryKey()).isEmpty();
        assertThat(tables("{}", 10, "{_id: 7}").get(0).primaryKey())
                .contains(new KeyDescriptor("_id_", List.of("_id")));
    }

    @Test
    void escapesDotsInFieldNames() {
        List<String> names = List.of(ColumnNames.of(List.of("a.b")), ColumnNames.of(List.of("a\\b", "c")));
        assertThat(names).containsExactly("a\\.b", "a\\\\b.c");
    }

    @Test
    void takesTheCommonestTypeWhereTextIsNotWanted() {
        FieldProfile field = new FieldProfile();
        for (String text : List.of("{v: 1}", "{v: 'x'}", "{v: 2}")) {
            field.add(BsonDocument.parse(text).get("v"));
        }
        assertThat(TypeChoice.of(field, field.types(), DataType.TIMESTAMP, MixedTypes.ERROR, LegacyUuids.UNSPECIFIED)
                        .type())
                .isEqualTo(DataType.INTEGER);
    }
}
