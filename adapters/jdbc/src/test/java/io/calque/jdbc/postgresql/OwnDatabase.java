package io.calque.jdbc.postgresql;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.Fragments;
import io.calque.jdbc.Reading;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import io.calque.testkit.TestServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.apache.calcite.tools.RelBuilder;

/** A database that one test has for itself, and the source over it. */
record OwnDatabase(PostgresDatabase database, Source source) implements AutoCloseable {
    /** A new one, in which these statements were run. */
    static OwnDatabase of(String... statements) throws SQLException {
        PostgresDatabase database = TestServers.newPostgresDatabase();
        OwnDatabase own = new OwnDatabase(database, new PostgresAdapter().open(config(database)));
        own.run(statements);
        return own;
    }

    static SourceConfig config(PostgresDatabase database) {
        return SourceConfig.of(new SourceId("pg"), "postgresql", database.jdbcUrl())
                .withCredentials(database.user(), new Secret(database.password()));
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** All of a table of schema public. */
    RelBuilder scan(String table) {
        return Fragments.over(List.of(Reading.table(source, "public", table))).scan(table);
    }

    @Override
    public void close() {
        source.close();
    }
}
