package io.calque.app.cli;

import io.calque.app.client.StatementFailedException;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.Interruption;
import io.calque.app.terminal.Invocation;
import io.calque.app.terminal.RowCount;
import io.calque.app.terminal.StatementRunner;
import io.calque.app.terminal.StatementSplitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "sql",
        description = "Run SQL statements and print their rows.",
        footer = {
            "",
            "Several statements are separated by ';'. Without a statement, they are read from -f or stdin.",
            "The first statement that fails ends the run with exit code 1."
        })
final class SqlCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec command;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the statements from a file; - is stdin.")
    private @Nullable String file;

    @Parameters(arity = "0..1", paramLabel = "SQL", description = "The statements.")
    private @Nullable String sql;

    SqlCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        List<String> statements = statements();
        if (statements.isEmpty()) {
            return ExitCode.OK;
        }
        Invocation invocation = context.invocation();
        FailureReport report = context.report();
        try (Connected connected = Connected.open(context, connection);
                Interruption.Scope scope = invocation.interruption().stopping(connected.client()::cancel)) {
            StatementRunner runner = new StatementRunner(connected.client(), report);
            for (String statement : statements) {
                if (!run(runner, statement, report)) {
                    return ExitCode.FAILED;
                }
            }
        }
        return ExitCode.OK;
    }

    /** A file or a pipe may be empty, as a script; who writes an empty statement has left something out, and is told so. */
    private List<String> statements() throws IOException {
        List<String> statements = StatementSplitter.split(script()).all();
        return statements.isEmpty() && sql != null ? List.of(sql) : statements;
    }

    private boolean run(StatementRunner runner, String statement, FailureReport report) throws IOException {
        Invocation invocation = context.invocation();
        long start = System.nanoTime();
        try {
            Optional<Long> rows = runner.write(
                    statement,
                    output.format().printer(invocation.out(), output.width(invocation.terminals())),
                    invocation.out());
            if (rows.isPresent() && invocation.terminals().error()) {
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                invocation.error().println("(" + RowCount.of(rows.get()) + ", " + RowCount.time(took) + ")");
            }
            return true;
        } catch (StatementFailedException e) {
            invocation.out().flush();
            if (!invocation.interruption().isInterrupted()) {
                report.statement(e, statement);
            }
            return false;
        }
    }

    private String script() throws IOException {
        if (sql != null && file != null) {
            throw usage("Give either a statement or --file, not both.");
        }
        if (sql != null) {
            return sql;
        }
        Invocation invocation = context.invocation();
        if (file != null && !file.equals("-")) {
            return content(invocation.directory().resolve(file));
        }
        if (file == null && invocation.terminals().in()) {
            throw usage("No statement given: calque sql \"SELECT ...\", or -f FILE, or through a pipe.");
        }
        return new String(invocation.in().readAllBytes(), StandardCharsets.UTF_8);
    }

    private String content(Path path) {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw usage("File " + path + " does not exist.");
        } catch (IOException e) {
            throw usage("File " + path + " cannot be read as UTF-8 text.");
        }
    }

    private ParameterException usage(String problem) {
        if (command == null) {
            throw new IllegalStateException("picocli gave no command");
        }
        return new ParameterException(command.commandLine(), problem);
    }
}
