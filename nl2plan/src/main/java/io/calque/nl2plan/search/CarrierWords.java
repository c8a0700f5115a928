package io.calque.nl2plan.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Words that carry a question without saying what is asked. Stateless. */
public final class CarrierWords {
    private CarrierWords() {}

    public static Set<String> load() {
        try (InputStream in = CarrierWords.class.getResourceAsStream("/io/calque/nl2plan/carriers.txt")) {
            if (in == null) {
                throw new IllegalStateException("resource carriers.txt is missing");
            }
            Set<String> words = new HashSet<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> words.addAll(List.of(line.split(" "))));
            return Set.copyOf(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
