package io.calque.app.demo;

import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.config.Configuration;
import io.calque.app.config.ServerSettings;
import io.calque.app.deployment.Deployment;
import io.calque.app.deployment.DeploymentFactory;
import io.calque.app.deployment.IntrospectionOutcome;
import io.calque.app.format.OutputFormat;
import io.calque.app.shell.Shell;
import io.calque.app.shell.ShellOptions;
import io.calque.app.shell.ShellTerminal;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.app.terminal.ProgressLine;
import io.calque.app.terminal.RowCount;
import io.calque.app.terminal.StatementRunner;
import io.calque.embedded.chinook.ChinookWorld;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** The whole product in one run. Single-threaded. */
public final class Demo {
    private final Invocation invocation;
    private final DeploymentFactory deployments;
    private final DemoOptions options;
    private final Writer out;

    public Demo(Invocation invocation, DeploymentFactory deployments, DemoOptions options) {
        this.invocation = invocation;
        this.deployments = deployments;
        this.options = options;
        this.out = invocation.out();
    }

    /**
     * Runs until the showcase, the shell or the process ends, as the options say.
     *
     * @return whether every query of the showcase succeeded
     * @throws QueryException CONFIG_INVALID when the port is taken
     */
    public boolean run() throws IOException {
        requireFreePort();
        say("Calque: one SQL statement over PostgreSQL, MongoDB and SQLite.");
        say("");
        long start = System.nanoTime();
        try (ChinookWorld world = ChinookWorld.start()) {
            say("started   PostgreSQL (sales), MongoDB (music) and SQLite (office) with the Chinook sample in "
                    + since(start));
            Path directory = Objects.requireNonNull(world.office().path().getParent());
            ServerSettings server = ServerSettings.DEFAULT.withPort(options.port());
            try (Deployment deployment = deployments.open(Configuration.of(directory, DemoSources.of(world), server))) {
                introspect(deployment);
                try (Deployment.Endpoint endpoint = deployment.serve(server);
                        QueryClient client = deployment.connect()) {
                    say("listening " + endpoint.jdbcUrl());
                    boolean succeeded = showcase(client);
                    say("Connect with " + endpoint.jdbcUrl() + " (server/app/target/lib/calque-driver-*.jar).");
                    afterwards(client);
                    return succeeded;
                }
            }
        }
    }

    /** Found out before anything is started, because waiting for databases to be told about a port is no way to begin. */
    private void requireFreePort() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getByName(ServerSettings.DEFAULT_HOST), options.port()));
        } catch (IOException e) {
            throw new QueryException(
                    ErrorCode.CONFIG_INVALID,
                    "Port " + options.port()
                            + " is in use. Choose another with --port N, or --port 0 for any free one.",
                    e);
        }
    }

    private void introspect(Deployment deployment) throws IOException {
        long start = System.nanoTime();
        List<IntrospectionOutcome> outcomes;
        try (ProgressLine progress = ProgressLine.on(invocation, "introspecting")) {
            outcomes = deployment.introspect(deployment.unknownSources(), progress);
        }
        for (IntrospectionOutcome outcome : outcomes) {
            if (outcome.failure().isPresent()) {
                throw new QueryException(
                        ErrorCode.SOURCE_UNAVAILABLE, outcome.failure().get());
            }
        }
        try (ProgressLine progress = ProgressLine.on(invocation, "relating")) {
            deployment.relate(progress);
        }
        String tables = outcomes.stream()
                .map(outcome -> outcome.tables() + " in " + outcome.source())
                .collect(Collectors.joining(", "));
        say("read      the schemas in " + since(start) + ": tables " + tables);
    }

    private boolean showcase(QueryClient client) throws IOException {
        FailureReport report = new FailureReport(invocation.error()::println);
        StatementRunner runner = new StatementRunner(client, report);
        boolean succeeded = true;
        int number = 0;
        for (ShowcaseQuery query : ShowcaseQuery.all()) {
            if (invocation.interruption().isInterrupted()) {
                return false;
            }
            number++;
            say("");
            say(number + ". " + query.title());
            say("");
            indented(query.sql().lines().toList(), "   ");
            say("");
            try (Interruption.Scope scope = invocation.interruption().stopping(client::cancel)) {
                show(runner, client, query);
            } catch (StatementFailedException e) {
                report.statement(e, query.sql());
                succeeded = false;
            }
        }
        say("");
        return ask(client, runner, report, number) && succeeded;
    }

    private boolean ask(QueryClient client, StatementRunner runner, FailureReport report, int queries)
            throws IOException {
        int width = invocation.terminals().out() ? invocation.terminals().columns() : 0;
        int number = queries;
        for (String question : AskedAloud.questions()) {
            if (invocation.interruption().isInterrupted()) {
                return false;
            }
            number++;
            say(number + ". " + question + "  (calque ask)");
            say("");
            try (Interruption.Scope scope = invocation.interruption().stopping(client::cancel)) {
                new AskedAloud(client, runner, out).ask(question, width);
            } catch (StatementFailedException e) {
                report.statement(e, question);
                return false;
            }
            say("");
        }
        return true;
    }

    private void show(StatementRunner runner, QueryClient client, ShowcaseQuery query) throws IOException {
        int width = invocation.terminals().out() ? invocation.terminals().columns() : 0;
        long start = System.nanoTime();
        Optional<Long> rows = runner.write(query.sql(), OutputFormat.TABLE.printer(out, width), out);
        String took = since(start);
        say("(" + RowCount.of(rows.orElse(0L)) + ", " + took + ")");
        indented(PushedText.of(client, query.sql()).lines(width == 0 ? 0 : width - 3), "   ");
    }

    private void afterwards(QueryClient client) throws IOException {
        switch (options.afterwards()) {
            case EXIT -> {}
            case SERVE -> {
                say("Serving until stopped (Ctrl-C).");
                invocation.interruption().await();
            }
            case SHELL -> shell(client);
        }
    }

    private void shell(QueryClient client) throws IOException {
        try (ShellTerminal terminal = ShellTerminal.open(invocation)) {
            Shell shell = new Shell(
                    terminal.terminal(),
                    client,
                    new ShellOptions(
                            OutputFormat.TABLE,
                            ShellOptions.Fit.TRUNCATE,
                            ShellTerminal.history(invocation),
                            invocation.directory(),
                            invocation.environment()),
                    terminal.failures(invocation));
            Thread running = Thread.currentThread();
            try (Interruption.Scope scope = invocation.interruption().stopping(() -> shell.end(running))) {
                terminal.greet(
                        "Type a statement ending with ';', \\ask and a question, \\dt for the tables, \\? for help, \\q to stop the demo.");
                shell.run();
            }
        }
    }

    private void indented(List<String> lines, String indent) throws IOException {
        for (String line : lines) {
            say(line.isEmpty() ? "" : indent + line);
        }
    }

    private void say(String line) throws IOException {
        out.append(line).append('\n');
        out.flush();
    }

    private static String since(long start) {
        return RowCount.time(Duration.ofNanos(System.nanoTime() - start));
    }
}
