package io.calque.nl2plan.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** General English that every catalog shares: synonyms, abbreviations, words of glued names, names of countries. Immutable. */
public final class Thesaurus {
    private final Map<String, Set<String>> synonyms = new HashMap<>();
    private final Map<String, String> abbreviations = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    private final List<List<String>> countries = new ArrayList<>();

    private Thesaurus() {
        for (String line : WordList.lines("synonyms.txt")) {
            List<String> stems =
                    List.of(line.split(" ")).stream().map(Stems::of).toList();
            for (String stem : stems) {
                synonyms.computeIfAbsent(stem, s -> new HashSet<>()).addAll(stems);
            }
        }
        for (String line : WordList.lines("abbreviations.txt")) {
            String[] pair = line.split(" ");
            abbreviations.put(pair[0], pair[1]);
            words.add(pair[0]);
        }
        WordList.lines("words.txt").forEach(line -> words.addAll(List.of(line.split(" "))));
        WordList.lines("countries.txt").forEach(line -> countries.add(List.of(line.split("\\|"))));
    }

    public static Thesaurus load() {
        return new Thesaurus();
    }

    /** Whether two stems mean about the same. */
    public boolean similar(String stem, String other) {
        return synonyms.getOrDefault(stem, Set.of()).contains(other);
    }

    /** Stems of about the same meaning, itself not included. */
    public Set<String> similarTo(String stem) {
        Set<String> others = new HashSet<>(synonyms.getOrDefault(stem, Set.of()));
        others.remove(stem);
        return others;
    }

    /** The full word of an abbreviation, or the word itself. */
    public String expanded(String word) {
        return abbreviations.getOrDefault(word, word);
    }

    /** Words that names are made of. */
    public Set<String> words() {
        return words;
    }

    /** Each country's spellings, its name first. */
    public List<List<String>> countries() {
        return countries;
    }
}
