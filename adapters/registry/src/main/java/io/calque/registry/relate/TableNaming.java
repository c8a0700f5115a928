package io.calque.registry.relate;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which tables the words of a column name. Single-threaded: it remembers what it was asked. */
final class TableNaming {
    private static final int SHORTEST_ABBREVIATION = 3;

    private final Set<List<String>> tables = new HashSet<>();
    private final Map<List<String>, Boolean> asked = new HashMap<>();

    TableNaming(List<Profile> profiles) {
        profiles.forEach(p -> tables.add(p.words()));
    }

    /** How well a column's words name a table, best first. */
    enum Match {
        WHOLE,
        IN_ROLE,
        SHORT,
        HEAD,
        NONE;

        boolean names() {
            return this == WHOLE || this == IN_ROLE || this == SHORT;
        }
    }

    /** Whether the words name any table. */
    boolean nameSome(List<String> stem) {
        return asked.computeIfAbsent(
                stem, s -> tables.stream().anyMatch(t -> match(s, t).names()));
    }

    static Match match(List<String> stem, List<String> table) {
        if (stem.isEmpty() || table.isEmpty()) {
            return Match.NONE;
        }
        String said = String.join("", stem);
        String named = String.join("", table);
        if (said.equals(named)) {
            return Match.WHOLE;
        }
        if (named.length() > SHORTEST_ABBREVIATION && said.endsWith(named)) {
            return Match.IN_ROLE;
        }
        if (table.size() > 1 && said.length() == table.size() && initials(table).equals(said)) {
            return Match.SHORT;
        }
        if (stem.size() >= table.size() && abbreviates(stem.subList(stem.size() - table.size(), stem.size()), table)) {
            return Match.SHORT;
        }
        return table.size() > 1 && stem.get(stem.size() - 1).equals(table.get(table.size() - 1))
                ? Match.HEAD
                : Match.NONE;
    }

    private static String initials(List<String> words) {
        StringBuilder initials = new StringBuilder();
        words.forEach(w -> initials.append(w.charAt(0)));
        return initials.toString();
    }

    private static boolean abbreviates(List<String> some, List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            String a = some.get(i);
            String b = words.get(i);
            if (!a.equals(b) && !isShortOf(a, b) && !isShortOf(b, a)) {
                return false;
            }
        }
        return true;
    }

    /** The beginning of the word, or its letters in order with the same first and last but one or more left out: dept, mgr. */
    private static boolean isShortOf(String brief, String word) {
        if (brief.length() < SHORTEST_ABBREVIATION || brief.length() >= word.length()) {
            return false;
        }
        if (word.startsWith(brief)) {
            return true;
        }
        if (brief.charAt(0) != word.charAt(0) || brief.charAt(brief.length() - 1) != word.charAt(word.length() - 1)) {
            return false;
        }
        int at = 0;
        for (int i = 0; i < word.length() && at < brief.length(); i++) {
            at += word.charAt(i) == brief.charAt(at) ? 1 : 0;
        }
        return at == brief.length();
    }
}
