package io.calque.benchmarks.fuzz;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a run of queries came to. Single-threaded. */
final class FuzzReport {
    private static final String BREAK = "\n\u0001\n";

    final FragmentLedger ledger = new FragmentLedger();
    final List<String> differences = new ArrayList<>();
    /** By message, queries that only one of Calque and PostgreSQL takes. */
    final Map<String, Integer> setAside = new TreeMap<>();

    int queries;
    int answered;

    void add(FuzzReport other) {
        queries += other.queries;
        answered += other.answered;
        differences.addAll(other.differences);
        other.setAside.forEach((what, n) -> setAside.merge(what, n, Integer::sum));
        ledger.add(other.ledger);
    }

    String head() {
        return queries + " queries, " + answered + " compared, " + differences.size() + " differences";
    }

    void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder("queries\t" + queries + "\nanswered\t" + answered + "\n");
        setAside.forEach((what, n) -> text.append("aside\t" + n + "\t" + what + "\n"));
        ledger.proven()
                .forEach((source, uses) -> uses.forEach(
                        use -> text.append("proven\t" + source + "\t" + use.kind() + "\t" + use.name() + "\n")));
        ledger.pushed()
                .forEach((source, uses) -> uses.forEach((use, n) ->
                        text.append("pushed\t" + source + "\t" + use.kind() + "\t" + use.name() + "\t" + n + "\n")));
        differences.forEach(script -> text.append(BREAK).append(script));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path whole = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(whole, text);
        Files.move(whole, file);
    }

    /** Empty when there is no such file. */
    static Optional<FuzzReport> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        FuzzReport report = new FuzzReport();
        String[] parts = Files.readString(file).split(BREAK, -1);
        report.differences.addAll(List.of(parts).subList(1, parts.length));
        for (String line : parts[0].lines().toList()) {
            String[] cells = line.split("\t", -1);
            switch (cells[0]) {
                case "queries" -> report.queries = Integer.parseInt(cells[1]);
                case "answered" -> report.answered = Integer.parseInt(cells[1]);
                case "aside" -> report.setAside.put(cells[2], Integer.parseInt(cells[1]));
                case "proven" -> report.ledger.knows(cells[1], List.of(use(cells)));
                case "pushed" -> report.ledger.add(cells[1], use(cells), Integer.parseInt(cells[4]));
                default -> throw new IOException(file + " has a line of unknown kind: " + line);
            }
        }
        return Optional.of(report);
    }

    private static Use use(String[] cells) {
        return new Use(Kind.valueOf(cells[2]), cells[3]);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(head() + "\n");
        setAside.forEach((what, n) -> text.append(String.format("  set aside %5d: %s%n", n, what)));
        return text.append(ledger).toString();
    }
}
