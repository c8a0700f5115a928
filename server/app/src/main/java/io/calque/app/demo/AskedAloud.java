package io.calque.app.demo;

import io.calque.app.client.QueryClient;
import io.calque.app.format.OutputFormat;
import io.calque.app.question.Understanding;
import io.calque.app.terminal.RowCount;
import io.calque.app.terminal.StatementRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The showcase's questions in plain language, the second going on from the first, with how they were understood. Single-threaded. */
final class AskedAloud {
    private static final String INDENT = "   ";

    private final QueryClient client;
    private final StatementRunner runner;
    private final Writer out;

    AskedAloud(QueryClient client, StatementRunner runner, Writer out) {
        this.client = client;
        this.runner = runner;
        this.out = out;
    }

    /** One a line. */
    static List<String> questions() throws IOException {
        try (InputStream stream = AskedAloud.class.getResourceAsStream("questions.txt")) {
            if (stream == null) {
                throw new IllegalStateException("questions.txt is not in the jar");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    void ask(String question, int width) throws IOException {
        long start = System.nanoTime();
        Understanding understood = Understanding.of(client, question);
        StringWriter reading = new StringWriter();
        understood.tellSteps(reading);
        out.append(reading.toString().stripTrailing().indent(INDENT.length())).append('\n');
        String sql = understood.get("sql");
        Optional<Long> rows = runner.write(sql, OutputFormat.TABLE.printer(out, width), out);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        out.append("(" + RowCount.of(rows.orElse(0L)) + ", " + RowCount.time(took) + ")\n");
        for (String line : PushedText.of(client, sql).lines(width == 0 ? 0 : width - INDENT.length())) {
            out.append(INDENT).append(line).append('\n');
        }
    }
}
