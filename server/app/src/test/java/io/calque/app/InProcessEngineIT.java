package io.calque.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.calque.embedded.SqliteFile;
import io.calque.testkit.TestServers;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InProcessEngineIT {
    @TempDir
    private Path directory;

    private Path config;

    @BeforeEach
    void configureOneFile() throws IOException, SQLException {
        SqliteFile file = TestServers.newSqliteFile();
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE item (id INTEGER PRIMARY KEY, price NUMERIC(10, 2))");
            statement.executeUpdate("INSERT INTO item VALUES (1, 9.90)");
        }
        config = Files.writeString(
                directory.resolve("calque.yaml"), "sources: {shop: {kind: sqlite, url: '" + file.jdbcUrl() + "'}}\n");
    }

    @Test
    void answersJdbcInThisProcess() throws SQLException {
        try (Connection first = connect();
                Connection second = connect()) {
            assertThat(price(first)).isEqualByComparingTo("9.90");
            first.close();
            assertThat(price(second)).isEqualByComparingTo("9.90");
        }
        try (Connection again = connect()) {
            assertThat(price(again)).isEqualByComparingTo("9.90");
        }
    }

    @Test
    void verifiesThroughJdbc() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("VERIFY SELECT price FROM shop.item WHERE price > 1")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("item")).isEqualTo("answer");
            assertThat(rows.getString("with_pushdown")).isEqualTo("1 row");
            assertThat(rows.getString("same")).isEqualTo("yes");
        }
    }

    @Test
    void saysWhatIsWrongWithTheConfiguration() throws IOException {
        Files.writeString(config, "sources: {shop: {kind: sqlit, url: x}}\n");

        assertThatThrownBy(this::connect)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("unknown source kind 'sqlit'");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:calque:file:" + config);
    }

    private static BigDecimal price(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT price FROM shop.item")) {
            rows.next();
            return rows.getBigDecimal(1);
        }
    }
}
