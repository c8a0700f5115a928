package io.calque.app.cli;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "search",
        description = "Show which databases matter to a question, and what of each it names.",
        footer = {"", "In SQL the same is TABLE(CLASSIFY('...')) and TABLE(NL_CONTEXT('...'))."})
final class SearchCommand implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private final ConnectionOptions connection = new ConnectionOptions();

    @Option(names = "--limit", paramLabel = "N", description = "At most so many elements a database (default: 8).")
    private int limit = 8;

    @Parameters(paramLabel = "WORDS", description = "A question, or some words.")
    private String words = "";

    SearchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException {
        String text = "'" + words.replace("'", "''") + "'";
        String statement = "SELECT source, is_needed, score FROM TABLE(CLASSIFY(" + text + "))";
        try (Connected connected = Connected.open(context, connection)) {
            Writer out = context.invocation().out();
            List<List<@Nullable Object>> sources = rows(connected.client(), statement);
            statement = "SELECT kind, element, source, words, score FROM TABLE(NL_CONTEXT(" + text + "))";
            List<List<@Nullable Object>> elements = rows(connected.client(), statement);
            if (sources.isEmpty()) {
                out.append("Nothing is named like that.\n");
            }
            for (List<@Nullable Object> source : sources) {
                boolean needed = Boolean.TRUE.equals(source.get(1));
                out.append(source.get(0) + (needed ? "  needed, " : "  ") + score(source.get(2)) + "\n");
                elements.stream()
                        .filter(e -> String.valueOf(e.get(2)).equals(String.valueOf(source.get(0))))
                        .limit(limit)
                        .forEach(e -> append(
                                out,
                                "  " + score(e.get(4)) + "  " + e.get(0) + " " + e.get(1) + "  ('" + e.get(3)
                                        + "')\n"));
            }
            out.flush();
            return ExitCode.OK;
        } catch (StatementFailedException e) {
            context.report().statement(e, statement);
            return ExitCode.FAILED;
        }
    }

    private static void append(Writer out, String line) {
        try {
            out.append(line);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String score(@Nullable Object score) {
        return score instanceof Number number ? String.format(Locale.ROOT, "%.2f", number.doubleValue()) : "";
    }

    private static List<List<@Nullable Object>> rows(QueryClient client, String sql) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                rows.add(new ArrayList<>(row.get()));
            }
        }
        return rows;
    }
}
