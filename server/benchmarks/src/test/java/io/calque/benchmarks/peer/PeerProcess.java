package io.calque.benchmarks.peer;

import io.calque.embedded.MongoDatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Calcite's own adapter in a process of its own, with its own driver: {@code server/peer}. */
final class PeerProcess {
    private static final long PATIENCE_SECONDS = 120;
    private static final String ROW = "\u001e";
    private static final char VALUE = '\u001f';

    private final Path module;

    private PeerProcess(Path module) {
        this.module = module;
    }

    /** Empty where {@code server/peer} was not built before. */
    static Optional<PeerProcess> built() {
        Path module = Path.of(System.getProperty("calque.root", "../.."), "server", "peer");
        boolean there = Files.exists(module.resolve("target/peer.classpath"))
                && Files.isDirectory(module.resolve("target/classes/io/calque/peer"));
        return there ? Optional.of(new PeerProcess(module)) : Optional.empty();
    }

    List<PeerAnswer> answers(MongoDatabaseAddress address, List<PeerQuery> queries, Path directory)
            throws IOException, InterruptedException {
        Path file = directory.resolve("queries.txt");
        Path output = directory.resolve("answers.txt");
        Files.write(file, queries.stream().map(PeerQuery::sql).toList());
        String classPath = module.resolve("target/classes")
                + java.io.File.pathSeparator
                + Files.readString(module.resolve("target/peer.classpath")).strip();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Dcalcite.default.charset=UTF-8",
                        "-cp",
                        classPath,
                        "io.calque.peer.StockAdapter",
                        address.connectionString(),
                        address.database(),
                        PeerCollection.VIEW,
                        file.toString())
                .redirectOutput(output.toFile())
                .redirectError(directory.resolve("errors.txt").toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the peer did not end");
        }
        List<PeerAnswer> answers = new ArrayList<>();
        for (String line : Files.readAllLines(output)) {
            String[] parts = line.split("\t", -1);
            answers.add(answer(decoded(parts[0]), decoded(parts[1])));
        }
        if (answers.size() != queries.size()) {
            throw new IllegalStateException(
                    "the peer ended early: " + Files.readString(directory.resolve("errors.txt")));
        }
        return answers;
    }

    private static PeerAnswer answer(String stages, String text) {
        if (text.startsWith("!")) {
            return new PeerAnswer(stages, List.of(), text.substring(1));
        }
        return new PeerAnswer(
                stages,
                text.isEmpty() ? List.of() : List.of(text.replace(VALUE, '|').split(ROW, -1)),
                "");
    }

    private static String decoded(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
