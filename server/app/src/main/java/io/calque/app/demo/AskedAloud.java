package io.calque.app.demo;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.format.OutputFormat;
import io.calque.app.terminal.StatementRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The showcase's questions in plain language, with how they were understood. Single-threaded. */
final class AskedAloud {
    private static final Set<String> TOLD = Set.of("interpretation", "confidence", "sources", "evidence", "assumption");

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
        String text = "'" + question.replace("'", "''") + "'";
        for (String line : understood(text)) {
            out.append("   ").append(line).append('\n');
        }
        out.append('\n');
        runner.write("SELECT * FROM TABLE(NL(" + text + "))", OutputFormat.TABLE.printer(out, width), out);
    }

    private List<String> understood(String text) {
        List<String> lines = new ArrayList<>();
        try (Answer answer = client.run("SELECT property, \"value\" FROM TABLE(NL_PLAN(" + text + "))")) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                String property = String.valueOf(row.get().get(0));
                if (TOLD.contains(property)) {
                    lines.add(property + ": " + row.get().get(1));
                }
            }
        }
        return lines;
    }
}
