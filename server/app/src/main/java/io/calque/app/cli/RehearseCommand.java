package io.calque.app.cli;

import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.app.demo.DemoSources;
import io.calque.app.deployment.Deployment;
import io.calque.app.format.OutputFormat;
import io.calque.app.terminal.StatementRunner;
import io.calque.embedded.SqliteFile;
import io.calque.embedded.chinook.ChinookWorld;
import io.calque.spi.source.Progress;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** Runs what commands and servers run, for the launcher to keep the classes that this loads in an archive. */
@Command(name = "rehearse", hidden = true, description = "Load what commands load, and end.")
final class RehearseCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(RehearseCommand.class);

    private static final List<String> STATEMENTS = List.of(
            "SELECT 1",
            "SELECT * FROM rehearsal.item",
            "SELECT kind, count(*) AS n, sum(price) AS total FROM item WHERE price > 1 AND name LIKE 'a%'"
                    + " GROUP BY kind ORDER BY total DESC LIMIT 3",
            "SELECT a.name, b.name FROM item a JOIN item b ON a.id = b.id + 1 WHERE a.sold >= DATE '2024-01-01'",
            "EXPLAIN SELECT name FROM item WHERE upper(name) = 'A' ORDER BY name",
            "SELECT source, table_name FROM system.system.tables",
            "SELECT nothing FROM item");

    private static final List<String> SAMPLE_STATEMENTS = List.of(
            "SELECT last_name, country FROM sales.customer WHERE customer_id = 1",
            "SELECT name FROM music.artists WHERE _id = 1",
            "SELECT last_name, hire_date FROM office.employee WHERE employee_id = 1",
            "SELECT c.last_name, e.last_name FROM sales.customer c JOIN office.employee e ON e.employee_id = c.support_rep_id"
                    + " WHERE c.customer_id <= 10",
            "SELECT t.genre.name AS genre, e.last_name, sum(l.unit_price * l.quantity) AS revenue"
                    + " FROM sales.invoice_line l JOIN sales.invoice i ON i.invoice_id = l.invoice_id"
                    + " JOIN sales.customer c ON c.customer_id = i.customer_id"
                    + " JOIN music.artists.albums.tracks t ON t.track_id = l.track_id"
                    + " JOIN office.employee e ON e.employee_id = c.support_rep_id"
                    + " GROUP BY t.genre.name, e.last_name ORDER BY revenue DESC, genre LIMIT 5",
            "SELECT * FROM sales.invoice_line");

    private final CommandContext context;

    RehearseCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, SQLException {
        context.deployments().prepareToServe();
        try (SqliteFile file = SqliteFile.create("rehearsal.db")) {
            fill(file);
            Path written = Files.writeString(
                    file.path().resolveSibling(Configuration.DEFAULT_FILE),
                    "sources:\n  rehearsal:\n    kind: sqlite\n    url: \"" + file.jdbcUrl() + "\"\n");
            Configuration configuration = context.reader().read(written);
            introspect(configuration);
            try (Deployment deployment = context.deployments().open(configuration)) {
                try (QueryClient client = deployment.connect()) {
                    run(client);
                }
                serve(deployment, List.of("SELECT id, name, price, sold FROM item WHERE id = 1"));
            }
        }
        sample();
        return ExitCode.OK;
    }

    /** The same over all kinds of sources. */
    private void sample() throws SQLException {
        try (ChinookWorld world = ChinookWorld.start()) {
            Path directory = Objects.requireNonNull(world.office().path().getParent());
            Configuration configuration = Configuration.of(directory, DemoSources.of(world), ServerSettings.DEFAULT);
            introspect(configuration);
            try (Deployment deployment = context.deployments().open(configuration)) {
                serve(deployment, SAMPLE_STATEMENTS);
            }
        } catch (RuntimeException e) {
            // where PostgreSQL's programs do not run, classes that only other sources need are not kept
            LOG.debug("not rehearsed over the sample: {}", e.getMessage());
        }
    }

    /** Apart from what is asked then, because servers mostly start with sources that they know. */
    private void introspect(Configuration configuration) {
        try (Deployment deployment = context.deployments().open(configuration)) {
            deployment.introspect(deployment.unknownSources(), Progress.SILENT);
        }
    }

    /** Through the endpoint and the driver. */
    private static void serve(Deployment deployment, List<String> statements) throws SQLException {
        try (Deployment.Endpoint endpoint = deployment.serve(ServerSettings.DEFAULT.withPort(0));
                Connection connection = DriverManager.getConnection(endpoint.jdbcUrl());
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        rows.getObject(1);
                    }
                }
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
