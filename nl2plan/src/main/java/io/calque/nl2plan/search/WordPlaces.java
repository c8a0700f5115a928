package io.calque.nl2plan.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** At which places of a list words occur. Immutable, thread-safe. */
final class WordPlaces {
    private static final int ROOT = 3;

    private final Map<String, List<Integer>> places = new HashMap<>();
    /** The stems by their beginning, which words made of one another share. */
    private final Map<String, Set<String>> roots = new HashMap<>();

    /**
     * @param words the stems at each place
     */
    WordPlaces(List<Set<String>> words) {
        for (int place = 0; place < words.size(); place++) {
            for (String stem : words.get(place)) {
                places.computeIfAbsent(stem, s -> new ArrayList<>()).add(place);
                if (stem.length() > ROOT) {
                    roots.computeIfAbsent(stem.substring(0, ROOT), s -> new TreeSet<>())
                            .add(stem);
                }
            }
        }
    }

    /** Whether a stem itself occurs. */
    boolean holds(String stem) {
        return places.containsKey(stem);
    }

    /** Where a stem or one of about its meaning occurs, in order. */
    SortedSet<Integer> of(String stem, Thesaurus thesaurus) {
        SortedSet<Integer> found = new TreeSet<>(places.getOrDefault(stem, List.of()));
        thesaurus.similarTo(stem).forEach(other -> found.addAll(places.getOrDefault(other, List.of())));
        if (stem.length() > ROOT) {
            roots.getOrDefault(stem.substring(0, ROOT), Set.of()).stream()
                    .filter(other -> Derivations.related(stem, other))
                    .forEach(other -> found.addAll(places.getOrDefault(other, List.of())));
        }
        return found;
    }
}
