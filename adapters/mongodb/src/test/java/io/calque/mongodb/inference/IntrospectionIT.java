package io.calque.mongodb.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoFixture;
import io.calque.mongodb.compiler.Fragments;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.source.Budget;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bson.BsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntrospectionIT {
    private final MongoFixture mongo = new MongoFixture();

    @AfterEach
    void stop() {
        mongo.close();
    }

    private static NativeQuery scan(Source source, TableDescriptor table) {
        return source.compiler()
                .compile(Fragments.over(table).scan(table.name().table()).build());
    }

    private static String types(TableDescriptor table) {
        return table.columns().stream()
                .map(c -> c.name() + " " + c.type() + (c.nullable() ? "" : " NOT NULL"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void nestsDocumentsAsDottedColumnsAndArraysAsChildTables() {
        mongo.insert(
                "artists",
                """
                {_id: 1, name: 'Ann', home: {city: 'Bern', zip: 3000}, tags: ['x', 'y'], albums: [
                  {title: 'A', price: {$numberDecimal: '9.90'}, tracks: [{name: 'a1'}, {name: 'a2', len: 7}]},
                  {title: 'B', tracks: []}]}""",
                "{_id: 2, name: null, albums: []}",
                "{_id: 3, albums: [{title: 'C', tracks: [{name: 'c1'}]}]}");
        try (Source source = mongo.source()) {
            List<TableDescriptor> tables = MongoFixture.observe(source).tables();

            assertThat(tables.stream().map(t -> t.name().table()))
                    .containsExactly("artists", "artists.albums", "artists.albums.tracks");
            assertThat(types(tables.get(0)))
                    .isEqualTo(
                            "_id INTEGER NOT NULL, name VARCHAR, home.city VARCHAR, home.zip INTEGER, tags VARCHAR ARRAY");
            assertThat(types(tables.get(1)))
                    .isEqualTo(
                            "artists_id INTEGER NOT NULL, pos INTEGER NOT NULL, title VARCHAR, price DECIMAL(38, 2)");
            assertThat(types(tables.get(2)))
                    .isEqualTo("artists_id INTEGER NOT NULL, albums_pos INTEGER NOT NULL, pos INTEGER NOT NULL,"
                            + " name VARCHAR, len INTEGER");

            TableDescriptor tracks = tables.get(2);
            assertThat(tracks.kind()).isEqualTo(TableKind.CHILD_TABLE);
            assertThat(tracks.primaryKey()).contains(new KeyDescriptor("", List.of("artists_id", "albums_pos", "pos")));
            assertThat(tracks.foreignKeys().get(0).target().table()).isEqualTo("artists.albums");
            assertThat(tracks.foreignKeys().get(0).targetColumns()).containsExactly("artists_id", "pos");
            assertThat(tracks.statistics().rowCount()).hasValue(3);

            assertThat(MongoFixture.rows(source, scan(source, tables.get(0))))
                    .containsExactly(
                            List.of(1L, "Ann", "Bern", 3000L, List.of("x", "y")),
                            Arrays.asList(2L, null, null, null, null),
                            Arrays.asList(3L, null, null, null, null));
            assertThat(MongoFixture.rows(source, scan(source, tables.get(1))))
                    .containsExactly(
                            List.of(1L, 1L, "A", new BigDecimal("9.90")),
                            Arrays.asList(1L, 2L, "B", null),
                            Arrays.asList(3L, 1L, "C", null));
            assertThat(MongoFixture.rows(source, scan(source, tracks)))
                    .containsExactly(
                            Arrays.asList(1L, 1L, 1L, "a1", null),
                            Arrays.asList(1L, 1L, 2L, "a2", 7L),
                            Arrays.asList(3L, 1L, 1L, "c1", null));
            assertThat(scan(source, tracks).text())
                    .isEqualTo("db.artists.find({}, {_id: 1, albums: 1}) /* unwound here: albums, albums.tracks;"
                            + " columns: _id, albums.#, albums.tracks.#, albums.tracks.name, albums.tracks.len */");
            // Without evidence that the collection is small, its arrays are unwound by the server.
            assertThat(MongoFixture.rows(source, scan(source, tracks.shape())))
                    .isEqualTo(MongoFixture.rows(source, scan(source, tracks)));
            assertThat(scan(source, tracks.shape()).text())
                    .isEqualTo("db.artists.aggregate([{$unwind: {path: \"$albums\", includeArrayIndex: \"albums#\"}}, "
                            + "{$unwind: {path: \"$albums.tracks\", includeArrayIndex: \"albums_tracks#\"}}, "
                            + "{$project: {_id: 1, \"albums.tracks.name\": 1, \"albums.tracks.len\": 1, "
                            + "albums_pos: {$add: [{$ifNull: [\"$albums#\", 0]}, 1]}, "
                            + "pos: {$add: [{$ifNull: [\"$albums_tracks#\", 0]}, 1]}}}])");
        }
    }

    @Test
    void choosesTheNarrowestCommonType() {
        mongo.insert("t", """
                {_id: {$oid: '5f0000000000000000000001'}, i: 1, l: 1, d: 1, e: {$numberDecimal: '1.5'}, m: 1, b: true,
                 day: {$date: '2020-02-29T00:00:00Z'}, at: {$date: '2020-02-29T00:00:00Z'}, s: 'x',
                 u: {$uuid: '00112233-4455-6677-8899-aabbccddeeff'}, raw: {$binary: {base64: 'AQI=', subType: '00'}}}""", """
                {_id: {$oid: '5f0000000000000000000002'}, i: 2, l: {$numberLong: '5000000000'}, d: 1.25,
                 e: 3, m: 'one', b: null, day: {$date: '1960-01-01T00:00:00Z'}, at: {$date: '1960-01-01T12:34:56.789Z'}}""");
        try (Source source = mongo.source()) {
            TableDescriptor table = MongoFixture.table(source, "t");

            assertThat(types(table))
                    .isEqualTo(
                            "_id VARCHAR NOT NULL, i INTEGER, l BIGINT, d DOUBLE, e DECIMAL(38, 1), m VARCHAR, b BOOLEAN,"
                                    + " day DATE, at TIMESTAMP, s VARCHAR, u VARCHAR, raw VARBINARY");
            assertThat(table.column("m").map(ColumnDescriptor::facts).orElseThrow())
                    .containsEntry(ColumnFacts.MIXED, "string|int");
            List<List<Object>> rows = MongoFixture.rows(source, scan(source, table));
            assertThat(rows.get(0).subList(0, 11))
                    .containsExactly(
                            "5f0000000000000000000001",
                            1L,
                            1L,
                            1.0,
                            new BigDecimal("1.5"),
                            "1",
                            true,
                            18321L,
                            1582934400000L,
                            "x",
                            "00112233-4455-6677-8899-aabbccddeeff");
            assertThat(rows.get(1))
                    .containsExactly(
                            "5f0000000000000000000002",
                            2L,
                            5000000000L,
                            1.25,
                            new BigDecimal("3.0"),
                            "one",
                            null,
                            -3653L,
                            LocalDateTime.parse("1960-01-01T12:34:56.789")
                                    .toInstant(ZoneOffset.UTC)
                                    .toEpochMilli(),
                            null,
                            null,
                            null);
        }
    }

    @Test
    void readsAnEmptyCollectionAsATableWithItsId() {
        mongo.collection("empty").insertOne(BsonDocument.parse("{_id: 1}"));
        mongo.collection("empty").deleteMany(new BsonDocument());
        try (Source source = mongo.source()) {
            TableDescriptor table = MongoFixture.table(source, "empty");
            assertThat(types(table)).isEqualTo("_id VARCHAR NOT NULL");
            assertThat(MongoFixture.rows(source, scan(source, table))).isEmpty();
        }
    }

    @Test
    void takesDeclaredTypesAndPolicies() {
        mongo.insert("t", "{_id: 1, a: 1, m: 1}", "{_id: 2, a: 2, m: 'x'}", "{_id: 3, a: 3, m: 2}");
        try (Source source = mongo.source(Map.of("type.t.a", "DECIMAL(10, 2)", "mixed_types", "null"))) {
            TableDescriptor table = MongoFixture.table(source, "t");
            assertThat(types(table)).isEqualTo("_id INTEGER NOT NULL, a DECIMAL(10, 2), m INTEGER");
            assertThat(MongoFixture.rows(source, scan(source, table)))
                    .containsExactly(
                            List.of(1L, new BigDecimal("1.00"), 1L),
                            Arrays.asList(2L, new BigDecimal("2.00"), null),
                            List.of(3L, new BigDecimal("3.00"), 2L));
            assertThat(table.column("a").orElseThrow().type()).isEqualTo(DataType.decimal(10, 2));
        }
    }

    @Test
    void escapesDotsInFieldNamesAndKeepsClashingKeysApart() {
        mongo.collection("t").insertOne(BsonDocument.parse("{_id: 1, items: [{pos: 5, t_id: 6}]}"));
        try (Source source = mongo.source()) {
            TableDescriptor items = MongoFixture.table(source, "t.items");
            assertThat(types(items))
                    .isEqualTo("_t_id INTEGER NOT NULL, _pos INTEGER NOT NULL, pos INTEGER, t_id INTEGER");
            assertThat(MongoFixture.rows(source, scan(source, items))).containsExactly(List.of(1L, 1L, 5L, 6L));
        }
    }

    @Test
    void measuresDistinctNullsAndExtremes() {
        mongo.insert("t", "{_id: 1, a: 5, x: [{q: 1}, {q: 1}]}", "{_id: 2, a: 5}", "{_id: 3, a: null, x: [{q: 7}]}");
        try (Source source = mongo.source()) {
            var statistics = source.introspector().measure(MongoFixture.table(source, "t"), Budget.DEFAULT);
            assertThat(statistics.rowCount()).hasValue(3);
            assertThat(statistics.column("a").distinctCount()).hasValue(1);
            assertThat(statistics.column("a").nullFraction().getAsDouble()).isBetween(0.33, 0.34);
            assertThat(statistics.column("_id").max()).contains("3");
            var child = source.introspector().measure(MongoFixture.table(source, "t.x"), Budget.DEFAULT);
            assertThat(child.rowCount()).hasValue(3);
            assertThat(child.column("q").max()).contains("7");
            assertThat(child.column("pos").max()).contains("2");
        }
    }
}
