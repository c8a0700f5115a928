package io.calque.app.demo;

import io.calque.app.client.Answer;
import io.calque.app.client.QueryClient;
import io.calque.app.format.Cell;
import io.calque.app.format.ValueText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The short form of what EXPLAIN says: the text that each source receives, and which operators stay here.
 *
 * <p>Immutable.
 */
record PushedText(List<Fetch> fetches, Map<String, Integer> local) {
    private static final int SHOWN_LINES = 3;
    private static final Pattern FETCH = Pattern.compile("\\s*Fetch (\\S+).*");
    private static final Pattern NATIVE = Pattern.compile("\\s*\\| (.*)");
    private static final Pattern RESIDUAL = Pattern.compile("  ([A-Z_]+)\\b.*");

    static PushedText of(QueryClient client, String sql) {
        return parse(explain(client, sql));
    }

    private static List<String> explain(QueryClient client, String sql) {
        List<String> lines = new ArrayList<>();
        try (Answer answer = client.run("EXPLAIN " + sql)) {
            for (Optional<List<@Nullable Object>> row = answer.next(); row.isPresent(); row = answer.next()) {
                lines.addAll(ValueText.of(row.get().get(0)).lines().toList());
            }
        }
        return lines;
    }

    static PushedText parse(List<String> lines) {
        List<Fetch> fetches = new ArrayList<>();
        Map<String, Integer> local = new LinkedHashMap<>();
        boolean inLocal = false;
        for (String line : lines) {
            Matcher fetch = FETCH.matcher(line);
            Matcher text = NATIVE.matcher(line);
            Matcher residual = RESIDUAL.matcher(line);
            if (line.startsWith("Done locally:")) {
                inLocal = true;
            } else if (inLocal && residual.matches()) {
                local.merge(residual.group(1).toLowerCase(Locale.ROOT), 1, Integer::sum);
            } else if (fetch.matches()) {
                fetches.add(new Fetch(fetch.group(1), ""));
            } else if (text.matches() && !fetches.isEmpty()) {
                Fetch last = fetches.remove(fetches.size() - 1);
                fetches.add(new Fetch(last.source(), (last.text() + " " + text.group(1)).strip()));
            }
        }
        return new PushedText(fetches, local);
    }

    /** For people; long texts are wrapped after {@code width} columns and cut after three lines, never where width is 0. */
    List<String> lines(int width) {
        int name = fetches.stream()
                .mapToInt(fetch -> fetch.source().length())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        for (Fetch fetch : fetches) {
            String label =
                    "to " + fetch.source() + " ".repeat(name - fetch.source().length()) + "  ";
            for (String part : wrapped(fetch.text(), width == 0 ? 0 : Math.max(20, width - label.length()))) {
                lines.add(label + part);
                label = " ".repeat(label.length());
            }
        }
        if (!local.isEmpty()) {
            lines.add("here"
                    + " ".repeat(Math.max(0, name - 1))
                    + "  "
                    + local.entrySet().stream()
                            .map(entry -> entry.getValue() == 1
                                    ? entry.getKey()
                                    : entry.getValue() + " " + entry.getKey() + "s")
                            .collect(Collectors.joining(", ")));
        }
        return lines;
    }

    private static List<String> wrapped(String text, int width) {
        List<String> parts = new ArrayList<>();
        String rest = text;
        while (width > 0 && Cell.width(rest) > width && parts.size() < SHOWN_LINES - 1) {
            int blank = rest.lastIndexOf(' ', width);
            int end = blank > width / 2 ? blank : Math.min(width, rest.length());
            parts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).stripLeading();
        }
        parts.add(width == 0 ? rest : Cell.cut(rest, width));
        return parts;
    }

    /** What one source is asked, in its own language. */
    record Fetch(String source, String text) {}
}
