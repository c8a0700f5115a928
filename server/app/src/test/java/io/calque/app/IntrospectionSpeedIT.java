package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.postgresql.PostgresAdapter;
import io.calque.registry.introspect.IntrospectionOptions;
import io.calque.registry.introspect.IntrospectionService;
import io.calque.registry.introspect.SourceReport;
import io.calque.registry.introspect.SourceReport.Outcome;
import io.calque.registry.store.Registry;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.source.Progress;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many tables in PostgreSQL: 2,000 under {@code -Pfull}, else 300. */
class IntrospectionSpeedIT {
    private static final int TABLES = Boolean.getBoolean("calque.full") ? 2_000 : 300;
    private static final Duration FIRST = Duration.ofSeconds(60);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final SourceId SOURCE = new SourceId("many");

    @TempDir
    Path directory;

    @Test
    void readsManyTablesOnceAndAgain() throws Exception {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        create(database);
        ExecutorService executor = Executors.newFixedThreadPool(6);
        SourceConfig config = SourceConfig.of(SOURCE, PostgresAdapter.KIND, database.jdbcUrl())
                .withCredentials(database.user(), new Secret(database.password()));
        try (Source source = new PostgresAdapter().open(config);
                Registry registry = Registry.open(directory.resolve("registry.db"), Clock.systemUTC())) {
            IntrospectionService service =
                    new IntrospectionService(registry, executor, Clock.systemUTC(), IntrospectionOptions.DEFAULT);

            SourceReport first =
                    service.introspect(List.of(source), Progress.SILENT).get(0);
            SourceReport again =
                    service.introspect(List.of(source), Progress.SILENT).get(0);
            System.out.printf(
                    "%d tables, %d columns: introspected in %d ms, again in %d ms%n",
                    first.tables(),
                    first.columns(),
                    first.duration().toMillis(),
                    again.duration().toMillis());

            assertThat(first.warnings()).isEmpty();
            assertThat(first.tables()).isEqualTo(TABLES);
            assertThat(first.measured()).isEqualTo(TABLES);
            assertThat(again.outcome()).isEqualTo(Outcome.UNCHANGED);
            assertThat(again.measured()).isZero();
            assertThat(first.duration()).isLessThan(FIRST);
            assertThat(again.duration()).isLessThan(AGAIN);
            TableDescriptor last = registry.current()
                    .table(new TableName(SOURCE, "s1", "t" + (TABLES - 9)))
                    .orElseThrow();
            assertThat(last.foreignKeys()).hasSize(1);
            assertThat(last.indexes()).hasSize(5);
            assertThat(last.statistics().column("word").mostCommon()).hasSize(5);
        } finally {
            executor.shutdownNow();
            TestServers.postgres().dropDatabase(database.name());
        }
    }

    /** Of this process alone, which says more than the clock where others share the machine. */
    private static long processorMillis() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toMillis();
    }

    /** Tables of ten schemas, each with twelve columns of mixed types, keys, a reference to the table before, and fifty rows. */
    private static void create(PostgresDatabase database) throws Exception {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')");
            statement.execute("CREATE DOMAIN price AS numeric(10, 2) CHECK (VALUE >= 0)");
            for (int schema = 0; schema < 10; schema++) {
                statement.execute("CREATE SCHEMA s" + schema);
            }
            // A transaction holds a lock on each table it makes, and has not room for them all.
            for (int from = 1; from <= TABLES; from += 100) {
                statement.execute(tables(from, Math.min(TABLES, from + 99)));
            }
            statement.execute("ANALYZE");
        }
    }

    private static String tables(int from, int to) {
        return """
                DO $$
                DECLARE name text; previous text := CASE WHEN %1$d > 1 THEN 's' || (%1$d - 1) %% 10 || '.t' || (%1$d - 1) END;
                BEGIN
                  FOR i IN %1$d..%2$d LOOP
                    name := 's' || i %% 10 || '.t' || i;
                    EXECUTE format('CREATE TABLE %%s (id int PRIMARY KEY, code char(8) UNIQUE NOT NULL, parent int, word text DEFAULT ''x'',
                      amount numeric, price price, mood mood, at timestamptz NOT NULL DEFAULT now(), day date, note jsonb, tags text[], ratio float8)', name);
                    IF previous IS NOT NULL THEN
                      EXECUTE format('ALTER TABLE %%s ADD FOREIGN KEY (parent) REFERENCES %%s', name, previous);
                    END IF;
                    EXECUTE format('CREATE INDEX ON %%s (word, at DESC)', name);
                    EXECUTE format('CREATE INDEX ON %%s (lower(word)) WHERE day IS NOT NULL', name);
                    EXECUTE format('CREATE INDEX ON %%s USING gin (note)', name);
                    EXECUTE format('INSERT INTO %%s SELECT g, ''c'' || g, NULL, ''word '' || g %%%% 5, g / 8.0, g, ''ok'', now(), date ''2024-01-01'' + g,
                      ''{}'', ARRAY[''a''], g / 3.0 FROM generate_series(1, 50) AS g', name);
                    EXECUTE format('COMMENT ON TABLE %%s IS ''Table number %%s''', name, i);
                    previous := name;
                  END LOOP;
                END $$
                """.formatted(from, to);
    }
}
