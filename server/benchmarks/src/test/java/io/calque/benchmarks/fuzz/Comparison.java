package io.calque.benchmarks.fuzz;

import io.calque.testkit.fuzz.Query;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether two outcomes of one query are the same answer: the same bag of rows, doubles to 1e-12 of their size, and the same sequence
 * of the sort keys that the query names. Stateless.
 */
final class Comparison {
    private static final double TOLERANCE = 1e-12;

    private Comparison() {}

    /** What differs, in one line; empty when nothing does. */
    static Optional<String> difference(Outcome expected, Outcome actual, Query query) {
        if (expected instanceof Outcome.Rows want && actual instanceof Outcome.Rows have) {
            return rows(want.rows(), have.rows(), query.tail());
        }
        boolean bothFail = expected instanceof Outcome.Failed && actual instanceof Outcome.Failed;
        return bothFail ? Optional.empty() : Optional.of("one fails, the other does not");
    }

    private static Optional<String> rows(
            List<List<@Nullable Object>> want, List<List<@Nullable Object>> have, Query.Tail tail) {
        if (want.size() != have.size()) {
            return Optional.of(have.size() + " rows instead of " + want.size());
        }
        Optional<String> bag = sequence(sorted(want), sorted(have), "row");
        if (bag.isPresent() || tail.keys().isEmpty()) {
            return bag;
        }
        if (tail.total()) {
            return sequence(want, have, "place");
        }
        return sequence(keys(want, tail), keys(have, tail), "sort keys at place");
    }

    private static List<List<@Nullable Object>> keys(List<List<@Nullable Object>> rows, Query.Tail tail) {
        List<List<@Nullable Object>> keys = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            tail.keys().stream().filter(k -> k.ordinal() > 0).forEach(k -> key.add(row.get(k.ordinal() - 1)));
            keys.add(key);
        }
        return keys;
    }

    private static Optional<String> sequence(
            List<List<@Nullable Object>> want, List<List<@Nullable Object>> have, String what) {
        for (int i = 0; i < want.size(); i++) {
            for (int column = 0; column < want.get(i).size(); column++) {
                if (!same(want.get(i).get(column), have.get(i).get(column))) {
                    return Optional.of(what + " " + (i + 1) + ": " + have.get(i) + " instead of " + want.get(i));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            double largest = Math.max(Math.abs(x), Math.abs(y));
            return x.equals(y)
                    || (double) x == y
                    || Math.abs(x - y) <= TOLERANCE * largest && largest < Double.MAX_VALUE;
        }
        return a == null ? b == null : a.equals(b);
    }

    /** Doubles come last, because equal ones may differ in their last digits. */
    private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        Comparator<List<@Nullable Object>> exact = Comparator.comparing(row -> text(row, false));
        return rows.stream().sorted(exact.thenComparing(Comparison::byDoubles)).toList();
    }

    private static int byDoubles(List<@Nullable Object> a, List<@Nullable Object> b) {
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i) instanceof Double x && b.get(i) instanceof Double y && !same(x, y)) {
                return Double.compare(x, y);
            }
        }
        return 0;
    }

    private static String text(List<@Nullable Object> row, boolean doubles) {
        StringBuilder text = new StringBuilder();
        for (Object value : row) {
            boolean left = value instanceof Double && !doubles;
            text.append(
                            left
                                    ? ""
                                    : value instanceof BigDecimal n
                                            ? n.toPlainString()
                                            : value == null ? "\u0000" : value.toString())
                    .append('\u0001');
        }
        return text.toString();
    }
}
