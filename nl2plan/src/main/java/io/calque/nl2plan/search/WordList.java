package io.calque.nl2plan.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The lists of general English that come with the planner: one resource each, with comments behind {@code #}. Stateless. */
public final class WordList {
    private WordList() {}

    /** The lines of a list, without blank ones and comments. */
    public static List<String> lines(String resource) {
        try (InputStream in = WordList.class.getResourceAsStream("/io/calque/nl2plan/" + resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All words of a list, however many stand on a line. */
    public static Set<String> words(String resource) {
        return lines(resource).stream()
                .flatMap(line -> Arrays.stream(line.split(" ")))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Words that carry a question without saying what is asked. */
    public static Set<String> carriers() {
        return words("carriers.txt");
    }
}
