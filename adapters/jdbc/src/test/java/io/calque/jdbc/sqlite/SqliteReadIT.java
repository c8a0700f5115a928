package io.calque.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.embedded.SqliteFile;
import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Adapter;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.ReadSession.Consistency;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SqliteReadIT {
    private static final TimeZone USUAL = TimeZone.getDefault();
    private SqliteFile file;
    private Source source;

    @BeforeEach
    void open() {
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        file = TestServers.newSqliteFile();
        source = new SqliteAdapter().open(config(Map.of()));
    }

    @AfterEach
    void close() {
        source.close();
        file.close();
        TimeZone.setDefault(USUAL);
    }

    private SourceConfig config(Map<String, String> options) {
        return SourceConfig.of(new SourceId("lite"), "sqlite", file.jdbcUrl()).withOptions(options);
    }

    private void run(String... statements) throws Exception {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static NativeQuery scan(Source source, String table) {
        TableDescriptor described = Reading.table(source, "main", table);
        return source.compiler()
                .compile(Fragments.over(List.of(described)).scan(table).build());
    }

    private List<List<Object>> all(String table) {
        return Reading.rows(source, scan(source, table));
    }

    @Test
    void readsDeclaredTypesExactly() throws Exception {
        run(
                "CREATE TABLE every (i INTEGER PRIMARY KEY, b BOOLEAN, d DECIMAL(10,2), r REAL, t NVARCHAR(20), x BLOB,"
                        + " dt DATE, ts DATETIME, tm TIME)",
                "INSERT INTO every VALUES (9223372036854775807, 1, 12.3, 2, 'é😀', x'00ff', '1969-12-31', '2002-08-14 00:00:00', '23:59')",
                "INSERT INTO every VALUES (2, 0, 0.30000000000000004, -0.0, '', x'', '2024-02-29 00:00:00', '1969-12-31T23:59:59.9999Z', '01:02:03.5')",
                "INSERT INTO every (i) VALUES (3)");
        List<List<Object>> rows = all("every");
        assertThat(rows.get(2).subList(0, 5))
                .containsExactly(Long.MAX_VALUE, true, new BigDecimal("12.30"), 2.0d, "é😀");
        assertThat(rows.get(2).subList(6, 9))
                .containsExactly(-1L, Instant.parse("2002-08-14T00:00:00Z").toEpochMilli(), 86_340_000L);
        assertThat(rows.get(0).subList(0, 5)).containsExactly(2L, false, new BigDecimal("0.30"), 0.0d, "");
        assertThat(rows.get(0).subList(6, 9))
                .containsExactly(LocalDate.of(2024, 2, 29).toEpochDay(), -1L, 3_723_500L);
        assertThat(rows.get(1).subList(1, 9)).containsOnlyNulls();
    }

    @Test
    void refusesAValueThatItsColumnDoesNotDeclare() throws Exception {
        run("CREATE TABLE odd (i INTEGER, d DECIMAL(10,2), t TEXT, dt DATE)");
        Map<String, String> bad = Map.of(
                "(i) VALUES ('abc')", "odd.i holds 'abc'",
                "(d) VALUES ('1,5')", "odd.d holds '1,5'",
                "(t) VALUES (x'41')", "odd.t holds 'x'41''",
                "(dt) VALUES ('14.08.2002')", "odd.dt holds '14.08.2002'");
        for (Map.Entry<String, String> entry : bad.entrySet()) {
            run("DELETE FROM odd");
            NativeQuery described = scan(source, "odd");
            run("INSERT INTO odd " + entry.getKey());
            assertThatThrownBy(() -> Reading.rows(source, described))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_VALUE_INVALID))
                    .hasMessageContaining(entry.getValue());
        }
        run("DELETE FROM odd", "INSERT INTO odd (d) VALUES (123456789.5)");
        assertThatThrownBy(() -> all("odd")).hasMessageContaining("type.main.odd.d");
    }

    /** As a table imported from a spreadsheet holds them. */
    @Test
    void readsAsTextWhatDeniesItsDeclaredTypeFromTheStart() throws Exception {
        run(
                "CREATE TABLE odd (i INTEGER, w INTEGER, d DECIMAL(10,2), r REAL, b BOOLEAN, f BOOLEAN, dt DATE, ts DATETIME, tm TIME, n INTEGER)",
                "INSERT INTO odd VALUES ('abc', 0.5, '1,5', '', 'T', 2, '14.08.2002', '1950-11-2', '9 am', 7)",
                "INSERT INTO odd VALUES (1, 2, 3, 4, 1, 1, '2002-08-14', '2002-08-14 00:00', '09:00', NULL)");
        assertThat(all("odd"))
                .containsExactlyInAnyOrder(
                        Arrays.asList("1", 2.0, "3", "4.0", "1", 1L, "2002-08-14", "2002-08-14 00:00", "09:00", null),
                        List.of("abc", 0.5, "1,5", "", "T", 2L, "14.08.2002", "1950-11-2", "9 am", 7L));
        assertThat(source.introspector().observe(Progress.SILENT).warnings())
                .hasSize(9)
                .contains("main.odd.i is declared INTEGER and holds other values: it is read as VARCHAR;"
                        + " 'type.main.odd.i' of the source's options says otherwise");
    }

    @Test
    void takesTypesAndStorageFromTheConfiguration() throws Exception {
        run("CREATE TABLE logged (at INTEGER, price TEXT)", "INSERT INTO logged VALUES (1700000000, '12.34')");
        try (Source told = new SqliteAdapter()
                .open(config(Map.of("storage.main.logged.at", "unix", "type.main.logged.price", "DECIMAL(10, 2)")))) {
            assertThat(Reading.rows(told, scan(told, "logged")))
                    .containsExactly(
                            List.of(Instant.ofEpochSecond(1_700_000_000).toEpochMilli(), new BigDecimal("12.34")));
        }
        assertThatThrownBy(() -> new SqliteAdapter().open(config(Map.of("busy_timout", "1"))))
                .hasMessageContaining("Did you mean 'busy_timeout'?");
    }

    @Test
    void describesKeysIndexesAndViews() throws Exception {
        run(
                "CREATE TABLE parent (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE)",
                "CREATE TABLE child (a INT NOT NULL, b INT NOT NULL, parent_id INT REFERENCES parent, note TEXT COLLATE NOCASE, PRIMARY KEY (a, b))",
                "CREATE INDEX by_note ON child (note DESC)",
                "CREATE VIEW counted AS SELECT parent_id, count(*) AS n FROM child GROUP BY parent_id",
                "INSERT INTO parent VALUES (3, 'c')",
                "INSERT INTO child VALUES (1, 2, 3, 'x')");
        TableDescriptor child = Reading.table(source, "main", "child");
        assertThat(child.primaryKey()).contains(new KeyDescriptor("", List.of("a", "b")));
        assertThat(child.foreignKeys()).singleElement().satisfies(k -> {
            assertThat(k.columns()).containsExactly("parent_id");
            assertThat(k.target().table()).isEqualTo("parent");
            assertThat(k.targetColumns()).containsExactly("id");
        });
        assertThat(child.column("note").orElseThrow().facts()).containsEntry("form", "collated");
        assertThat(Reading.table(source, "main", "parent").uniqueKeys()).hasSize(1);
        assertThat(all("counted")).containsExactly(List.of(3L, 1L));
    }

    @Test
    void showsOneStateToAllCursorsOfASessionWhileOthersWrite() throws Exception {
        run("PRAGMA journal_mode = WAL", "CREATE TABLE growing (id INTEGER PRIMARY KEY)");
        run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
                + " INSERT INTO growing SELECT i FROM n");
        NativeQuery scan = scan(source, "growing");
        try (ReadSession session = source.begin(Reading.OPTIONS)) {
            assertThat(session.consistency()).isEqualTo(Consistency.SNAPSHOT);
            try (RowCursor first = session.read(scan, Bindings.NONE);
                    RowCursor second = session.read(scan, Bindings.NONE)) {
                assertThat(first.next()).isPresent();
                run("INSERT INTO growing VALUES (-1)");
                assertThat(Reading.rows(second)).hasSize(5000);
                assertThat(Reading.rows(first)).hasSize(5000 - Reading.OPTIONS.batchRows());
            }
            assertThat(Reading.rows(session.read(scan, Bindings.NONE))).hasSize(5000);
        }
        assertThat(Reading.rows(source, scan)).hasSize(5001);
    }

    @Test
    void stopsAtTheDeadlineAndOnCancelWithoutHarmToOtherCursors() throws Exception {
        run("CREATE TABLE few (id INTEGER)", "INSERT INTO few VALUES (1)");
        NativeQuery endless = source.passThrough(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i < 0 OR i = 1");
        ReadOptions brief = new ReadOptions("brief", 10, Duration.ofMillis(200));
        try (ReadSession session = source.begin(brief)) {
            RowCursor cursor = session.read(endless, Bindings.NONE);
            assertThatThrownBy(() -> Reading.rows(cursor))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
            assertThat(Reading.rows(session.read(scan(source, "few"), Bindings.NONE)))
                    .hasSize(1);
        }
    }

    @Test
    void isFoundByServiceLoaderAndSaysWhichFileIsMissing() {
        assertThat(ServiceLoader.load(Adapter.class)).extracting(Adapter::kind).contains("sqlite", "postgresql");
        Source missing = new SqliteAdapter()
                .open(SourceConfig.of(new SourceId("lite"), "sqlite", "jdbc:sqlite:/no/such/file.db"));
        assertThatThrownBy(() -> missing.begin(Reading.OPTIONS))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE))
                .hasMessageContaining("there is no file /no/such/file.db");
    }

    @Test
    void typesNativeQueriesAndRefusesWritingOnes() throws Exception {
        run("CREATE TABLE t (id INTEGER, d DECIMAL(5,2))", "INSERT INTO t VALUES (1, 1.5)");
        NativeQuery query = source.passThrough("SELECT id, d, id * 2 AS twice, 'a' || id AS name FROM t;");
        assertThat(query.columns())
                .extracting(c -> c.name() + " " + c.type())
                .containsExactly("id BIGINT", "d DECIMAL(5, 2)", "twice BIGINT", "name VARCHAR");
        assertThat(Reading.rows(source, query)).containsExactly(List.of(1L, new BigDecimal("1.50"), 2L, "a1"));
        for (String writing : List.of("DELETE FROM t", "ATTACH DATABASE 'x' AS x", "PRAGMA user_version = 3")) {
            assertThatThrownBy(() -> source.passThrough(writing))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.READ_ONLY));
        }
        assertThat(all("t")).hasSize(1);
    }
}
