package io.calque.jdbc.postgresql;

import io.calque.embedded.PostgresDatabase;
import io.calque.jdbc.torture.TortureScript;
import io.calque.spi.SourceId;
import io.calque.spi.source.Secret;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** The torture database, once a test class. */
record PostgresTorture(PostgresDatabase database) {
    static final String READER = "torture_reader";

    static PostgresTorture create(PostgresDatabase database, Path directory) throws SQLException, IOException {
        Path csv = directory.resolve("words.csv");
        Files.writeString(csv, "id,word\n1,one\n2,\n3,\"three, \"\"3\"\"\"\n");
        int port = URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN CREATE ROLE " + READER + " LOGIN PASSWORD 'reads'; EXCEPTION"
                    + " WHEN duplicate_object THEN NULL; END $$");
            int version = connection.getMetaData().getDatabaseMajorVersion();
            Map<String, String> words = Map.of(
                    "port", Integer.toString(port),
                    "database", database.name(),
                    "user", database.user(),
                    "password", database.password(),
                    "csv", csv.toString());
            TortureScript.run("postgresql.sql", connection, version, words);
        }
        return new PostgresTorture(database);
    }

    SourceConfig config() {
        return SourceConfig.of(new SourceId("pg"), "postgresql", database.jdbcUrl())
                .withCredentials(database.user(), new Secret(database.password()));
    }

    /** Through which the driver gets every value in binary that it can, once it has run a statement twice. */
    SourceConfig binary() {
        return SourceConfig.of(new SourceId("pg"), "postgresql", database.jdbcUrl() + "?prepareThreshold=1")
                .withCredentials(database.user(), new Secret(database.password()));
    }

    static Source open(SourceConfig config) {
        return new PostgresAdapter().open(config);
    }
}
