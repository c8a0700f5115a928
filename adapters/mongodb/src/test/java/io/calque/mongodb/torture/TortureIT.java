package io.calque.mongodb.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.mongodb.MongoAdapter;
import io.calque.mongodb.MongoFixture;
import io.calque.mongodb.compiler.Fragments;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.assertj.core.api.SoftAssertions;
import org.bson.BsonValue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the adapter against documents made to break it: what it says of them, and every value it reads from them. */
class TortureIT {
    private static final Path GOLDEN = Path.of("src/test/resources/torture/schema.txt");
    private static final Map<String, String> OPTIONS = Map.of("max_columns", "120", "type.wide.last", "VARCHAR");

    private static TortureDatabase database;
    private static Source source;
    private static Observation observation;
    /** The same, as far as it goes, on a server that computes. */
    private static Source embedded;

    private static Observation held;

    @BeforeAll
    static void start() {
        database = new TortureDatabase();
        source = source(database.recordedUrl(), OPTIONS);
        observation = source.introspector().observe(Progress.SILENT);
        embedded = source(database.embeddedUrl(), OPTIONS);
        held = embedded.introspector().observe(Progress.SILENT);
    }

    private static Source source(String url, Map<String, String> options) {
        return new MongoAdapter()
                .open(SourceConfig.of(MongoFixture.ID, "mongodb", url).withOptions(options));
    }

    @AfterAll
    static void stop() {
        source.close();
        embedded.close();
        database.close();
    }

    static List<TableDescriptor> tables() {
        return observation.tables();
    }

    static List<TableDescriptor> held() {
        return held.tables();
    }

