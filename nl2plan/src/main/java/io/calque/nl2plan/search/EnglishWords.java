package io.calque.nl2plan.search;

import io.calque.nl2plan.check.NearestName;
import io.calque.nl2plan.english.PartOfSpeech;
import io.calque.nl2plan.english.Relation;
import io.calque.nl2plan.english.WordNet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Words that no name, value or synonym explains, by general English: "plane" where there are aircraft. Filled once, then only read.
 */
final class EnglishWords {
    /** Shorter words have too many meanings. */
    private static final int SHORTEST = 4;

    private static final int SHORTEST_BEGINNING = 3;
    private static final int SHORTEST_MISSPELLED = 6;
    private static final int FEWEST_LEFT = 2;
    private static final double BEGINNING = 0.9;
    /** Names that are farther than the nearest by more are not meant. */
    private static final double MARGIN = 0.06;
    /** Names of which a word says so much may be meant by one of about its meaning. */
    private static final double SURE = 0.65;

    /** The words of names, and what they are without the s of a plural. */
    private final Set<String> spelled = new HashSet<>();

    void add(List<String> words) {
        for (String word : words) {
            spelled.add(word);
            if (word.endsWith("ies")) {
                spelled.add(word.substring(0, word.length() - 3) + "y");
            } else if (word.endsWith("s")) {
                spelled.add(word.substring(0, word.length() - 1));
                spelled.add(word.replaceFirst("es$", ""));
            }
        }
    }

    /**
     * A noun is taken as a table or column of its meaning, or as a table of what it is a kind of or what is a kind of it; a verb as what is
     * made of it.
     */
    Optional<Taken> taken(String word, Function<List<String>, List<Link>> names) {
        if (word.length() < SHORTEST || !word.chars().allMatch(Character::isLetter)) {
            return Optional.empty();
        }
        PartOfSpeech part = WordNet.get().of(word);
        if (part != PartOfSpeech.NOUN && part != PartOfSpeech.VERB) {
            return Optional.empty();
        }
        List<Map.Entry<String, WordNet.Near>> near = WordNet.get().near(word).entrySet().stream()
                .filter(e -> part == PartOfSpeech.NOUN || e.getValue().relation() == Relation.DERIVED)
                // stems are equal of "custom" and "customer", too
                .filter(e -> spelled.contains(e.getKey()))
                .sorted(Map.Entry.<String, WordNet.Near>comparingByValue(
                                Comparator.comparingDouble(WordNet.Near::weight).reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
        List<Link> links = new ArrayList<>();
        List<String> as = new ArrayList<>();
        for (Map.Entry<String, WordNet.Near> each : near) {
            List<Link> found = names.apply(List.of(each.getKey())).stream()
                    .filter(l -> mayBe(l, each.getValue().relation()))
                    .map(l -> l.times(each.getValue().weight()))
                    .toList();
            boolean nearest = links.isEmpty()
                    || !found.isEmpty() && found.get(0).score() > links.get(0).score() - MARGIN;
            if (!found.isEmpty() && nearest) {
                links.addAll(found);
                as.add(each.getKey());
            }
        }
        links.sort(Comparator.comparingDouble(Link::score).reversed());
        return links.isEmpty() ? Optional.empty() : Optional.of(new Taken(String.join(" or ", as), links));
    }

    /** "institution" where names say {@code inst}, which is no word: what begins alike is meant. */
    Optional<Taken> shortened(String word, Function<List<String>, List<Link>> names) {
        for (int length = word.length() - FEWEST_LEFT; length >= SHORTEST_BEGINNING; length--) {
            String beginning = word.substring(0, length);
            if (!spelled.contains(beginning) || WordNet.get().of(beginning) != PartOfSpeech.NONE) {
                continue;
            }
            List<Link> links = names.apply(List.of(beginning)).stream()
                    .filter(l -> !(l instanceof Link.ToValue) && l.score() >= SURE)
                    .map(l -> l.times(BEGINNING))
                    .toList();
            if (!links.isEmpty()) {
                return Optional.of(new Taken(beginning, links));
            }
        }
        return Optional.empty();
    }

    /** "archtect" where names say architect: no word of English, and one name alone is spelled nearly so. */
    Optional<Taken> misspelled(String word, Function<List<String>, List<Link>> names) {
        if (word.length() < SHORTEST_MISSPELLED
                || !word.chars().allMatch(Character::isLetter)
                || WordNet.get().of(word) != PartOfSpeech.NONE) {
            return Optional.empty();
        }
        List<String> near = spelled.stream()
                .filter(name -> name.length() >= SHORTEST_MISSPELLED - 1 && name.charAt(0) == word.charAt(0))
                .filter(name -> NearestName.distance(name, word) == 1
                        || NearestName.distance(name, word.replaceFirst("s$", "")) == 1)
                .toList();
        List<Link> links = near.stream().map(Stems::of).distinct().count() == 1
                ? names.apply(List.of(near.get(0))).stream()
                        .filter(l -> !(l instanceof Link.ToValue))
                        .map(l -> l.times(BEGINNING))
                        .toList()
                : List.of();
        return links.isEmpty() ? Optional.empty() : Optional.of(new Taken(near.get(0), links));
    }

    private static boolean mayBe(Link link, Relation relation) {
        boolean same = relation == Relation.SYNONYM || relation == Relation.DERIVED;
        boolean kind = link instanceof Link.ToTable || link instanceof Link.ToColumn && same;
        // the managers of employees are no word of their own
        return kind && link.score() >= SURE && !link.table().facts().containsKey(Lexicon.ROLE_OF);
    }
}
