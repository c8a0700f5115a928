package io.calque.nl2plan.search;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** General English that every catalog shares: synonyms, abbreviations, words of glued names, names of countries. Immutable. */
public final class Thesaurus {
    /** What an abbreviation stands for beside another word. */
    private static final String BESIDE = "/";

    private static final String LOOSE = "~ ";

    private final Map<String, Set<String>> synonyms = new HashMap<>();
    private final Map<String, Set<String>> loose = new HashMap<>();
    private final Map<String, String> abbreviations = new HashMap<>();
    private final Set<String> words = new HashSet<>();
    /** Each country's spellings, its name first, by each of them in lower case. */
    private final Map<String, List<String>> countries = new HashMap<>();

    private Thesaurus() {
        for (String line : WordList.lines("synonyms.txt")) {
            boolean loose = line.startsWith(LOOSE);
            List<String> stems = List.of((loose ? line.substring(LOOSE.length()) : line).split(" ")).stream()
                    .map(Stems::of)
                    .toList();
            if (loose) {
                // the first word may say any of the others
                this.loose.computeIfAbsent(stems.get(0), s -> new HashSet<>()).addAll(stems.subList(1, stems.size()));
                continue;
            }
            for (String stem : stems) {
                synonyms.computeIfAbsent(stem, s -> new HashSet<>()).addAll(stems);
            }
        }
        for (String line : WordList.lines("abbreviations.txt")) {
            String[] pair = line.split(" ");
            abbreviations.put(pair[0], pair[1]);
            if (!pair[0].contains(BESIDE)) {
                words.add(pair[0]);
            }
        }
        WordList.lines("words.txt").forEach(line -> words.addAll(List.of(line.split(" "))));
        WordList.lines("countries.txt").forEach(line -> {
            List<String> spellings = List.of(line.split("\\|"));
            spellings.forEach(spelling -> countries.putIfAbsent(spelling.toLowerCase(Locale.ROOT), spellings));
        });
    }

    public static Thesaurus load() {
        return new Thesaurus();
    }

    /** Whether two stems mean about the same. */
    public boolean similar(String stem, String other) {
        return synonyms.getOrDefault(stem, Set.of()).contains(other);
    }

    /** Whether the first stem may be said for the second where nothing fits better: customers are accounts, patients or guests. */
    boolean maySay(String stem, String other) {
        return loose.getOrDefault(stem, Set.of()).contains(other);
    }

    /** Stems of about the same meaning, or that it may be said for, itself not included. */
    public Set<String> similarTo(String stem) {
        Set<String> others = new HashSet<>(synonyms.getOrDefault(stem, Set.of()));
        others.addAll(loose.getOrDefault(stem, Set.of()));
        others.remove(stem);
        return others;
    }

    /**
     * The full word of an abbreviation, or the word itself.
     *
     * @param beside the other parts of the name: of a ticket, {@code supp} is support
     */
    String expanded(String word, List<String> beside) {
        return beside.stream()
                .flatMap(other -> Stream.of(other, abbreviations.getOrDefault(other, other)))
                .map(other -> abbreviations.get(word + BESIDE + other))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(abbreviations.getOrDefault(word, word));
    }

    /** Words that names are made of. */
    public Set<String> words() {
        return words;
    }

    /** All spellings of a country, its name first; none of what is no country. */
    public List<String> country(String spelling) {
        return countries.getOrDefault(spelling.toLowerCase(Locale.ROOT), List.of());
    }

    public boolean isCountry(String text) {
        return countries.containsKey(text.toLowerCase(Locale.ROOT));
    }
}
