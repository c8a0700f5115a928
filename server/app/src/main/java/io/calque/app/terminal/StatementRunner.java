package io.calque.app.terminal;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import io.calque.app.format.RowPrinter;
import io.calque.app.format.ValueText;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sends statements and writes what comes back. Single-threaded. */
public final class StatementRunner {
    private final QueryClient client;
    private final FailureReport report;

    public StatementRunner(QueryClient client, FailureReport report) {
        this.client = client;
        this.report = report;
    }

    /**
     * Writes the rows of one statement; warnings go to the report.
     *
     * @param printer writes to {@code out}
     * @return how many rows there were; empty for a statement that returns none by its nature
     * @throws StatementFailedException what the statement ended with
     * @throws IOException when the reader of {@code out} went away
     */
    public Optional<Long> write(String sql, RowPrinter printer, Writer out) throws IOException {
        try (Answer answer = client.run(sql)) {
            Optional<Long> rows = answer.columns().isEmpty() ? Optional.empty() : Optional.of(print(answer, printer));
            drain(answer);
            out.flush();
            answer.warnings().forEach(report::warning);
            return rows;
        }
    }

    /** Writes an answer of one column of text line by line, as EXPLAIN's. */
    public void writeLines(String sql, Writer out) throws IOException {
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                out.append(ValueText.of(row.get().get(0))).append('\n');
            }
            out.flush();
            answer.warnings().forEach(report::warning);
        }
    }

    private static long print(Answer answer, RowPrinter printer) throws IOException {
        printer.start(answer.columns());
        long rows = 0;
        for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
            printer.row(row.get());
            rows++;
        }
        printer.finish();
        return rows;
    }

    /** A statement without rows still has to run to its end. */
    private static void drain(Answer answer) {
        while (answer.next().isPresent()) {
            continue;
        }
    }
}
