package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.Reading;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.Progress;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.ReadSession.Consistency;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresSessionIT {
    private static final String SLOW = "SELECT count(*) AS many FROM generate_series(1, 2000000000) AS g";
    private static OwnDatabase own;
    private static Source source;

    @BeforeAll
    static void open() throws Exception {
        own = OwnDatabase.of(
                "CREATE TABLE numbers (i int PRIMARY KEY)", "INSERT INTO numbers SELECT generate_series(1, 20000)");
        source = own.source();
    }

    @AfterAll
    static void close() {
        own.close();
    }

    private static SourceConfig config(Map<String, String> options) {
        return OwnDatabase.config(own.database()).withOptions(options);
    }

    /** How many statements of a session the server is running at this moment. */
    private static int running(String queryId) throws SQLException {
        try (Connection connection = own.database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                        + " AND application_name = 'calque " + queryId + "'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void awaitRunning(String queryId, int wanted) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (running(queryId) != wanted) {
            assertThat(System.nanoTime())
                    .as("waiting for " + wanted + " of " + queryId)
                    .isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static ReadOptions options(String queryId) {
        return new ReadOptions(queryId, 100, Duration.ofSeconds(60));
    }

    @Test
    void showsOneSnapshotToAllConnectionsOfASession() throws Exception {
        NativeQuery all = source.passThrough("SELECT i FROM numbers");
        NativeQuery count = source.passThrough("SELECT count(*) FROM numbers");
        try (ReadSession session = source.begin(options("snapshot"))) {
            assertThat(session.consistency()).isEqualTo(Consistency.SNAPSHOT);
            try (RowCursor first = session.read(all, Bindings.NONE)) {
                assertThat(first.next()).isPresent();
                own.run("INSERT INTO numbers VALUES (-1)");
                assertThat(Reading.rows(session.read(count, Bindings.NONE))).containsExactly(List.of(20_000L));
                assertThat(Reading.rows(first)).hasSize(19_900);
            }
            assertThat(Reading.rows(session.read(count, Bindings.NONE))).containsExactly(List.of(20_000L));
        } finally {
            own.run("DELETE FROM numbers WHERE i < 0");
        }
    }

    @Test
    void cancelReachesTheServer() throws Exception {
        NativeQuery slow = source.passThrough(SLOW);
        try (ReadSession session = source.begin(options("cancelled"))) {
            CompletableFuture<List<List<Object>>> reading =
                    CompletableFuture.supplyAsync(() -> Reading.rows(session.read(slow, Bindings.NONE)));
            awaitRunning("cancelled", 1);
            session.cancel();
            assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(QueryException.class)
                    .satisfies(e ->
                            assertThat(((QueryException) e.getCause()).code()).isEqualTo(ErrorCode.CANCELLED));
            awaitRunning("cancelled", 0);
            assertThatThrownBy(() -> session.read(slow, Bindings.NONE)).isInstanceOf(QueryException.class);
        }
        assertThat(Reading.rows(source, source.passThrough("SELECT 1 AS one"))).containsExactly(List.of(1L));
    }

    @Test
    void closingACursorInUseStopsItsQueryAlone() throws Exception {
        NativeQuery all = source.passThrough("SELECT i FROM numbers");
        NativeQuery slowRows = source.passThrough(
                "SELECT g FROM generate_series(1, 200) AS g UNION ALL SELECT count(*)::int FROM generate_series(1, 2000000000) AS h");
        try (ReadSession session = source.begin(options("closed"))) {
            RowCursor half = session.read(all, Bindings.NONE);
            assertThat(half.next()).isPresent();
            RowCursor slow = session.read(slowRows, Bindings.NONE);
            CompletableFuture<List<List<Object>>> reading = CompletableFuture.supplyAsync(() -> Reading.rows(slow));
            awaitRunning("closed", 1);
            slow.close();
            assertThatThrownBy(() -> reading.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(QueryException.class);
            awaitRunning("closed", 0);
            assertThat(Reading.rows(half)).hasSize(19_900);
            half.close();
        }
    }

    @Test
    void saysTimedOutWhenTheServerEndsAStatement() {
        NativeQuery slow = source.passThrough(SLOW);
        try (ReadSession session = source.begin(new ReadOptions("brief", 10, Duration.ofMillis(300)))) {
            assertThatThrownBy(() -> session.read(slow, Bindings.NONE))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMED_OUT));
        }
    }

    @Test
    void namesTheSourceWhenTheServerDiesUnderARead() throws Exception {
        NativeQuery all = source.passThrough("SELECT i FROM numbers");
        try (ReadSession session = source.begin(options("dying"))) {
            RowCursor cursor = session.read(all, Bindings.NONE);
            assertThat(cursor.next()).isPresent();
            own.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'calque dying'");
            assertThatThrownBy(() -> Reading.rows(cursor))
                    .isInstanceOfSatisfying(
                            QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_READ_FAILED))
                    .hasMessageContaining("Source 'pg' failed after");
        }
        assertThat(Reading.rows(source, source.passThrough("SELECT 1 AS one"))).hasSize(1);
    }

    @Test
    void mapsDataErrorsAndChangedSchemas() throws Exception {
        assertThatThrownBy(() -> Reading.rows(source, source.passThrough("SELECT 1 / (i - 1) AS q FROM numbers")))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DIVISION_BY_ZERO));
        own.run("CREATE TABLE leaving (a int)");
        NativeQuery query = source.passThrough("SELECT a FROM leaving");
        own.run("DROP TABLE leaving");
        assertThatThrownBy(() -> Reading.rows(source, query))
                .isInstanceOfSatisfying(
                        QueryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_CHANGED));
    }

    @Test
    void readsThroughAPoolThatKeepsNoPreparedStatements() {
        try (Source pooled = new PostgresAdapter().open(config(Map.of("pgbouncer", "true")))) {
            NativeQuery query = pooled.passThrough("SELECT count(*) FROM numbers WHERE i > 10");
            for (int i = 0; i < 7; i++) {
                assertThat(Reading.rows(pooled, query)).containsExactly(List.of(19_990L));
            }
        }
        assertThatThrownBy(() -> new PostgresAdapter().open(config(Map.of("sslmod", "require"))))
                .hasMessageContaining("Did you mean 'sslmode'?");
    }

    @Test
    void describesTwoThousandTablesInAFewQueries() throws Exception {
        PostgresDatabase large = TestServers.newPostgresDatabase();
        try (Connection connection = large.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    DO $$ BEGIN FOR i IN 1..2000 LOOP
                      EXECUTE format('CREATE TABLE t%s (id int PRIMARY KEY, parent int, name text, amount numeric, at timestamptz)', i);
                    END LOOP; END $$
                    """);
        }
        SourceConfig config = SourceConfig.of(new SourceId("large"), "postgresql", large.jdbcUrl())
                .withCredentials(large.user(), new Secret(large.password()));
        try (Source many = new PostgresAdapter().open(config)) {
            long start = System.nanoTime();
            assertThat(many.introspector().observe(Progress.SILENT).tables()).hasSize(2_000);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
        }
    }
}
