package io.calque.mongodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.mongodb.compiler.Fragments;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.ReadSession.Consistency;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MongoSourceIT {
    private static final ReadOptions OPTIONS = new ReadOptions("test", 10, Duration.ofSeconds(30));

    private final MongoFixture mongo = new MongoFixture();

    @AfterEach
    void stop() {
        mongo.close();
    }

    private static void assertFails(ErrorCode code, String part, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(QueryException.class, e -> {
            assertThat(e.getMessage()).contains(part);
            assertThat(e.code()).isEqualTo(code);
        });
    }

    private void insertMany(String collection, int count) {
        mongo.insert(
                collection,
                IntStream.range(0, count).mapToObj(i -> "{_id: " + i + "}").toArray(String[]::new));
    }

    private static NativeQuery compile(Source source, String sql) {
        TableDescriptor[] tables = MongoFixture.observe(source).tables().toArray(TableDescriptor[]::new);
        return source.compiler().compile(Fragments.of(sql, tables));
    }

    @Test
    void fillsParametersByTheTypeOfTheirSlot() {
        mongo.insert(
                "t",
                "{_id: 1, a: 5, d: {$numberDecimal: '1.50'}, o: {$oid: '5f0000000000000000000001'}, day: {$date: '2020-01-01T00:00:00Z'}, s: 'x'}",
                "{_id: 2, a: null, d: null, o: null, day: null, s: null}",
                "{_id: 3}",
                "{_id: 4, a: 7, d: {$numberDecimal: '-1'}, o: {$oid: '5f0000000000000000000002'}, day: {$date: '1950-01-01T00:00:00Z'}, s: '$x'}");
        try (Source source = mongo.source()) {
            assertThat(ids(source, "a = ?", 5L)).containsExactly(1L);
            assertThat(ids(source, "a <> ?", 5L)).containsExactly(4L);
            assertThat(ids(source, "NOT (a = ?)", new Object[] {null})).isEmpty();
            assertThat(ids(source, "a = ?", new Object[] {null})).isEmpty();
            assertThat(ids(source, "(a = ?) IS NOT TRUE", new Object[] {null})).containsExactly(1L, 2L, 3L, 4L);
            assertThat(ids(source, "d = ?", new BigDecimal("1.5"))).containsExactly(1L);
            assertThat(ids(source, "d < ?", new BigDecimal("1.50"))).containsExactly(4L);
            assertThat(ids(source, "d > ?", new BigDecimal("-1.0000000000000000000000000000000000001")))
                    .containsExactly(1L, 4L);
            assertThat(ids(source, "o = ?", "5f0000000000000000000002")).containsExactly(4L);
            assertThat(ids(source, "o = ?", "no ObjectId")).isEmpty();
            assertThat(ids(source, "o <> ?", "no ObjectId")).containsExactly(1L, 4L);
            assertThat(ids(source, "\"day\" >= ?", 0L)).containsExactly(1L);
            assertThat(ids(source, "s = ?", "$x")).containsExactly(4L);
            assertThat(ids(source, "a BETWEEN ? AND ?", 6L, 9L)).containsExactly(4L);
            assertThat(compile(source, "SELECT _id FROM t WHERE a = ? AND s <> ?")
                            .text())
                    .isEqualTo("db.t.find({$and: [{a: ?1}, {s: {$nin: [?2, null]}}]}, {_id: 1})");
        }
    }

    private static List<Object> ids(Source source, String condition, Object... values) {
        NativeQuery query = compile(source, "SELECT _id FROM t WHERE " + condition);
        assertThat(query.slots()).hasSize(values.length);
        List<Object> found = new ArrayList<>();
        MongoFixture.rows(source, query, new Bindings(Arrays.asList(values))).forEach(row -> found.add(row.get(0)));
        return found;
    }

    @Test
    void limitsByParameterAndTakesZero() {
        insertMany("t", 5);
        try (Source source = mongo.source()) {
            NativeQuery query = compile(source, "SELECT _id FROM t ORDER BY _id OFFSET ? ROWS FETCH NEXT ? ROWS ONLY");
            assertThat(query.slots())
                    .containsExactly(new ParameterSlot(0, DataType.BIGINT), new ParameterSlot(1, DataType.BIGINT));
            assertThat(MongoFixture.rows(source, query, new Bindings(List.of(1L, 2L))))
                    .containsExactly(List.of(1L), List.of(2L));
            assertThat(MongoFixture.rows(source, query, new Bindings(List.of(1L, 0L))))
                    .isEmpty();
        }
    }

    @Test
    void typesAndRunsNativeQueries() {
        mongo.insert("t", "{_id: 1, a: {b: 5}, l: [{x: 1}]}", "{_id: 2, a: {b: 6}, l: []}");
        try (Source source = mongo.source()) {
            NativeQuery query = source.passThrough("db.t.aggregate([{$match: {_id: {$gte: 1}}}, {$sort: {_id: 1}}])");
            assertThat(query.columns())
                    .containsExactly(
                            new NativeQuery.Column("_id", DataType.INTEGER, true),
                            new NativeQuery.Column("a.b", DataType.INTEGER, true),
                            new NativeQuery.Column("l", DataType.VARCHAR, true));
            assertThat(MongoFixture.rows(source, query))
                    .containsExactly(List.of(1L, 5L, "[{\"x\": 1}]"), List.of(2L, 6L, "[]"));
            assertThat(
                            MongoFixture.rows(
                                    source,
                                    source.passThrough(
                                            "{\"aggregate\": \"t\", \"pipeline\": [{\"$group\": {\"_id\": null, \"n\": {\"$sum\": 1}}}]}")))
                    .containsExactly(Arrays.asList(null, 2L));
            assertThat(MongoFixture.rows(source, source.passThrough("db.getCollection('t').find({_id: 2}, {_id: 1})")))
                    .containsExactly(List.of(2L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "READ_ONLY    | $out           | db.t.aggregate([{$out: 'copy'}])",
                "READ_ONLY    | $merge         | {\"aggregate\": \"t\", \"pipeline\": [{\"$merge\": {\"into\": \"x\"}}]}",
                "READ_ONLY    | delete         | {\"delete\": \"t\", \"deletes\": []}",
                "SYNTAX_ERROR | neither        | SELECT 1",
                "SYNTAX_ERROR | extended JSON  | db.t.aggregate([{$match: ])",
                "SYNTAX_ERROR | $nonsense      | db.t.aggregate([{$nonsense: 1}])"
            })
    void rejectsNativeTextsThatWriteOrMakeNoSense(ErrorCode code, String part, String text) {
        insertMany("t", 1);
        try (Source source = mongo.source()) {
            assertFails(code, part, () -> source.passThrough(text));
        }
    }

    @Test
    void failsOnAValueThatDoesNotFitOrReadsItAsNull() {
        mongo.insert("t", "{_id: 1, a: 5}");
        try (Source source = mongo.source();
                Source lenient = mongo.source(Map.of("mixed_types", "null"))) {
            NativeQuery query = compile(source, "SELECT a FROM t");
            mongo.insert("t", "{_id: 2, a: 'five'}");
            assertFails(
                    ErrorCode.SOURCE_VALUE_INVALID,
                    "field t.a holds string five, which does not fit INTEGER",
                    () -> MongoFixture.rows(source, query));
            assertThat(MongoFixture.rows(lenient, query)).containsExactly(List.of(5L), Arrays.asList((Object) null));
        }
    }

    @Test
    void failsOnATimeOfDayInADateColumn() {
        mongo.insert("t", "{_id: 1, d: {$date: '2020-01-01T00:00:00Z'}}");
        try (Source source = mongo.source()) {
            NativeQuery query = compile(source, "SELECT d FROM t");
            mongo.insert("t", "{_id: 2, d: {$date: '2020-01-01T08:00:00Z'}}");
            assertFails(ErrorCode.SOURCE_VALUE_INVALID, "option 'type.t.d'", () -> MongoFixture.rows(source, query));
        }
    }

    @Test
    void stopsWhenCancelledOrOutOfTime() {
        insertMany("t", 100);
        try (Source source = mongo.source()) {
            NativeQuery query = compile(source, "SELECT _id FROM t");
            try (ReadSession session = source.begin(OPTIONS);
                    RowCursor cursor = session.read(query, Bindings.NONE)) {
                assertThat(session.consistency()).isEqualTo(Consistency.UNSYNCHRONISED);
                assertThat(cursor.next()).isPresent();
                session.cancel();
                assertFails(ErrorCode.CANCELLED, "while reading shop.t", cursor::next);
                assertFails(ErrorCode.CANCELLED, "shop.t", () -> session.read(query, Bindings.NONE));
            }
            try (ReadSession session = source.begin(new ReadOptions("test", 10, Duration.ofNanos(1)))) {
                assertFails(
                        ErrorCode.TIMED_OUT,
                        "shop.t",
                        () -> session.read(query, Bindings.NONE).next());
            }
        }
    }

    @Test
    void saysWhichSourceDiedMidQuery() {
        insertMany("t", 20_000);
        try (CuttingProxy proxy = CuttingProxy.to(mongo.port());
                Source source = new MongoAdapter()
                        .open(SourceConfig.of(
                                        MongoFixture.ID, "mongodb", "mongodb://127.0.0.1:" + proxy.port() + "/shop")
                                .withOptions(Map.of("server_selection_timeout_ms", "300")))) {
            NativeQuery query = compile(source, "SELECT _id FROM t");
            try (ReadSession session = source.begin(OPTIONS);
                    RowCursor cursor = session.read(query, Bindings.NONE)) {
                cursor.next();
                proxy.cut();
                assertThatThrownBy(() -> {
                            while (cursor.next().isPresent()) {}
                        })
                        .isInstanceOfSatisfying(QueryException.class, e -> {
                            assertThat(e.code()).isIn(ErrorCode.SOURCE_UNAVAILABLE, ErrorCode.SOURCE_READ_FAILED);
                            assertThat(e.getMessage()).contains("'crm'");
                        });
            }
        }
    }

    @Test
    void saysWhereNobodyAnswers() {
        SourceConfig config = SourceConfig.of(MongoFixture.ID, "mongodb", "mongodb://127.0.0.1:1/shop")
                .withOptions(Map.of("server_selection_timeout_ms", "200"));
        try (Source source = new MongoAdapter().open(config)) {
            assertFails(ErrorCode.SOURCE_UNAVAILABLE, "127.0.0.1:1", () -> source.begin(OPTIONS));
            assertFails(
                    ErrorCode.SOURCE_UNAVAILABLE,
                    "127.0.0.1:1",
                    () -> source.introspector().observe(Progress.SILENT));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mongodb://h/db     | database       | x      | Did you mean 'databases'?",
                "mongodb://h/db     | mixed_types    | maybe  | it takes error, null or text",
                "mongodb://h/db     | sample_size    | 0      | a whole number above 0",
                "mongodb://h/db     | type.t.a       | NUMBER | names no type",
                "mongodb://h/db     | read_preference| far    | secondaryPreferred",
                "mongodb://h/db     | tlsCAFile      | /none  | TLS files that cannot be used",
                "http://h/db        | mixed_types    | text   | mongodb://host",
                "mongodb://u:p@/    | mixed_types    | text   | mongodb://host"
            })
    void rejectsConfigurationsThatCannotWork(String url, String option, String value, String part) {
        SourceConfig config = SourceConfig.of(MongoFixture.ID, "mongodb", url).withOptions(Map.of(option, value));
        assertFails(ErrorCode.CONFIG_INVALID, part, () -> new MongoAdapter().open(config));
    }
}
