package io.calque.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqliteFileTest {
    @Test
    void storesValuesAsSqliteUsersDo() throws SQLException {
        try (SqliteFile file = SqliteFile.create("a.db");
                Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (i integer, s text, d decimal(5,2), day date, at datetime)");
            try (RowWriter writer = SqliteInserts.into(connection, "t", List.of("i", "s", "d", "day", "at"))) {
                writer.add(
                        1L,
                        "Straße",
                        new BigDecimal("12.30"),
                        LocalDate.of(1992, 2, 29),
                        LocalDateTime.of(1999, 12, 31, 23, 59, 59));
                writer.add(2, null, new BigDecimal("12.00"), null, null);
            }
            try (ResultSet results = statement.executeQuery(
                    "select i || ',' || s || ',' || typeof(d) || d || ',' || day || ',' || at from t where i = 1"
                            + " union all select typeof(s) || ',' || typeof(d) || d from t where i = 2")) {
                assertThat(results.next()).isTrue();
                assertThat(results.getString(1)).isEqualTo("1,Straße,real12.3,1992-02-29,1999-12-31 23:59:59");
                assertThat(results.next()).isTrue();
                assertThat(results.getString(1)).isEqualTo("null,integer12");
            }
        }
    }

    @Test
    void disappearsWhenClosed() throws SQLException {
        SqliteFile file = SqliteFile.create("a.db");
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create table t (i integer)");
        }
        Path path = file.path();
        assertThat(path).exists();
        file.close();
        file.close();
        assertThat(path.getParent()).doesNotExist();
    }
}
