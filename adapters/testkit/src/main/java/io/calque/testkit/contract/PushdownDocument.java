package io.calque.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.State;
import io.calque.spi.pushdown.Capability.Use;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One source's part of docs/pushdown.md, from its list and what the cases showed. {@code -Dgolden.update=true} writes it. Stateless. */
final class PushdownDocument {
    private static final Path DOCS = Path.of(System.getProperty("calque.root", "../.."), "docs");
    /** Where semantics.md lists what the engine offers. */
    private static final Pattern OFFERED = Pattern.compile(
            "(?m)^(?:Functions|Windows)?:? ?((?:[A-Z][A-Z0-9_]+(?: \\([a-z, ]+\\))?,\\s+){4,}[A-Z][A-Z0-9_]+)");
    /** More reasons than these say nothing new. */
    private static final int REASONS = 4;

    private PushdownDocument() {}

    static void check(String heading, List<Capability> list, Evidence evidence) {
        String begin =
                "<!-- " + heading + ": written by its contract suite with -Dgolden.update=true; do not edit -->\n";
        String end = "<!-- end of " + heading + " -->\n";
        Path file = DOCS.resolve("pushdown.md");
        try {
            String written = Files.readString(file);
            Matcher part = Pattern.compile(Pattern.quote(begin) + "(.*?)" + Pattern.quote(end), Pattern.DOTALL)
                    .matcher(written);
            assertThat(part.find())
                    .as("docs/pushdown.md has a part that begins: " + begin)
                    .isTrue();
            String current = table(list, evidence) + unasked(list, evidence);
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(file, written.substring(0, part.start(1)) + current + written.substring(part.end(1)));
                return;
            }
            assertThat(part.group(1)).as("docs/pushdown.md, " + heading).isEqualTo(current);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String table(List<Capability> list, Evidence evidence) {
        SortedMap<Use, Capability> lines = new TreeMap<>();
        evidence.asked().forEach(use -> lines.put(use, new Capability(use, State.REFUSED, "")));
        list.forEach(line -> lines.put(line.use(), line));
        StringBuilder text = new StringBuilder();
        for (Kind kind : Kind.values()) {
            List<Capability> rows = lines.values().stream()
                    .filter(line -> line.use().kind() == kind)
                    .toList();
            if (!rows.isEmpty()) {
                text.append("\n| ")
                        .append(kind.title())
                        .append(" | | proven by | what stays here |\n|---|---|---|---|\n");
                rows.forEach(line -> text.append(row(line, evidence)));
            }
        }
        return text.append('\n').toString();
    }

    private static String row(Capability line, Evidence evidence) {
        List<String> reasons = new ArrayList<>();
        if (!line.note().isEmpty()) {
            reasons.add(line.note());
        }
        evidence.reasons(line.use()).stream()
                .filter(reason -> !reasons.contains(reason))
                .forEach(reasons::add);
        String left =
                reasons.stream().limit(REASONS).map(PushdownDocument::cell).collect(Collectors.joining("; "))
                        + (reasons.size() > REASONS ? "; ..." : "");
        String proof = line.state() == State.PROVEN
                ? evidence.proof(line.use()).entrySet().stream()
                        .map(e -> "`" + cell(e.getKey()) + "` ("
                                + e.getValue().stream().map(Aspect::title).collect(Collectors.joining(", ")) + ")")
                        .collect(Collectors.joining("; "))
                : "";
        return "| `" + cell(line.use().name()) + "` | " + line.state().name().toLowerCase(Locale.ROOT) + " | " + proof
                + " | " + left + " |\n";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", "\\n");
    }

    private static String unasked(List<Capability> list, Evidence evidence) throws IOException {
        Set<String> known = new TreeSet<>();
        evidence.asked().forEach(use -> known.add(use.name()));
        list.forEach(line -> known.add(line.use().name()));
        SortedSet<String> offered = offered();
        offered.removeAll(known);
        return "Of what [semantics.md](semantics.md) offers, it is not asked for " + String.join(", ", offered) + ".\n";
    }

    private static SortedSet<String> offered() throws IOException {
        SortedSet<String> names = new TreeSet<>();
        Matcher lists = OFFERED.matcher(Files.readString(DOCS.resolve("semantics.md")));
        while (lists.find()) {
            Arrays.stream(lists.group(1).replaceAll("\\([a-z, ]+\\)", "").split(","))
                    .map(String::strip)
                    .forEach(names::add);
        }
        return names;
    }
}
