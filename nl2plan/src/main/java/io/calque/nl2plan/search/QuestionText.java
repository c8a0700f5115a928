package io.calque.nl2plan.search;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Running text as words. Stateless. */
final class QuestionText {
    private QuestionText() {}

    static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    static List<String> stems(String text) {
        return words(text).stream().map(Stems::of).toList();
    }
}
