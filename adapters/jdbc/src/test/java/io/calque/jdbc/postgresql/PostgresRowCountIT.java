package io.calque.jdbc.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.PostgresDatabase;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.source.Budget;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How many rows a table is said to have after its statistics were lost. */
class PostgresRowCountIT {
    private static final int ROWS = 200;
    private static final Budget BUDGET = new Budget(10_000, Duration.ofSeconds(10));

    /** A rewrite forgets {@code reltuples}, and the server's counters have seen each row more than once. */
    @Test
    void countsASmallTableThatWasRewritten() throws SQLException {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                Source source = new PostgresAdapter()
                        .open(SourceConfig.of(new SourceId("pg"), "postgresql", database.jdbcUrl())
                                .withCredentials(database.user(), new Secret(database.password())))) {
            statement.execute("CREATE TABLE t (id integer PRIMARY KEY, a integer)");
            statement.execute("INSERT INTO t SELECT i, i FROM generate_series(1, " + ROWS + ") i");
            statement.execute("ANALYZE t");
            assertThat(measured(source)).isEqualTo(ROWS);

            statement.execute("ALTER TABLE t ALTER COLUMN a TYPE bigint");
            statement.execute("UPDATE t SET a = a + 1");
            statement.execute("INSERT INTO t SELECT i, i FROM generate_series(1001, 1100) i");
            statement.execute("DELETE FROM t WHERE id > 1000");
            statement.execute("SELECT pg_stat_force_next_flush()");
            assertThat(measured(source)).isEqualTo(ROWS);

            statement.execute("ALTER TABLE t ALTER COLUMN a TYPE text");
            statement.execute("INSERT INTO t SELECT i, i FROM generate_series(1001, 1200) i");
            assertThat(measured(source)).isEqualTo(2 * ROWS);
        }
    }

    private static double measured(Source source) {
        TableDescriptor table = source.introspector().observe(Progress.SILENT).tables().stream()
                .filter(t -> t.name().table().equals("t"))
                .findFirst()
                .orElseThrow();
        Map<TableName, TableStatistics> recorded = source.introspector().recorded(List.of(table));
        TableStatistics statistics = recorded.containsKey(table.name())
                ? recorded.get(table.name())
                : source.introspector().measure(table, BUDGET);
        return statistics.rowCount().orElse(-1);
    }
}
