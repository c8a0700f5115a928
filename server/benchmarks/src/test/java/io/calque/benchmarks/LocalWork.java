package io.calque.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads EXPLAIN's text: which operators run here, and whether each has its reason. Stateless. */
public final class LocalWork {
    private static final String TITLE = "Done locally:";
    private static final Pattern RESIDUAL = Pattern.compile("  ([A-Z]+)(?: .*)?: (\\S.*[^. ])");
    /** Words of physical operators, and how the residuals call the same work. */
    private static final Map<Pattern, String> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(Pattern.compile("\\w*Join\\b.*|Correlate\\b.*"), "JOIN");
        KINDS.put(Pattern.compile("\\w*Aggregate\\b.*"), "AGGREGATE");
        KINDS.put(Pattern.compile("\\w*Sort\\b.*|Limit\\w*\\b.*"), "SORT");
        KINDS.put(Pattern.compile("Union\\b.*"), "UNION");
        KINDS.put(Pattern.compile("Intersect\\b.*"), "INTERSECT");
        KINDS.put(Pattern.compile("Minus\\b.*"), "MINUS");
    }

    private LocalWork() {}

    /** The lines of the plan. */
    public static List<String> plan(List<String> explained) {
        int end = explained.indexOf(TITLE);
        return end < 0 ? explained : explained.subList(0, end - 1);
    }

    /** What is done here, each with its reason. */
    public static List<String> residuals(List<String> explained) {
        int begin = explained.indexOf(TITLE);
        return begin < 0 ? List.of() : explained.subList(begin + 1, explained.size());
    }

    /** Operators that run here, without the fetches; the outermost first. */
    public static List<String> operators(List<String> explained) {
        return plan(explained).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("|") && !line.startsWith("Fetch "))
                .toList();
    }

    /** What is wrong with the reasons: one line each, empty where every operator has one. */
    public static List<String> unexplained(List<String> explained) {
        List<String> found = new ArrayList<>();
        Map<String, Integer> reasons = new LinkedHashMap<>();
        for (String residual : residuals(explained)) {
            var matched = RESIDUAL.matcher(residual);
            if (!matched.matches()) {
                found.add("no reason on one line: " + residual);
                continue;
            }
            String kind = matched.group(1);
            reasons.merge(kind.equals("CORRELATE") ? "JOIN" : kind, 1, Integer::sum);
        }
        KINDS.forEach((operator, kind) -> {
            long local = operators(explained).stream()
                    .filter(line -> operator.matcher(line).matches())
                    .count();
            if (local > reasons.getOrDefault(kind, 0)) {
                found.add(local + " " + kind + " run here, " + reasons.getOrDefault(kind, 0) + " have a reason");
            }
        });
        return found;
    }
}
