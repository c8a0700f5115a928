package io.calque.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class TestServersTest {
    @Test
    void sharesServersAndGivesFreshDatabases() throws SQLException {
        assertThat(TestServers.postgres()).isSameAs(TestServers.postgres());
        for (int i = 0; i < 2; i++) {
            try (Connection connection =
                            TestServers.newPostgresDatabase("en-US").connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("create table t (i int)");
            }
        }
        assertThat(TestServers.newMongoDatabase()).isNotEqualTo(TestServers.newMongoDatabase());
        assertThat(TestServers.newSqliteFile().path().getFileName())
                .isNotEqualTo(TestServers.newSqliteFile().path().getFileName());
    }

    @Test
    void sharesTheSample() {
        assertThat(TestServers.chinook()).isSameAs(TestServers.chinook());
        assertThat(TestServers.chinook().sales().jdbcUrl())
                .endsWith(":" + TestServers.postgres().port() + "/sales");
    }
}
