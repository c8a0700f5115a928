package io.calque.nl2plan.search;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Words of a question that are written as one, as names are, and are meant as the words that names are cut into. Immutable. */
final class GluedWords {
    private final NameWords words;
    /** What the catalog's own glued names are cut into, by their stems. */
    private final Map<String, List<String>> cut = new HashMap<>();

    GluedWords(NameWords words, Collection<String> names) {
        this.words = words;
        for (String name : names) {
            words.glued(name).forEach((part, cutWords) -> cut.putIfAbsent(Stems.of(part), cutWords));
        }
    }

    /** The words as the catalog would spell them: "classrooms" are "class room" where a name says {@code classroom}. */
    List<String> apart(List<String> said, WordPlaces places) {
        List<String> apart = new ArrayList<>();
        for (String word : said) {
            String stem = Stems.of(word);
            List<String> parts = cut.get(stem);
            if (parts == null && !places.holds(stem)) {
                parts = words.cutWhole(word);
            }
            apart.addAll(parts == null ? List.of(word) : parts);
        }
        return apart;
    }
}
