package io.calque.nl2plan.search;

import io.calque.nl2plan.english.PartOfSpeech;
import io.calque.nl2plan.english.WordNet;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words inside a name: {@code sale_price}, {@code salePrice} and {@code saleprice} are "sale price". Glued names are cut where known
 * words meet, with the fewest cuts; where they do not reach, one word of general English may stand beside them. Immutable.
 */
final class NameWords {
    private static final int SHORTEST_PREFIX = 2;
    /** Shorter words of general English are found in any name by chance. */
    private static final int SHORTEST_ENGLISH = 4;
    /** From so many names on, what they share is a habit and no chance. */
    static final int SIBLINGS = 3;

    private static final int SHORTEST_BEGINNING = 3;
    private static final Map<String, String> HALVES = Map.of("f", "first", "l", "last", "m", "middle");

    /** What a designer writes at either end of a table's name to say what kind of table it is; nobody says it of the rows. */
    private static final Set<String> KINDS =
            Set.of("mstr", "mst", "hdr", "ref", "lkp", "lkup", "tbl", "tab", "dim", "fact", "fct");

    private final Thesaurus thesaurus;
    private final Set<String> vocabulary;

    /**
     * @param names all names of the catalog: what one writes apart teaches how to cut another
     */
    NameWords(Thesaurus thesaurus, Collection<String> names) {
        this.thesaurus = thesaurus;
        this.vocabulary = new HashSet<>(thesaurus.words());
        Set<String> taught = new HashSet<>();
        for (String name : names) {
            List<String> parts = apart(name);
            if (parts.size() > 1) {
                // a part that is itself glued, as acctbal of s_acctbal, teaches nothing
                parts.stream().filter(p -> p.length() > 2 && cut(p).size() == 1).forEach(taught::add);
            }
        }
        vocabulary.addAll(taught);
    }

    /** Lower-case words, abbreviations spelled out. */
    List<String> of(String name) {
        return of(name, Map.of());
    }

    /** The words of a table's name without what says only its kind: {@code cust_mstr} are customers. */
    List<String> ofTable(String name) {
        List<String> parts = apart(name);
        List<String> words = of(name);
        if (parts.size() < 2 || words.size() < 2) {
            return words;
        }
        if (KINDS.contains(parts.get(parts.size() - 1))) {
            return words.subList(0, words.size() - 1);
        }
        return KINDS.contains(parts.get(0)) ? words.subList(1, words.size()) : words;
    }

