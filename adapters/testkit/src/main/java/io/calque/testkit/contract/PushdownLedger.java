package io.calque.testkit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Keeps which cases a source took and which it refused, and says so at the end. Single-threaded. */
final class PushdownLedger {
    private final Map<String, Map<String, String>> taken = new TreeMap<>();
    private final Map<String, Map<String, String>> refused = new TreeMap<>();

    private final Evidence evidence;

    PushdownLedger(Evidence evidence) {
        this.evidence = evidence;
    }

    Evidence evidence() {
        return evidence;
    }

    boolean isEmpty() {
        return taken.isEmpty();
    }

    void taken(ContractCase done, String nativeText) {
        taken.computeIfAbsent(done.family(), f -> new TreeMap<>()).put(done.name(), nativeText);
        refused.computeIfAbsent(done.family(), f -> new TreeMap<>());
    }

    void refused(ContractCase left, String reason) {
        refused.computeIfAbsent(left.family(), f -> new TreeMap<>()).put(left.name(), reason);
        taken.computeIfAbsent(left.family(), f -> new TreeMap<>());
    }

    /** Prints the summary, and writes every case with its native text or reason under {@code target/contract}. */
    void publish(String suite) {
        if (taken.isEmpty()) {
            return;
        }
        System.out.print(summary(suite));
        Path report = Path.of("target", "contract", suite + ".md");
        try {
            Files.createDirectories(report.getParent());
            Files.writeString(report, summary(suite) + details());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String summary(String suite) {
        StringBuilder text = new StringBuilder("\n| " + suite + " | pushed | refused |\n|---|---:|---:|\n");
        taken.forEach((family, cases) -> text.append(
                row(family, cases.size(), refused.getOrDefault(family, Map.of()).size())));
        text.append(row("all", total(taken), total(refused)));
        return text.append('\n').toString();
    }

    private static String row(String family, int pushed, int left) {
        return "| " + family + " | " + pushed + " | " + left + " |\n";
    }

    private static int total(Map<String, Map<String, String>> cases) {
        return cases.values().stream().mapToInt(Map::size).sum();
    }

    private String details() {
        StringBuilder text = new StringBuilder("## Refused, with reasons\n\n");
        refused.forEach((family, cases) -> cases.forEach((name, reason) -> text.append("- ")
                .append(family)
                .append(": `")
                .append(name)
                .append("`: ")
                .append(reason)
                .append('\n')));
        text.append("\n## Pushed, as the source hears it\n\n");
        taken.forEach((family, cases) -> cases.forEach((name, nativeText) -> text.append("- ")
                .append(family)
                .append(": `")
                .append(name)
                .append("`: `")
                .append(nativeText.replace('\n', ' '))
                .append("`\n")));
        return text.toString();
    }
}
