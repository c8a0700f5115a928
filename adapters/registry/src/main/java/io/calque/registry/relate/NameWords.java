package io.calque.registry.relate;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Splits names of tables and columns into words. Stateless. */
final class NameWords {
    /** Words that only say that a column identifies something. */
    static final Set<String> MARKERS = Set.of(
            "id",
            "key",
            "no",
            "nr",
            "num",
            "number",
            "code",
            "cd",
            "ref",
            "fk",
            "pk",
            "uuid",
            "guid",
            "oid",
            "sk",
            "ident",
            "identifier");
    /** Markers that are also the end of a longer word without a break: custkey, zipcode. */
    private static final List<String> SUFFIXES = List.of("key", "code", "uuid", "guid");
    /** Markers so short that a break before them must be known: ordernr, but not corner. */
    private static final List<String> SHORT_SUFFIXES = List.of("no", "nr", "num", "cd", "ref", "fk");
    /** Words that end in id and hold no identifier. */
    private static final Set<String> NO_ID = Set.of(
            "paid",
            "prepaid",
            "unpaid",
            "valid",
            "invalid",
            "void",
            "avoid",
            "grid",
            "bid",
            "aid",
            "said",
            "solid",
            "liquid",
            "fluid",
            "hybrid",
            "rapid",
            "acid",
            "humid",
            "covid",
            "android",
            "asteroid",
            "thyroid",
            "steroid",
            "squid",
            "plaid",
            "braid",
            "orchid");
    /** Words that tables carry and that name nothing. */
    private static final Set<String> TABLE_NOISE =
            Set.of("tbl", "table", "tab", "dim", "fact", "t", "mst", "master", "data", "list", "info", "ref");

    private static final int SHORTEST_STEM = 3;

    private NameWords() {}

    /** Lower case words of a name in the singular, split at everything that is no letter and at changes of case; numbers are dropped. */
    static List<String> of(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean starts = Character.isUpperCase(c)
                    && i > 0
                    && (Character.isLowerCase(name.charAt(i - 1))
                            || i + 1 < name.length()
                                    && Character.isUpperCase(name.charAt(i - 1))
                                    && Character.isLowerCase(name.charAt(i + 1)));
            if (!Character.isLetter(c) || starts) {
                end(word, words);
            }
            if (Character.isLetter(c)) {
                word.append(c);
            }
        }
        end(word, words);
        return List.copyOf(words);
    }

    private static void end(StringBuilder word, List<String> words) {
        if (word.length() > 0) {
            words.add(singular(word.toString().toLowerCase(Locale.ROOT)));
            word.setLength(0);
        }
    }

    static String singular(String word) {
        if (word.length() > 4 && word.endsWith("ies")) {
            return word.substring(0, word.length() - 3) + "y";
        }
        if (word.length() > 4
                && (word.endsWith("sses") || word.endsWith("xes") || word.endsWith("ches") || word.endsWith("shes"))) {
            return word.substring(0, word.length() - 2);
        }
        boolean plural = word.length() > 3
                && word.endsWith("s")
                && !word.endsWith("ss")
                && !word.endsWith("us")
                && !word.endsWith("is");
        return plural ? word.substring(0, word.length() - 1) : word;
    }

    /** Words of a table's name; of a child table's, those of its last step. */
    static List<String> ofTable(String table) {
        List<String> words = of(table.substring(table.lastIndexOf('.') + 1));
        List<String> telling =
                words.stream().filter(w -> !TABLE_NOISE.contains(w)).toList();
        return telling.isEmpty() ? words : telling;
    }

    /**
     * Parts words that end in a marker: {@code orderkey} becomes {@code order key}, {@code ordernr} becomes {@code order nr} when
     * {@code order} begins a word in {@code known}.
     */
    static List<String> parted(List<String> words, Set<String> known) {
        List<String> parted = new ArrayList<>();
        for (String word : words) {
            int cut = cut(word, known);
            if (cut > 0) {
                parted.add(word.substring(0, cut));
                parted.add(word.substring(cut));
            } else {
                parted.add(word);
            }
        }
        return List.copyOf(parted);
    }

    private static int cut(String word, Set<String> known) {
        for (String suffix : SUFFIXES) {
            int at = word.length() - suffix.length();
            if (at >= SHORTEST_STEM && word.endsWith(suffix)) {
                return at;
            }
        }
        if (word.endsWith("id") && word.length() - 2 >= SHORTEST_STEM && !NO_ID.contains(word)) {
            return word.length() - 2;
        }
        for (String suffix : SHORT_SUFFIXES) {
            int at = word.length() - suffix.length();
            if (at >= SHORTEST_STEM
                    && word.endsWith(suffix)
                    && known.stream().anyMatch(k -> k.startsWith(word.substring(0, at)))) {
                return at;
            }
        }
        return 0;
    }
}
