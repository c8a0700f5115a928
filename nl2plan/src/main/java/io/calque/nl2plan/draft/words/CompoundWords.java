package io.calque.nl2plan.draft.words;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The words that a name or a compound is made of: "hire_date", "hireDate" and "hire-date" are the same two. Abbreviations of aggregates are
 * spelled out, as names of the catalog are.
 */
final class CompoundWords {
    /** Short forms that names of the catalog are spelled out of, too. */
    private static final Map<String, String> SHORT = Map.of("max", "maximum", "min", "minimum", "avg", "average");

    private CompoundWords() {}

    static List<String> of(String text) {
        return Arrays.stream(text.replaceAll("([a-z0-9])([A-Z])", "$1 $2").split("[-_\\s]+"))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .map(word -> SHORT.getOrDefault(word, word))
                .toList();
    }
}
