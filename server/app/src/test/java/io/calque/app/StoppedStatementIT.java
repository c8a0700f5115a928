package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.calque.app.config.Configuration;
import io.calque.app.config.ConfigurationReader;
import io.calque.app.deployment.Deployment;
import io.calque.embedded.SqliteFile;
import io.calque.spi.source.Progress;
import io.calque.testkit.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cancel and timeout reach what runs in the engine itself, over rows that have all been fetched. */
@Timeout(120)
final class StoppedStatementIT {
    private static final int SOON_MILLIS = 1_500;
    private static final Main MAIN = new Main(Clock.systemUTC());

    @TempDir
    private static Path directory;

    private static LocalDeployment deployment;
    private static Deployment.Endpoint endpoint;
    private static List<String> urls;

    @BeforeAll
    static void serve() throws Exception {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (id INTEGER NOT NULL, name TEXT)");
            statement.executeUpdate("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 30000)"
                    + " INSERT INTO item SELECT i, 'item ' || i FROM n");
        }
        Path config = Files.writeString(
                directory.resolve("calque.yaml"),
                "server: {port: 0}\nsources: {shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
        Configuration configuration = new ConfigurationReader(MAIN.kinds(), Map.of()).read(config);
        deployment = MAIN.open(configuration);
        deployment.introspect(deployment.unknownSources(), Progress.SILENT);
        endpoint = deployment.serve(configuration.server());
        urls = List.of(endpoint.jdbcUrl(), "jdbc:calque:file:" + config);
    }

    @AfterAll
    static void stop() {
        endpoint.close();
        deployment.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from item a, item b, item c",
                "select a.name, max(b.id) from item a, item b, item c where a.id + b.id + c.id < 0 group by a.name",
                "select a.id + b.id + c.id as n from item a, item b, item c order by n limit 3",
                "select max(n) from (select sum(a.id) over (order by a.id rows between 20000 preceding and 20000 following) as n"
                        + " from item a, (values 1, 2, 3, 4, 5) v)"
            })
    void endsSoon(String sql) throws Exception {
        for (String url : urls) {
            try (Connection connection = DriverManager.getConnection(url);
                    Statement statement = connection.createStatement()) {
                statement.execute("set pushdown = off");
                // Planning cannot be stopped, and is slow in a process that has just begun: the loops are what is asked
                // here.
                statement.executeQuery("explain " + sql).close();
                CompletableFuture<Throwable> ended =
                        CompletableFuture.supplyAsync(() -> catchThrowable(() -> statement.executeQuery(sql)));
                CompletableFuture<Long> cancelled = CompletableFuture.supplyAsync(
                        () -> {
                            long before = System.nanoTime();
                            assertThat(catchThrowable(statement::cancel)).isNull();
                            return before;
                        },
                        CompletableFuture.delayedExecutor(900, TimeUnit.MILLISECONDS));
                assertThat(ended.get(60, TimeUnit.SECONDS))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("57014"));
                assertThat(millisSince(cancelled.get(1, TimeUnit.SECONDS))).isLessThan(SOON_MILLIS);

                statement.setQueryTimeout(1);
                long started = System.nanoTime();
                assertThat(catchThrowable(() -> statement.executeQuery(sql))).isInstanceOf(SQLTimeoutException.class);
                assertThat(millisSince(started)).isLessThan(1_000 + SOON_MILLIS);

                statement.setQueryTimeout(0);
                try (ResultSet rows = statement.executeQuery("select count(*) from item")) {
                    rows.next();
                    assertThat(rows.getInt(1)).isEqualTo(30_000);
                }
            }
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }
}
