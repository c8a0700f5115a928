package io.calque.app.evaluation;

import io.calque.app.evaluation.Verdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Scores as a table: all questions, and each category. Stateless. */
public final class ScoreReport {
    private static final double Z = 1.96;

    private ScoreReport() {}

    public static List<String> lines(List<Verdict> verdicts) {
        SortedMap<String, List<Verdict>> categories = new TreeMap<>();
        verdicts.forEach(v -> categories
                .computeIfAbsent(v.question().category(), c -> new ArrayList<>())
                .add(v));
        List<String> lines = new ArrayList<>();
        lines.add(
                "| category | questions | answered | right, strict | right, lenient | precision | declined | failed |");
        lines.add("|---|---|---|---|---|---|---|---|");
        categories.forEach((category, some) -> lines.add(line(category, some)));
        lines.add(line("all", verdicts));
        lines.add("");
        lines.add("lenient accuracy " + interval(verdicts) + "; planning "
                + planning(verdicts, 0.5).toMillis() + " ms in the median, "
                + planning(verdicts, 0.95).toMillis() + " ms at the 95th percentile");
        return lines;
    }

    /** How many questions came to the same in both lists, and which did not. */
    public static String same(List<Verdict> one, List<Verdict> other) {
        List<String> different = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            if (!one.get(i).sameAs(other.get(i))) {
                different.add(one.get(i).question().id());
            }
        }
        return "the same answers: " + (one.size() - different.size()) + " of " + one.size()
                + (different.isEmpty() ? "" : "; others: " + String.join(", ", different));
    }

    private static String line(String name, List<Verdict> verdicts) {
        long answerable =
                verdicts.stream().filter(v -> !v.question().unanswerable()).count();
        long answered = verdicts.stream().filter(Verdict::answered).count();
        long strict = count(verdicts, Outcome.STRICT);
        long right = verdicts.stream().filter(Verdict::isRight).count();
        long declined = count(verdicts, Outcome.DECLINED) + count(verdicts, Outcome.RIGHTLY_DECLINED);
        return "| " + name + " | " + verdicts.size() + " | " + answered + " | " + share(strict, answerable) + " | "
                + share(right, answerable) + " | " + share(right, answered) + " | " + declined + " | "
                + count(verdicts, Outcome.FAILED) + " |";
    }

    private static long count(List<Verdict> verdicts, Outcome outcome) {
        return verdicts.stream().filter(v -> v.outcome() == outcome).count();
    }

    private static String share(long part, long whole) {
        return whole == 0 ? "-" : part + " (" + percent((double) part / whole) + ")";
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    /** Wilson's interval of 95 %. */
    private static String interval(List<Verdict> verdicts) {
        long n = verdicts.stream().filter(v -> !v.question().unanswerable()).count();
        if (n == 0) {
            return "unknown";
        }
        double p = (double) verdicts.stream().filter(Verdict::isRight).count() / n;
        double d = 1 + Z * Z / n;
        double middle = p + Z * Z / (2 * n);
        double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4.0 * n * n));
        return percent(p) + ", 95 % interval " + percent((middle - half) / d) + " to " + percent((middle + half) / d);
    }

    private static Duration planning(List<Verdict> verdicts, double percentile) {
        List<Duration> times = verdicts.stream().map(Verdict::planning).sorted().toList();
        return times.isEmpty()
                ? Duration.ZERO
                : times.get(Math.min(times.size() - 1, (int) Math.floor(times.size() * percentile)));
    }
}
