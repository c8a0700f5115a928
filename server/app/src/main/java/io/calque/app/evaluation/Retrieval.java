package io.calque.app.evaluation;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.client.StatementFailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the sources and tables that a gold query reads are found by the question's words: {@code CLASSIFY} and {@code NL_CONTEXT}, asked
 * with the sources of all the file's databases in view. Single-threaded.
 */
public final class Retrieval {
    private final QueryClient client;
    private final Spread spread;
    private final List<String> databases;
    /** Where tables are: a source and a table's name in lower case. */
    private final Map<String, Set<String>> tablesOf = new HashMap<>();

    private final List<Duration> times = new ArrayList<>();
    private int sourcesWanted;
    private int sourcesFound;
    private int sourcesNamed;
    private int tablesWanted;
    private int tablesFound;

    public Retrieval(QueryClient client, Spread spread, List<GoldQuestion> questions) {
        this.client = client;
        this.spread = spread;
        this.databases =
                questions.stream().map(GoldQuestion::database).distinct().toList();
        for (List<String> row : rows("SELECT source, table_name FROM system.tables")) {
            tablesOf.computeIfAbsent(row.get(0), s -> new LinkedHashSet<>())
                    .add(row.get(1).toLowerCase(Locale.ROOT));
        }
    }

    /** Looks at one question, unless its file does not say which tables answer it. */
    public void look(GoldQuestion question) {
        if (question.unanswerable() || question.tables().isEmpty()) {
            return;
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (String source : spread.of(question.database())) {
            for (String table : question.tables()) {
                if (tablesOf.getOrDefault(source, Set.of()).contains(table.toLowerCase(Locale.ROOT))) {
                    wanted.add(source + "." + table.toLowerCase(Locale.ROOT));
                }
            }
        }
        Evaluation.run(client, "SET search_path TO " + String.join(", ", spread.all(databases)));
        String text = "'" + question.conversation().replace("'", "''") + "'";
        try {
            sources(wanted, text);
            tables(wanted, text);
        } catch (StatementFailedException e) {
            // nothing was found, which counts
            sourcesWanted += sourcesOf(wanted).size();
            tablesWanted += wanted.size();
        }
    }

    private void sources(Set<String> wanted, String text) {
        Set<String> needed = new LinkedHashSet<>();
        for (List<String> row : rows("SELECT source FROM TABLE(CLASSIFY(" + text + ")) WHERE is_needed")) {
            needed.add(row.get(0));
        }
        sourcesNamed += needed.size();
        sourcesWanted += sourcesOf(wanted).size();
        sourcesFound +=
                (int) sourcesOf(wanted).stream().filter(needed::contains).count();
    }

    private static Set<String> sourcesOf(Set<String> tables) {
        Set<String> sources = new LinkedHashSet<>();
        tables.forEach(t -> sources.add(t.substring(0, t.indexOf('.'))));
        return sources;
    }

    private void tables(Set<String> wanted, String text) {
        long start = System.nanoTime();
        List<List<String>> found = rows("SELECT source, element FROM TABLE(NL_CONTEXT(" + text + "))");
        times.add(Duration.ofNanos(System.nanoTime() - start));
        tablesWanted += wanted.size();
        for (String table : wanted) {
            String source = table.substring(0, table.indexOf('.'));
            String name = table.substring(table.indexOf('.') + 1);
            boolean named = found.stream()
                    .anyMatch(row -> row.get(0).equals(source)
                            && List.of(row.get(1).toLowerCase(Locale.ROOT).split("\\."))
                                    .contains(name));
            tablesFound += named ? 1 : 0;
        }
    }

    private List<List<String>> rows(String sql) {
        List<List<String>> rows = new ArrayList<>();
        try (Answer answer = client.run(sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                rows.add(row.get().stream().map(String::valueOf).toList());
            }
        }
        return rows;
    }

    /** What came of all questions looked at; empty where there were none. */
    public List<String> lines() {
        if (tablesWanted == 0) {
            return List.of();
        }
        List<Duration> sorted = times.stream().sorted().toList();
        return List.of(
                "classifier: " + share(sourcesFound, sourcesWanted) + " of the sources needed are named, "
                        + share(sourcesFound, sourcesNamed) + " of those named are needed",
                "search: " + share(tablesFound, tablesWanted) + " of the tables needed are among what is found; "
                        + (sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2).toMillis()) + " ms in the median");
    }

    private static String share(int part, int whole) {
        return whole == 0
                ? "none"
                : String.format(Locale.ROOT, "%.0f %% (%d of %d)", 100.0 * part / whole, part, whole);
    }
}
