package io.calque.nl2plan.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words made of one another that no suffix rule of the stemmer brings together: prescribe and prescription, cardiology and cardiologist. Stateless. */
final class Derivations {
    private static final int SHORTEST_ROOT = 4;
    /** How the stems of a verb and of what it is a verb of end after what they share. */
    private static final Set<String> ENDINGS = Set.of(
            "b|pt", "t|ss", "|i", "|or", "|er", "|r", "|ur", "|ment", "|eri", "d|s", "v|t", "|ant", "ain|en", "v|f",
            "c|ct", "er|r", "|ist", "|e", "at|", "or|", "nd|ns", "v|ut", "iv|ept", "iv|eipt");

    private Derivations() {}

    /** Whether one stem is derived from the other. */
    static boolean related(String one, String other) {
        if (one.length() < SHORTEST_ROOT || other.length() < SHORTEST_ROOT || one.equals(other)) {
            return false;
        }
        int shared = 0;
        int most = Math.min(one.length(), other.length());
        while (shared < most && one.charAt(shared) == other.charAt(shared)) {
            shared++;
        }
        if (shared < SHORTEST_ROOT - 1) {
            return false;
        }
        String a = one.substring(shared);
        String b = other.substring(shared);
        boolean whole = a.isEmpty() || b.isEmpty();
        return (whole ? shared >= SHORTEST_ROOT : true)
                && (ENDINGS.contains(a + "|" + b) || ENDINGS.contains(b + "|" + a));
    }

    /** What people are called who work in a field: cardiologist, pediatrician, accountant. */
    static List<String> people(String field) {
        String word = field.toLowerCase(Locale.ROOT);
        List<String> people = new ArrayList<>();
        if (word.endsWith("logy") || word.endsWith("nomy")) {
            people.add(word.substring(0, word.length() - 1) + "ist");
        }
        if (word.endsWith("ics")) {
            people.add(word.substring(0, word.length() - 1) + "ian");
            people.add(word.substring(0, word.length() - 1) + "ist");
            people.add(word.substring(0, word.length() - 3) + "ist");
        }
        if (word.endsWith("ry")) {
            people.add(word.substring(0, word.length() - 1) + "ist");
            people.add(word.substring(0, word.length() - 2) + "on");
        }
        if (word.endsWith("graphy")) {
            people.add(word.substring(0, word.length() - 1) + "er");
        }
        if (word.endsWith("ing")) {
            String verb = word.substring(0, word.length() - 3);
            people.add(verb + "er");
            people.add(verb + "or");
            people.add(verb + "ant");
            people.add(verb);
        }
        if (word.endsWith("ism")) {
            people.add(word.substring(0, word.length() - 1) + "t");
        }
        return people;
    }
}
