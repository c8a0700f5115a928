package io.calque.app.http;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Properties;

/** A client in a JVM of its own, so that it has a time zone of its own: prints what both drivers read and send. */
final class ZonedClient {
    private ZonedClient() {}

    public static void main(String[] arguments) throws SQLException {
        String port = arguments[0];
        print(new io.calque.driver.CalqueDriver(), "jdbc:calque://127.0.0.1:" + port + "/");
        print(
                new org.apache.calcite.avatica.remote.Driver(),
                "jdbc:avatica:remote:url=http://127.0.0.1:" + port + "/;serialization=PROTOBUF");
    }

    private static void print(Driver driver, String url) throws SQLException {
        try (Connection connection = driver.connect(url, new Properties())) {
            try (ResultSet rows = connection.createStatement().executeQuery("when")) {
                rows.next();
                System.out.println(rows.getTimestamp(1) + " " + rows.getDate(2) + " " + rows.getTime(3));
                System.out.println(rows.getString(2));
            }
            try (PreparedStatement statement = connection.prepareStatement("echo TIMESTAMP; DATE")) {
                statement.setTimestamp(1, Timestamp.valueOf("2024-07-10 00:30:00"));
                statement.setDate(2, java.sql.Date.valueOf("2024-07-10"));
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    System.out.println(rows.getTimestamp(1) + " " + rows.getDate(2));
                }
            }
        }
    }
}
