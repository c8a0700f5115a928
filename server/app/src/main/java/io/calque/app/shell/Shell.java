package io.calque.app.shell;

import io.calque.app.client.CatalogQueries;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.format.ExpandedPrinter;
import io.calque.app.format.OutputFormat;
import io.calque.app.format.RowPrinter;
import io.calque.app.question.Dialogue;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.RowCount;
import io.calque.app.terminal.StatementRunner;
import io.calque.app.terminal.StatementSplitter;
import io.calque.spi.QueryException;
import java.io.BufferedReader;
import java.io.IOError;
import java.io.IOException;
import java.io.Writer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;

/** Reads statements from a person and shows their answers. Single-threaded. */
public final class Shell {
    static final String PROMPT = "calque> ";
    private static final String CONTINUED = "     -> ";

    private final Terminal terminal;
    private final QueryClient client;
    private final ShellOptions options;
    private final LineReader reader;
    private final FailureReport report;
    private final StatementRunner runner;
    private final CatalogQueries catalog;
    private final Display display;
    private final BackslashCommands commands;
    private volatile boolean ending;
    private boolean failed;
    private Optional<Dialogue> dialogue = Optional.empty();

    /**
     * @param terminal and {@code client} stay the caller's to close
     * @param failures takes lines that tell what went wrong
     */
    public Shell(Terminal terminal, QueryClient client, ShellOptions options, Consumer<String> failures) {
        this.terminal = terminal;
        this.client = client;
        this.options = options;
        this.catalog = new CatalogQueries(client);
        this.report = new FailureReport(failures);
        this.runner = new StatementRunner(client, report);
        this.display = new Display(options.format());
        this.commands = new BackslashCommands(this);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("calque")
                .parser(new StatementParser())
                .completer(new NameCompleter(catalog))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.AUTO_FRESH_LINE, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, CONTINUED);
        options.history().ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        this.reader = builder.build();
    }

    /** Runs until {@code \q}, Ctrl-D or {@link #end}. */
    public void run() {
        Terminal.SignalHandler before = terminal.handle(Terminal.Signal.INT, signal -> client.cancel());
        try {
            while (!ending && readAndExecute()) {
                terminal.flush();
            }
        } finally {
            terminal.handle(Terminal.Signal.INT, before);
            terminal.flush();
        }
    }

    /** Runs lines that nobody types, without prompts; returns whether everything succeeded. */
    public boolean feed(BufferedReader lines) throws IOException {
        StringBuilder input = new StringBuilder();
        for (String line = lines.readLine(); line != null && !ending; line = lines.readLine()) {
            input.append(input.isEmpty() ? "" : "\n").append(line);
            if (StatementParser.isWhole(input.toString())) {
                if (!execute(input.toString())) {
                    return !failed;
                }
                input.setLength(0);
            }
        }
        execute(input.toString());
        terminal.flush();
        return !failed;
    }

    /** Makes {@link #run} return soon, from any thread other than its own. */
    public void end(Thread running) {
        ending = true;
        client.cancel();
        running.interrupt();
    }

    private boolean readAndExecute() {
        try {
            return execute(reader.readLine(PROMPT));
        } catch (UserInterruptException e) {
            // Ctrl-C clears the line
            return true;
        } catch (EndOfFileException e) {
            return false;
        } catch (IOError e) {
            if (ending) {
                return false;
            }
            throw e;
        }
    }

    /** Returns false to end the shell. */
    boolean execute(String input) {
        String line = input.strip();
        try {
            if (line.startsWith("\\")) {
                return commands.execute(line);
            }
            runScript(line);
        } catch (QueryException e) {
            fail(String.valueOf(e.getMessage()));
        } catch (StatementFailedException e) {
            failed = true;
            report.statement(e, "");
        } catch (IOException e) {
            // the pager was left before its end: what it was shown is what was wanted
            client.cancel();
        }
        return true;
    }

    /** Runs statements in order, up to the first that fails. */
    void runScript(String script) throws IOException {
        for (String statement : StatementSplitter.split(script).all()) {
            if (!runStatement(statement)) {
                return;
            }
        }
    }

    private boolean runStatement(String statement) throws IOException {
        long start = System.nanoTime();
        try (Pager pager = pager()) {
            Optional<Long> rows = runner.write(statement, printer(pager), pager);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            pager.write(rows.map(RowCount::of).map(count -> "(" + count).orElse("(done")
                    + (display.timing() ? ", " + RowCount.time(took) : "") + ")\n");
            return true;
        } catch (StatementFailedException e) {
            failed = true;
            report.statement(e, statement);
            return false;
        }
    }

    void ask(String question) throws IOException {
        if (question.isEmpty()) {
            fail("\\ask needs a question");
            return;
        }
        if (dialogue.isEmpty()) {
            dialogue = Optional.of(new Dialogue(
                    client,
                    report,
                    terminal.writer(),
                    terminal.writer(),
                    new Dialogue.Manner(
                            Optional.empty(), Dialogue.Detail.STEPS, false, true, OutputFormat.TABLE, width())));
        }
        failed |= !dialogue.get().say(question);
    }

    void explain(String sql) throws IOException {
        String statement = "EXPLAIN " + sql;
        try (Pager pager = pager()) {
            runner.writeLines(statement, pager);
        } catch (StatementFailedException e) {
            failed = true;
            report.statement(e, statement);
        }
    }

    private RowPrinter printer(Writer out) {
        return display.expanded() ? new ExpandedPrinter(out) : display.format().printer(out, width());
    }

    Pager pager() {
        return new Pager(terminal, options.environment());
    }

    /** As {@link io.calque.app.format.OutputFormat#printer} takes it. */
    int width() {
        return options.fit() == ShellOptions.Fit.TRUNCATE ? Math.max(0, terminal.getWidth()) : 0;
    }

    CatalogQueries catalog() {
        return catalog;
    }

    Display display() {
        return display;
    }

    ShellOptions options() {
        return options;
    }

    void fail(String message) {
        failed = true;
        report.failure(message);
    }

    void say(String line) {
        terminal.writer().println(line);
    }
}
