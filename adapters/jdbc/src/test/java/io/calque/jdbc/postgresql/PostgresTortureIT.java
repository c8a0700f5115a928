package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.jdbc.pool.Identifiers;
import io.calque.jdbc.torture.CatalogText;
import io.calque.jdbc.torture.EngineText;
import io.calque.jdbc.torture.GoldenFile;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import io.calque.testkit.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that PostgreSQL has, in one database: what introspection says of it, and every value of every column. */
class PostgresTortureIT {
    private static final TimeZone USUAL = TimeZone.getDefault();

    @TempDir
    static Path directory;

    private static PostgresTorture torture;
    private static Source source;
    private static Observation seen;
    private static Connection plain;

    @BeforeAll
    static void create() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        torture = PostgresTorture.create(TestServers.newPostgresDatabase(), directory);
        source = PostgresTorture.open(torture.config());
        seen = source.introspector().observe(Progress.SILENT);
        plain = torture.database().connect();
        try (Statement statement = plain.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
        }
    }

    @AfterAll
    static void close() throws Exception {
        TimeZone.setDefault(USUAL);
        source.close();
        plain.close();
        TestServers.postgres().dropDatabase(torture.database().name());
    }

    @Test
    void saysAllThatTheCatalogHolds() throws Exception {
        List<TableDescriptor> measured = seen.tables().stream()
                .map(table -> table.name().schema().equals("stats")
                                || table.name().schema().equals("structure")
                        ? table.withStatistics(source.introspector().measure(table, Budget.DEFAULT))
                        : table)
                .toList();
        GoldenFile.check(
                "postgresql.golden",
                CatalogText.of(new Observation(seen.product(), measured, seen.userTypes(), seen.warnings())));
    }

    @Test
    void saysTheSameAgain() {
        Observation again = source.introspector().observe(Progress.SILENT);
        assertThat(CatalogText.of(again)).isEqualTo(CatalogText.of(seen));
    }

    @Test
    void showsAReaderWhatItMayRead() throws Exception {
        try (Source reading =
                PostgresTorture.open(torture.config().withCredentials(PostgresTorture.READER, new Secret("reads")))) {
            Observation shown = reading.introspector().observe(Progress.SILENT);
            GoldenFile.check("postgresql-reader.golden", CatalogText.of(shown));
            for (TableDescriptor table : shown.tables()) {
                assertThat(read(reading, table)).isNotNull();
            }
        }
    }

    @Test
    void readsEveryValueOfEveryColumn() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        for (TableDescriptor table : ordinary()) {
            compare(table, read(source, table), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void readsEveryValueOfEveryColumnInBinary() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        try (Source binary = PostgresTorture.open(torture.binary())) {
            for (TableDescriptor table : ordinary()) {
                RelBuilder builder =
                        Fragments.over(List.of(table)).scan(table.name().table());
                RexNode all = builder.getRexBuilder()
                        .makeDynamicParam(builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), 0);
                NativeQuery query = binary.compiler()
                        .compile(builder.sortLimit(null, all, List.of()).build());
                Reading.rows(binary, query, 1_000_000L);
                compare(table, Reading.rows(binary, query, 1_000_000L), wrong);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void saysWhatCannotBeHeldAndTheWayOut() throws Exception {
        TableDescriptor special = table("types", "special");
        Map<String, String> options = new TreeMap<>();
        special.columns().stream().skip(1).forEach(c -> options.put("type.types.special." + c.name(), "VARCHAR"));
        StringBuilder said = new StringBuilder();
        try (Source asText = PostgresTorture.open(torture.config().withOptions(options))) {
            TableDescriptor spelled = Reading.table(asText, "types", "special");
            for (List<String> row : natively("SELECT * FROM types.special ORDER BY id")) {
                for (int i = 1; i < row.size(); i++) {
                    if (row.get(i) == null) {
                        continue;
                    }
                    int id = Integer.parseInt(row.get(0));
                    said.append(row.get(i))
                            .append("\n    ")
                            .append(one(source, special, id, i))
                            .append('\n');
                    assertThat(one(asText, spelled, id, i)).isEqualTo(row.get(i));
                }
            }
        }
        GoldenFile.check("postgresql-special.golden", said.toString());
    }

    @Test
    void readsAnUnfilledViewAsTheErrorThatItIs() {
        TableDescriptor unfilled = table("structure", "unfilled");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> read(source, unfilled)))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_READ_FAILED))
                .hasMessageContaining("has not been populated");
    }

    private static List<TableDescriptor> ordinary() {
        return seen.tables().stream()
                .filter(t ->
                        !t.name().table().equals("special") && !t.name().table().equals("unfilled"))
                .toList();
    }

    private static TableDescriptor table(String schema, String name) {
        return seen.tables().stream()
                .filter(t ->
                        t.name().schema().equals(schema) && t.name().table().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<List<Object>> read(Source from, TableDescriptor table) {
        RelNode scan = Fragments.over(List.of(table)).scan(table.name().table()).build();
        return Reading.rows(from, from.compiler().compile(scan));
    }

    /** One value, or the message in its place. */
    private static String one(Source from, TableDescriptor table, int id, int column) {
        RelBuilder builder = Fragments.over(List.of(table)).scan(table.name().table());
        RelNode fragment = builder.filter(builder.equals(builder.field("id"), builder.literal(id)))
                .project(builder.field(column))
                .build();
        try {
            Object value =
                    Reading.rows(from, from.compiler().compile(fragment)).get(0).get(0);
            return String.valueOf(
                    EngineText.of(value, table.columns().get(column).type()));
        } catch (QueryException e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    private static void compare(TableDescriptor table, List<List<Object>> rows, Map<String, String> wrong)
            throws Exception {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDescriptor column = table.columns().get(i);
            List<String> read = new ArrayList<>();
            for (List<Object> row : rows) {
                read.add(EngineText.of(row.get(i), column.type()));
            }
            List<String> stored = stored(table, column);
            if (!read.equals(stored)) {
                wrong.put(table.name() + "." + column.name(), "read " + read + ", stored " + stored);
            }
        }
    }

    /** What the driver says alone, asked for text only. */
    private static List<String> stored(TableDescriptor table, ColumnDescriptor column) throws Exception {
        String name = Identifiers.quoted(column.name());
        String sql = "SELECT " + spelled(name, column.type(), column.nativeType()) + " FROM "
                + Identifiers.quoted(table.name().schema()) + "."
                + Identifiers.quoted(table.name().table());
        List<String> values = new ArrayList<>();
        try (Statement statement = plain.createStatement()) {
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    if (column.type().kind() == TypeKind.ARRAY) {
                        java.sql.Array array = row.getArray(1);
                        values.add(
                                EngineText.ofSource(array == null ? null : (String[]) array.getArray(), column.type()));
                    } else {
                        values.add(EngineText.ofSource(row.getString(1), column.type()));
                    }
                }
            }
        }
        return values;
    }

    private static String spelled(String value, DataType type, String declared) {
        return switch (type.kind()) {
            case DECIMAL -> "CAST(CAST(" + value + " AS numeric) AS text)";
            case VARBINARY -> "encode(" + value + ", 'hex')";
            case DATE -> "CAST(" + value + " - DATE '1970-01-01' AS text)";
            case TIME, TIMESTAMP, TIMESTAMP_TZ ->
                "CAST(CAST(floor(EXTRACT(EPOCH FROM " + value + ") * 1000) AS bigint) AS text)";
            case ARRAY ->
                "CASE WHEN " + value + " IS NOT NULL THEN ARRAY(SELECT "
                        + spelled("(" + value + ")[at_position]", type.elementType(), declared)
                        + " FROM generate_subscripts(" + value + ", 1) AS at_position ORDER BY at_position) END";
            // A cast would add /32.
            default -> "CAST(" + (declared.startsWith("inet") ? "inet_out(" + value + ")" : value) + " AS text)";
        };
    }

    private static List<List<String>> natively(String sql) throws Exception {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = plain.createStatement()) {
            try (ResultSet row = statement.executeQuery(sql)) {
                while (row.next()) {
                    List<String> values = new ArrayList<>();
                    for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                        values.add(row.getString(i));
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }
}
