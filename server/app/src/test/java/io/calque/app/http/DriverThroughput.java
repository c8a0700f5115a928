package io.calque.app.http;

import io.calque.app.auth.Authenticator;
import io.calque.app.fake.ScriptedEngine;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Properties;

/**
 * Prints how many rows a second come through each driver; for {@code docs/measurements.md}, not a test. Five columns: BIGINT,
 * VARCHAR, DOUBLE, DECIMAL(15, 2), DATE; client and server share one JVM, and the engine hands out the same batch again and
 * again.
 */
final class DriverThroughput {
    private static final long ROWS = 2_000_000;

    private DriverThroughput() {}

    public static void main(String[] arguments) throws SQLException {
        ScriptedEngine engine = new ScriptedEngine();
        try (HttpServer server = HttpServer.start(HttpServerConfig.of("127.0.0.1", 0), engine, Authenticator.open())) {
            String calque = "jdbc:calque://127.0.0.1:" + server.port() + "/";
            String avatica = "jdbc:avatica:remote:url=http://127.0.0.1:" + server.port() + "/;serialization=";
            for (int round = 0; round < 3; round++) {
                measure("calque, server's choice", new io.calque.driver.CalqueDriver(), calque, 0, ROWS);
                measure("calque, 1000 rows", new io.calque.driver.CalqueDriver(), calque, 1000, ROWS);
                measure("calque, 5000 rows", new io.calque.driver.CalqueDriver(), calque, 5000, ROWS);
                measure(
                        "avatica protobuf, 100",
                        new org.apache.calcite.avatica.remote.Driver(),
                        avatica + "PROTOBUF",
                        100,
                        ROWS / 20);
                measure(
                        "avatica protobuf, 5000",
                        new org.apache.calcite.avatica.remote.Driver(),
                        avatica + "PROTOBUF",
                        5000,
                        ROWS / 10);
                measure(
                        "avatica json, 5000",
                        new org.apache.calcite.avatica.remote.Driver(),
                        avatica + "JSON",
                        5000,
                        ROWS / 10);
                latency(new io.calque.driver.CalqueDriver(), calque);
            }
        }
    }

    private static void measure(String name, Driver driver, String url, int fetchSize, long rows) throws SQLException {
        try (Connection connection = driver.connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            if (fetchSize > 0) {
                statement.setFetchSize(fetchSize);
            }
            long start = System.nanoTime();
            long sum = 0;
            try (ResultSet result = statement.executeQuery("repeat " + rows)) {
                while (result.next()) {
                    sum += result.getLong(1);
                    sum += result.getString(2) == null ? 0 : 1;
                    sum += (long) result.getDouble(3);
                    sum += result.getBigDecimal(4).signum();
                    sum += result.getDate(5).getTime() & 1;
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(Locale.ROOT, "%-26s %,12.0f rows/s (%d)%n", name, rows / seconds, sum);
        }
    }

    private static void latency(Driver driver, String url) throws SQLException {
        try (Connection connection = driver.connect(url, new Properties());
                Statement statement = connection.createStatement()) {
            long best = Long.MAX_VALUE;
            long start = System.nanoTime();
            for (int i = 0; i < 2000; i++) {
                long begin = System.nanoTime();
                try (ResultSet result = statement.executeQuery("rows 1")) {
                    result.next();
                }
                best = Math.min(best, System.nanoTime() - begin);
            }
            System.out.printf(
                    Locale.ROOT,
                    "one row: mean %.2f ms, best %.2f ms%n",
                    (System.nanoTime() - start) / 2e9,
                    best / 1e6);
        }
    }
}
