package io.calque.planner.semantics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line of {@code src/test/resources/semantics/*.txt}: {@code expression ==> value}.
 *
 * @param topic the file's name
 * @param expected an error is {@code !} and its SQLSTATE; {@code !invalid} is a statement that the validator refuses
 * @param differs whether the line begins with {@code ~}: PostgreSQL answers otherwise, and that is meant
 */
record SemanticsCase(String topic, String expression, String expected, boolean differs) {
    private static final String ARROW = " ==> ";

    static List<SemanticsCase> all() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/semantics"))) {
            return files.sorted().toList().stream().flatMap(SemanticsCase::read).toList();
        }
    }

    private static Stream<SemanticsCase> read(Path file) {
        try {
            String topic = file.getFileName().toString();
            return Files.readAllLines(file).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> parse(topic, line))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SemanticsCase parse(String topic, String line) {
        int arrow = line.indexOf(ARROW);
        if (arrow < 0) {
            throw new IllegalArgumentException(topic + ": no '==>' in " + line);
        }
        boolean differs = line.startsWith("~ ");
        String expression = line.substring(differs ? 2 : 0, arrow).trim();
        return new SemanticsCase(topic, expression, line.substring(arrow + ARROW.length()), differs);
    }

    /** A whole query; anything else is a scalar expression, whose value is shown as text. */
    boolean isStatement() {
        return expression.regionMatches(true, 0, "SELECT ", 0, 7);
    }

    String sql() {
        return isStatement() ? expression : "SELECT CAST(" + expression + " AS VARCHAR)";
    }
}
