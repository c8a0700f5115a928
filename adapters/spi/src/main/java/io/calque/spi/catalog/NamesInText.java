package io.calque.spi.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What may be a name in a text that nobody parses: SQL of whatever dialect, or JSON. Stateless. */
final class NamesInText {
    private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|`[^`]+`|[\\p{L}_$][\\p{L}\\p{N}_$]*)";
    private static final Pattern RUN = Pattern.compile("'(?:[^']|'')*'|" + PART + "(?:\\s*\\.\\s*" + PART + ")*");
    private static final Pattern STEP = Pattern.compile(PART);

    private NamesInText() {}

    /** Names with their dots, each as its parts; not what stands between single quotes. */
    static List<List<String>> runs(String text) {
        List<List<String>> runs = new ArrayList<>();
        Matcher run = RUN.matcher(text);
        while (run.find()) {
            if (run.group().startsWith("'")) {
                continue;
            }
            List<String> parts = new ArrayList<>();
            Matcher step = STEP.matcher(run.group());
            while (step.find()) {
                parts.add(unquoted(step.group()));
            }
            runs.add(List.copyOf(parts));
        }
        return runs;
    }

    private static String unquoted(String part) {
        return switch (part.charAt(0)) {
            case '"' -> part.substring(1, part.length() - 1).replace("\"\"", "\"");
            case '`' -> part.substring(1, part.length() - 1);
            default -> part;
        };
    }

    /** Each name and each piece of a dotted one, folded. */
    static Set<String> all(String text) {
        Set<String> names = new HashSet<>();
        for (List<String> run : runs(text)) {
            for (int from = 0; from < run.size(); from++) {
                for (int to = from + 1; to <= run.size(); to++) {
                    names.add(folded(String.join(".", run.subList(from, to))));
                }
            }
        }
        return names;
    }

    /** Whether {@link #all} names of a text have one. */
    static boolean has(Set<String> names, String name) {
        return names.contains(folded(name));
    }

    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