    /**
     * @param nicknames what short words stand for in the schema of the name
     */
    List<String> of(String name, Map<String, List<String>> nicknames) {
        List<String> parts = apart(name);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            String half = i + 1 < parts.size() && parts.get(i + 1).equals("name") ? HALVES.get(part) : null;
            if (half != null) {
                words.add(half);
                continue;
            }
            List<String> meant = nicknames.get(part);
            if (meant != null && parts.size() > 1) {
                words.addAll(meant);
                continue;
            }
            cut(part)
                    .forEach(word ->
                            words.addAll(List.of(thesaurus.expanded(word, parts).split("_"))));
        }
        return words.isEmpty() ? List.of(name.toLowerCase(Locale.ROOT)) : words;
    }

    /** The one word before an underscore that is no word of names by itself, as {@code px} of {@code px_}. */
    Optional<String> nickname(String prefix) {
        String word = prefix.endsWith("_") ? prefix.substring(0, prefix.length() - 1) : "";
        boolean one = word.length() >= SHORTEST_PREFIX && word.chars().allMatch(Character::isLetter);
        return one && !vocabulary.contains(word) ? Optional.of(word) : Optional.empty();
    }

    /** The glued parts of a name with what they are cut into. */
    Map<String, List<String>> glued(String name) {
        Map<String, List<String>> glued = new HashMap<>();
        for (String part : apart(name)) {
            List<String> words = cut(part);
            if (words.size() > 1) {
                glued.put(part, words);
            }
        }
        return glued;
    }

    /** The known words that a word is made of; null where it is not made of several. */
    @Nullable List<String> cutWhole(String word) {
        List<String> parts = cut(word.toLowerCase(Locale.ROOT));
        return parts.size() > 1 ? parts : null;
    }

    /**
     * What columns of a table begin with where that is the beginning of a table's name: {@code StuID} of students, {@code pName} of players,
     * whose key begins with the letter, too.
     */
    Map<String, List<String>> shortened(TableDescriptor table, List<String> tables) {
        Map<String, List<String>> shortened = new HashMap<>();
        List<String> key = RowKeys.of(table);
        for (ColumnDescriptor column : table.columns()) {
            List<String> parts = apart(column.name());
            String first = parts.size() > 1 ? parts.get(0) : "";
            boolean letter = first.length() == 1
                    && key.equals(List.of(column.name()))
                    && apart(table.name().table()).get(0).startsWith(first);
            boolean beginning = first.length() >= SHORTEST_BEGINNING
                    && !vocabulary.contains(first)
                    && first.chars().allMatch(Character::isLetter);
            if (!letter && !beginning) {
                continue;
            }
            List<String> meant = letter
                    ? List.of(table.name().table())
                    : tables.stream()
                            .filter(t -> apart(t).get(0).startsWith(first)
                                    && apart(t).get(0).length() > first.length() + 1)
                            .toList();
            if (meant.size() == 1) {
                shortened.put(first, ofTable(meant.get(0)));
            }
        }
        return shortened;
    }

    /**
     * The beginning that all of these share and that says nothing, as {@code l_} in the columns of lineitem; empty where there is none.
     */
    String commonPrefix(List<String> siblings) {
        if (siblings.size() < SIBLINGS) {
            return "";
        }
        String first = siblings.get(0).toLowerCase(Locale.ROOT);
        int length = first.length() - 1;
        for (String sibling : siblings) {
            String lower = sibling.toLowerCase(Locale.ROOT);
            int same = 0;
            while (same < Math.min(length, lower.length() - 1) && lower.charAt(same) == first.charAt(same)) {
                same++;
            }
            length = same;
        }
        if (length < SHORTEST_PREFIX) {
            return "";
        }
        String prefix = first.substring(0, length);
        int underscore = prefix.lastIndexOf('_');
        return underscore >= 0 ? prefix.substring(0, underscore + 1) : prefix;
    }

    private static List<String> apart(String name) {
        List<String> parts = new ArrayList<>();
        for (String part : name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2")
                .split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty()) {
                parts.add(part.toLowerCase(Locale.ROOT));
            }
        }
        return parts;
    }

    /** The fewest known words that make up the text; the text itself where they do not. */
    private List<String> cut(String glued) {
        if (vocabulary.contains(glued) || glued.length() < 5) {
            return List.of(glued);
        }
        int n = glued.length();
        List<List<String>> best = new ArrayList<>();
        best.add(List.of());
        for (int end = 1; end <= n; end++) {
            List<String> shortest = null;
            for (int start = 0; start < end; start++) {
                String word = glued.substring(start, end);
                List<String> before = best.get(start);
                boolean reachable = start == 0 || !before.isEmpty();
                if (reachable && known(word) && (shortest == null || before.size() + 1 < shortest.size())) {
                    shortest = new ArrayList<>(before);
                    shortest.add(word);
                }
            }
            best.add(shortest == null ? List.of() : shortest);
        }
        return best.get(n).isEmpty() ? cutByEnglish(glued) : best.get(n);
    }

    /** One word of general English before or after words of names: {@code admissiondate}, {@code hasprojector}. */
    private List<String> cutByEnglish(String glued) {
        for (int at = glued.length() - 2; at >= SHORTEST_ENGLISH; at--) {
            List<String> rest = cutKnown(glued.substring(at));
            if (!rest.isEmpty() && isEnglish(glued.substring(0, at))) {
                return isEnglish(glued) ? List.of(glued) : joined(List.of(glued.substring(0, at)), rest);
            }
        }
        for (int at = 2; at <= glued.length() - SHORTEST_ENGLISH; at++) {
            List<String> first = cutKnown(glued.substring(0, at));
            if (!first.isEmpty() && isEnglish(glued.substring(at))) {
                return isEnglish(glued) ? List.of(glued) : joined(first, List.of(glued.substring(at)));
            }
        }
        return List.of(glued);
    }

    /** Empty where the text is no known word, nor two of them. */
    private List<String> cutKnown(String text) {
        if (known(text)) {
            return List.of(text);
        }
        for (int at = 3; at <= text.length() - 2; at++) {
            if (known(text.substring(0, at)) && known(text.substring(at))) {
                return List.of(text.substring(0, at), text.substring(at));
            }
        }
        return List.of();
    }

    private static List<String> joined(List<String> first, List<String> last) {
        List<String> all = new ArrayList<>(first);
        all.addAll(last);
        return all;
    }

    private static boolean isEnglish(String word) {
        return WordNet.get().of(word) != PartOfSpeech.NONE;
    }

    private boolean known(String word) {
        return vocabulary.contains(word)
                || word.length() > 3 && word.endsWith("s") && vocabulary.contains(word.substring(0, word.length() - 1));
    }
}