    @Test
    void describesEveryCollection() throws IOException {
        String text = ObservationText.of(observation);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(GOLDEN, text);
        }
        assertThat(text).isEqualTo(Files.readString(GOLDEN));
    }

    /** The embedded server may keep documents otherwise than they were sent; then comparisons with it would prove nothing. */
    @Test
    void keepsTheDocumentsThatAreCheckedIn() {
        for (TableDescriptor table : held()) {
            if (table.nestedIn().isEmpty()) {
                String name = table.name().table();
                assertThat(database.embedded(name)).as(name).isEqualTo(database.checkedIn(name));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("tables")
    void readsEveryColumnAsItIsStored(TableDescriptor table) {
        assertColumns(source, table);
    }

    @ParameterizedTest
    @MethodSource("held")
    void readsEveryColumnOfTheEmbeddedServer(TableDescriptor table) {
        assertColumns(embedded, table);
    }

    /** Without evidence of their size, arrays are unwound by the server. */
    @ParameterizedTest
    @MethodSource("held")
    void readsEveryColumnThatTheServerUnwinds(TableDescriptor table) {
        assertColumns(embedded, table.shape());
    }

    private static void assertColumns(Source from, TableDescriptor table) {
        List<List<BsonValue>> stored = stored(table);
        SoftAssertions assertions = new SoftAssertions();
        boolean alike = table.name().table().equals("wide");
        for (int i = 0; i < table.columns().size(); i += alike ? 11 : 1) {
            ColumnDescriptor column = table.columns().get(i);
            List<Object> expected = new ArrayList<>();
            for (List<BsonValue> row : stored) {
                expected.add(ExpectedValues.of(row.get(i), column));
            }
            compare(from, table, column, expected, assertions);
        }
        assertions.assertAll();
    }

    private static void compare(
            Source from,
            TableDescriptor table,
            ColumnDescriptor column,
            List<Object> expected,
            SoftAssertions assertions) {
        RelBuilder builder = scan(table);
        NativeQuery query = from.compiler()
                .compile(builder.project(builder.field(column.name())).build());
        String what = table.name().table() + "." + column.name() + ": " + query.text();
        try {
            List<Object> read = new ArrayList<>();
            MongoFixture.rows(from, query).forEach(row -> read.add(comparable(row.get(0))));
            assertions.assertThat(read).as(what).isEqualTo(expected);
        } catch (QueryException e) {
            assertions.assertThat(expected).as(what + ": " + e.getMessage()).contains(ExpectedValues.MISFIT);
            assertions.assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_VALUE_INVALID);
            assertions
                    .assertThat(e.getMessage())
                    .contains(table.name().table() + "." + column.name(), "option 'type.", "mixed_types: null");
        }
    }

    /** All columns at once, where none holds a misfit. */
    @ParameterizedTest
    @MethodSource("tables")
    void readsWholeRows(TableDescriptor table) {
        List<List<Object>> expected = new ArrayList<>();
        for (List<BsonValue> row : stored(table)) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                values.add(ExpectedValues.of(row.get(i), table.columns().get(i)));
            }
            expected.add(values);
        }
        if (expected.stream().anyMatch(row -> row.contains(ExpectedValues.MISFIT))) {
            return;
        }
        NativeQuery query = source.compiler().compile(scan(table).build());
        List<List<Object>> read = new ArrayList<>();
        MongoFixture.rows(source, query).forEach(row -> {
            List<Object> values = new ArrayList<>();
            row.forEach(value -> values.add(comparable(value)));
            read.add(values);
        });
        assertThat(read).as(query.text()).isEqualTo(expected);
    }

    /** What is pushed of IS NULL keeps exactly the rows where SQL sees no value, whoever unwinds. */
    @ParameterizedTest
    @MethodSource("held")
    void tellsNullFromValuesWhereItIsAsked(TableDescriptor table) {
        SoftAssertions assertions = new SoftAssertions();
        for (TableDescriptor form : List.of(table, table.shape())) {
            List<List<BsonValue>> stored = stored(form);
            // One of many alike is enough.
            int step = form.columns().size() > 100 ? 7 : 1;
            for (int i = 0; i < form.columns().size(); i += step) {
                ColumnDescriptor column = form.columns().get(i);
                int index = i;
                long nulls = stored.stream()
                        .filter(row -> ExpectedValues.of(row.get(index), column) == null)
                        .count();
                assertRows(form, column, SqlStdOperatorTable.IS_NULL, nulls, assertions);
                assertRows(form, column, SqlStdOperatorTable.IS_NOT_NULL, stored.size() - nulls, assertions);
            }
        }
        assertions.assertAll();
    }

    private static void assertRows(
            TableDescriptor table,
            ColumnDescriptor column,
            SqlOperator operator,
            long expected,
            SoftAssertions assertions) {
        RelBuilder builder = scan(table);
        // The key or the position of a row always fits.
        String safe = table.columns().stream()
                .filter(c -> c.facts().containsKey("role"))
                .findFirst()
                .orElse(table.columns().get(0))
                .name();
        RelNode fragment = builder.filter(builder.call(operator, builder.field(column.name())))
                .project(builder.field(safe))
                .build();
        if (embedded.capabilities().operator(fragment) instanceof Verdict.Yes) {
            NativeQuery query = embedded.compiler().compile(fragment);
            assertions
                    .assertThat(MongoFixture.rows(embedded, query))
                    .as(query.text())
                    .hasSize((int) expected);
        }
    }

    @Test
    void readsLegacyUuidsInTheOrderOfTheDriverThatWroteThem() {
        for (var expected : Map.of(
                        "java", "efcdab89-6745-2301-1032-547698badcfe",
                        "csharp", "67452301-ab89-efcd-fedc-ba9876543210",
                        "python", "01234567-89ab-cdef-fedc-ba9876543210")
                .entrySet()) {
            try (Source legacy = source(database.recordedUrl(), Map.of("legacy_uuids", expected.getKey()))) {
                TableDescriptor refs = MongoFixture.table(legacy, "refs");
                RelBuilder builder = Fragments.over(refs).scan("refs");
                NativeQuery query = legacy.compiler()
                        .compile(builder.project(builder.field("legacy")).build());
                assertThat(MongoFixture.rows(legacy, query).get(0).get(0)).isEqualTo(expected.getValue());
            }
        }
    }

    private static List<List<BsonValue>> stored(TableDescriptor table) {
        String collection = table.nestedIn()
                .map(n -> n.collection().table())
                .orElse(table.name().table());
        return StoredRows.of(table, database.checkedIn(collection));
    }

    private static RelBuilder scan(TableDescriptor table) {
        return Fragments.over(table).scan(table.name().table());
    }

    /** Values of which equals speaks as of their contents. */
    private static Object comparable(Object value) {
        return value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value;
    }
}
