package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.jdbc.torture.CatalogText;
import io.calque.jdbc.torture.EngineText;
import io.calque.jdbc.torture.GoldenFile;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Introspector.Observation;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.testkit.TestServers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private static DriverValues stored;

    @BeforeAll
    static void create() throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
        torture = PostgresTorture.create(TestServers.newPostgresDatabase(), directory);
        source = PostgresTorture.open(torture.config());
        seen = source.introspector().observe(Progress.SILENT);
        stored = DriverValues.of(torture.database());
    }

    @AfterAll
    static void close() throws Exception {
        TimeZone.setDefault(USUAL);
        source.close();
        stored.close();
        TestServers.postgres().dropDatabase(torture.database().name());
    }

    @Test
    void saysAllThatTheCatalogHolds() throws Exception {
        Map<TableName, TableStatistics> recorded = source.introspector().recorded(seen.tables());
        List<TableDescriptor> measured = new ArrayList<>();
        for (TableDescriptor table : seen.tables()) {
            TableStatistics statistics = source.introspector().measure(table, Budget.DEFAULT);
            TableStatistics alone = recorded.getOrDefault(table.name(), statistics);
            assertThat(alone.columns()).as(table.name().toString()).isEqualTo(statistics.columns());
            boolean shown = Set.of("stats", "structure").contains(table.name().schema());
            measured.add(shown ? table.withStatistics(statistics) : table);
        }
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
                assertThat(DriverValues.read(reading, table)).isNotNull();
            }
        }
    }

    @Test
    void readsEveryValueOfEveryColumn() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        for (TableDescriptor table : DriverValues.ordinary(seen)) {
            stored.compare(table, DriverValues.read(source, table), wrong);
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void readsEveryValueOfEveryColumnInBinary() throws Exception {
        TreeMap<String, String> wrong = new TreeMap<>();
        try (Source binary = PostgresTorture.open(torture.binary())) {
            for (TableDescriptor table : DriverValues.ordinary(seen)) {
                RelBuilder builder =
                        Fragments.over(List.of(table)).scan(table.name().table());
                RexNode all = builder.getRexBuilder()
                        .makeDynamicParam(builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT), 0);
                NativeQuery query = binary.compiler()
                        .compile(builder.sortLimit(null, all, List.of()).build());
                Reading.rows(binary, query, 1_000_000L);
                stored.compare(table, Reading.rows(binary, query, 1_000_000L), wrong);
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
            for (List<String> row : stored.rows("SELECT * FROM types.special ORDER BY id")) {
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
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> DriverValues.read(source, unfilled)))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_READ_FAILED))
                .hasMessageContaining("has not been populated");
    }

    private static TableDescriptor table(String schema, String name) {
        return seen.tables().stream()
                .filter(t ->
                        t.name().schema().equals(schema) && t.name().table().equals(name))
                .findFirst()
                .orElseThrow();
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
}
