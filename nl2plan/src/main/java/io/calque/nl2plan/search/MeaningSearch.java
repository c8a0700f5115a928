package io.calque.nl2plan.search;

import io.calque.spi.catalog.CatalogSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The last tier: for words that the first ones do not know, the names whose meaning is nearest. It is asked for these words alone, and what it
 * finds ranks behind what words say themselves. Immutable, thread-safe.
 */
final class MeaningSearch {
    /** What is near in meaning counts so much of what is named. */
    static final double WEIGHT = 0.6;

    /** "staff" and "employees" are at 0.73, "earnings" and "revenue" at 0.64; words that have nothing in common below 0.4. */
    private static final double LEAST = 0.42;
    /** Names that are farther than the nearest by more are not meant. */
    private static final double FARTHER = 0.12;

    /** Words of grammar that name nothing, besides those that only fill. */
    private static final Set<String> GRAMMAR = Set.of(
            "many",
            "much",
            "more",
            "most",
            "less",
            "least",
            "fewer",
            "than",
            "total",
            "average",
            "mean",
            "sum",
            "number",
            "count",
            "each",
            "every",
            "per",
            "first",
            "last",
            "latest",
            "top",
            "bottom",
            "highest",
            "lowest",
            "best",
            "worst",
            "big",
            "large",
            "small",
            "long",
            "short",
            "high",
            "low",
            "old",
            "young",
            "new",
            "year",
            "month",
            "week",
            "day",
            "quarter",
            "percent",
            "percentage",
            "share",
            "ratio",
            "only",
            "both",
            "either",
            "never",
            "without");

    private static final int PHRASES = 8;
    private static final int MOST_WORDS = 4;
    private static final int SHORTEST = 3;
    /** A question waits so long for a model that is being loaded, then goes without. */
    private static final Duration PATIENCE = Duration.ofMillis(2_500);

    private final Set<String> fillers = WordList.words("fillers.txt");
    private final Lexicon lexicon;
    private final CatalogSnapshot catalog;
    private final CatalogIndex index;

    /**
     * A name that a word may mean.
     *
     * @param word of the question
     */
    record Meant(String word, NearName name) {}

    MeaningSearch(Lexicon lexicon, CatalogSnapshot catalog, CatalogIndex index) {
        this.lexicon = lexicon;
        this.catalog = catalog;
        this.index = index;
    }

    /**
     * @param words that nothing certain explains
     */
    List<Meant> of(List<String> words) {
        List<String> unknown = words.stream()
                .filter(word -> word.length() >= SHORTEST && word.chars().allMatch(Character::isLetter))
                .filter(word -> !fillers.contains(word) && !GRAMMAR.contains(word))
                .filter(word -> !lexicon.knows(Stems.of(word)))
                .distinct()
                .limit(MOST_WORDS)
                .toList();
        List<Meant> meant = new ArrayList<>();
        for (String word : unknown) {
            List<NearName> near = index.nearest(catalog, word, PHRASES, LEAST, PATIENCE);
            near.stream()
                    .filter(name -> name.cosine() > near.get(0).cosine() - FARTHER)
                    .forEach(name -> meant.add(new Meant(word, name)));
        }
        return meant;
    }
}
