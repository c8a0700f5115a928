package io.calque.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresServerTest {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = PostgresServer.start(Map.of("work_mem", "7MB"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void servesUtf8AndTakesSettings() throws SQLException {
        try (Connection connection = server.database("postgres").connect()) {
            assertThat(column(connection, "show server_encoding")).containsExactly("UTF8");
            assertThat(column(connection, "show work_mem")).containsExactly("7MB");
            assertThat(column(connection, "show server_version_num"))
                    .first()
                    .asString()
                    .startsWith("18");
        }
    }

    @Test
    void comparesByCodePointUnlessCreatedWithALanguage() throws SQLException {
        String sql = "select x from (values ('b'), ('A'), ('a'), ('B'), ('ä')) v (x) order by x";
        try (Connection plain = server.createDatabase("plain").connect()) {
            assertThat(column(plain, sql)).containsExactly("A", "B", "a", "b", "ä");
        }
        try (Connection english = server.createDatabase("english", "en-US").connect()) {
            assertThat(column(english, sql)).containsExactly("a", "A", "ä", "b", "B");
        }
    }

    @Test
    void refusesAWrongPassword() {
        assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl("postgres"), server.user(), "wrong"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
    }

    @Test
    void dropsADatabaseThatIsInUse() throws SQLException {
        PostgresDatabase database = server.createDatabase("Mixed \"Case\"");
        try (Connection connection = database.connect()) {
            server.dropDatabase(database.name());
            assertThatThrownBy(() -> column(connection, "select 1")).isInstanceOf(SQLException.class);
        }
        server.dropDatabase(database.name());
    }

    @Test
    void copiesEveryKindOfValue() throws SQLException {
        try (Connection connection = server.createDatabase("copied").connect()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table t (i int, s text, d numeric(5,2), day date, at timestamp)");
            }
            try (RowWriter writer = PostgresCopy.into(connection, "t", List.of("i", "s", "d", "day", "at"))) {
                writer.add(
                        1,
                        "tab\t line\n back\\slash \\N Straße 🎵",
                        new BigDecimal("12.30"),
                        LocalDate.of(1992, 2, 29),
                        LocalDateTime.of(1999, 12, 31, 23, 59, 59, 123_456_000));
                writer.add(null, null, null, null, null);
            }
            assertThat(column(connection, "select row(i, s, d, day, at)::text from t order by i"))
                    .containsExactly(
                            "(1,\"tab\t line\n back\\\\slash \\\\N Straße 🎵\",12.30,1992-02-29,\"1999-12-31 23:59:59.123456\")",
                            "(,,,,)");
        }
    }

    @Test
    void saysThatItIsClosed() {
        PostgresServer closed = PostgresServer.start();
        closed.close();
        closed.close();
        assertThatThrownBy(closed::port)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            while (results.next()) {
                values.add(results.getString(1));
            }
        }
        return values;
    }
}
