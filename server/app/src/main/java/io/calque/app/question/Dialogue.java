package io.calque.app.question;

import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.format.OutputFormat;
import io.calque.app.format.RowPrinter;
import io.calque.app.terminal.FailureReport;
import io.calque.app.terminal.RowCount;
import io.calque.app.terminal.StatementRunner;
import io.calque.spi.ErrorCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Questions in one session: each goes on from those before. What is told of them stands on {@code out} among rows that people read, else on
 * {@code error}. Single-threaded.
 */
public final class Dialogue {
    private final QueryClient client;
    private final FailureReport report;
    private final Writer out;
    private final PrintWriter error;
    private final Manner manner;
    private Optional<Choices> choices = Optional.empty();
    private String unclear = "";

    /**
     * What is done with a question.
     *
     * @param shown a property of the plan that is printed alone, and nothing run; empty to answer
     * @param detail of what is told of a plan before its rows
     * @param explained whether the query's way through the sources is shown
     * @param run whether rows are read
     */
    public record Manner(
            Optional<String> shown, Detail detail, boolean explained, boolean run, OutputFormat format, int width) {
        RowPrinter printer(Writer out) {
            return format.printer(out, width);
        }
    }

    /** How much of a plan is told. */
    public enum Detail {
        /** What was read, and the steps. */
        STEPS,
        /** Also the tree and the query. */
        FULL
    }

    public Dialogue(QueryClient client, FailureReport report, Writer out, PrintWriter error, Manner manner) {
        this.client = client;
        this.report = report;
        this.out = out;
        this.error = error;
        this.manner = manner;
    }

    /** Asks as people with a role of the ontology do. */
    public void as(String role) {
        done("SET role TO " + Understanding.literal(role));
    }

    /** Asks about these sources, or schemas of sources, alone. */
    public void about(List<String> places) {
        done("SET search_path TO " + String.join(", ", places));
    }

    private void done(String sql) {
        try (var answer = client.run(sql)) {
            while (answer.next().isPresent()) {
                continue;
            }
        }
    }

    /** Asks until there is nothing more; a number chooses among what the question before may mean. */
    public void converse(Supplier<Optional<String>> lines) throws IOException {
        for (Optional<String> line = lines.get(); line.isPresent(); line = lines.get()) {
            String said = line.get().strip();
            if (said.matches("(?i)\\\\q|exit|quit|bye")) {
                return;
            }
            if (!said.isEmpty()) {
                say(said);
            }
        }
    }

    /** Asks a question, or chooses by a number among what the one before may mean; returns whether it was answered. */
    public boolean say(String said) throws IOException {
        return ask(choice(said).orElse(said));
    }

    private Optional<String> choice(String said) {
        boolean number = said.matches("\\d{1,3}\\.?");
        return choices.filter(c -> number)
                .filter(c -> index(said) >= 0 && index(said) < c.meanings().size())
                .map(c -> c.chosen(unclear, index(said)));
    }

    private static int index(String said) {
        return Integer.parseInt(said.replace(".", "")) - 1;
    }

    /** Returns whether it was answered; what went wrong is told. */
    public boolean ask(String question) throws IOException {
        choices = Optional.empty();
        Understanding understood;
        try {
            understood = Understanding.of(client, question);
        } catch (StatementFailedException e) {
            refused(e, question);
            return false;
        }
        if (manner.shown().isPresent()) {
            out.append(understood.get(manner.shown().get()).stripTrailing())
                    .append('\n')
                    .flush();
            return true;
        }
        Writer telling = manner.format() == OutputFormat.TABLE ? out : error;
        if (manner.detail() == Detail.FULL) {
            understood.tell(telling);
        } else {
            understood.tellSteps(telling);
        }
        telling.flush();
        String sql = understood.get("sql");
        StatementRunner runner = new StatementRunner(client, report);
        try {
            if (manner.explained()) {
                runner.writeLines("EXPLAIN " + sql, telling);
                telling.append('\n').flush();
            }
            if (manner.run()) {
                long start = System.nanoTime();
                Optional<Long> rows = runner.write(sql, manner.printer(out), out);
                Duration took = Duration.ofNanos(System.nanoTime() - start);
                telling.append("(" + RowCount.of(rows.orElse(0L)) + ", " + RowCount.time(took) + ")\n")
                        .flush();
            }
            return true;
        } catch (StatementFailedException e) {
            report.statement(e, sql);
            return false;
        }
    }

    /** The statement that carried the question was not the asker's: its text and places in it are left out. */
    private void refused(StatementFailedException failure, String question) {
        String message = String.valueOf(failure.getMessage()).replaceFirst("^line \\d+, column \\d+: ", "");
        if (failure.sqlState().equals(ErrorCode.QUESTION_AMBIGUOUS.sqlState())) {
            choices = Choices.in(message);
            unclear = question;
        }
        if (choices.isEmpty()) {
            report.failure(message);
        } else {
            report.failure("'" + choices.get().words() + "' may mean several things; say whose it is:");
            List<String> meanings = choices.get().meanings();
            for (int i = 0; i < meanings.size(); i++) {
                error.println("  " + (i + 1) + ". " + meanings.get(i));
            }
            error.flush();
        }
        error.println("SQLSTATE: " + failure.sqlState());
        error.flush();
    }
}
