package io.calque.app.cli;

import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.app.format.OutputFormat;
import io.calque.app.terminal.StatementRunner;
import io.calque.embedded.SqliteFile;
import io.calque.spi.SourceId;
import io.calque.spi.source.Progress;
import io.calque.spi.source.SourceConfig;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Runs what short commands run, for the launcher to keep the classes that this loads in an archive. */
@Command(name = "rehearse", hidden = true, description = "Load what commands load, and end.")
final class RehearseCommand implements Callable<Integer> {
    private static final List<String> STATEMENTS = List.of(
            "SELECT 1",
            "SELECT * FROM rehearsal.item",
            "SELECT kind, count(*) AS n, sum(price) AS total FROM item WHERE price > 1 AND name LIKE 'a%'"
                    + " GROUP BY kind ORDER BY total DESC LIMIT 3",
            "SELECT a.name, b.name FROM item a JOIN item b ON a.id = b.id + 1 WHERE a.sold >= DATE '2024-01-01'",
            "EXPLAIN SELECT name FROM item WHERE upper(name) = 'A' ORDER BY name",
            "SELECT source, table_name FROM system.system.tables",
            "SELECT nothing FROM item");

    private final CommandContext context;

    RehearseCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        context.deployments().prepareToServe();
        try (SqliteFile file = SqliteFile.create("rehearsal.db")) {
            fill(file);
            Configuration configuration = Configuration.of(
                    Optional.ofNullable(file.path().getParent()).orElse(Path.of(".")),
                    List.of(SourceConfig.of(new SourceId("rehearsal"), "sqlite", file.jdbcUrl())),
                    ServerSettings.DEFAULT);
            try (Deployment deployment = context.deployments().open(configuration)) {
                deployment.introspect(deployment.unknownSources(), Progress.SILENT);
                try (QueryClient client = deployment.connect()) {
                    run(client);
                }
                serve(deployment);
            }
        }
        return ExitCode.OK;
    }

    /** One query through the endpoint and the driver. */
    private static void serve(Deployment deployment) throws SQLException {
        try (Deployment.Endpoint endpoint = deployment.serve(ServerSettings.DEFAULT.withPort(0));
                Connection connection = DriverManager.getConnection(endpoint.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, name, price, sold FROM item WHERE id = 1")) {
            while (rows.next()) {
                rows.getObject(1);
            }
        }
    }

    private static void fill(SqliteFile file) throws SQLException {
        try (Connection connection = file.connect();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "CREATE TABLE item (id INTEGER PRIMARY KEY, kind TEXT, name TEXT, price NUMERIC(10, 2), sold DATE)");
            statement.executeUpdate("INSERT INTO item VALUES (1, 'x', 'a', 1.5, '2024-01-31'), (2, 'y', 'b', 2, NULL)");
        }
    }

    private void run(QueryClient client) throws IOException {
        StatementRunner runner = new StatementRunner(client, context.report());
        for (String statement : STATEMENTS) {
            for (OutputFormat format : OutputFormat.values()) {
                Writer out = new StringWriter();
                try {
                    runner.write(statement, format.printer(out, 80), out);
                } catch (StatementFailedException e) {
                    context.report().statement(e, statement);
                }
            }
        }
    }
}
