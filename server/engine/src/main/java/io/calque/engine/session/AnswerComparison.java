package io.calque.engine.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether two answers are the same bag of rows, and in the same order of the sort keys. Doubles are the same to 1e-12 of their
 * size, since their sums depend on the order of the rows.
 *
 * @param firstOnlyLeft the first rows that only the left answer has, as text
 * @param firstOnlyRight likewise
 */
record AnswerComparison(boolean sameRows, boolean sameOrder, List<String> firstOnlyLeft, List<String> firstOnlyRight) {
    private static final int SHOWN = 5;
    private static final double TOLERANCE = 1e-12;

    AnswerComparison {
        firstOnlyLeft = List.copyOf(firstOnlyLeft);
        firstOnlyRight = List.copyOf(firstOnlyRight);
    }

    /**
     * @param sortKeys positions of columns whose sequence has to agree
     */
    static AnswerComparison of(
            List<List<@Nullable Object>> left, List<List<@Nullable Object>> right, List<Integer> sortKeys) {
        List<List<@Nullable Object>> a = sorted(left);
        List<List<@Nullable Object>> b = sorted(right);
        List<String> onlyLeft = new ArrayList<>();
        List<String> onlyRight = new ArrayList<>();
        boolean same = true;
        int i = 0;
        int j = 0;
        while (i < a.size() || j < b.size()) {
            int compared = i == a.size() ? 1 : j == b.size() ? -1 : compare(a.get(i), b.get(j));
            same &= compared == 0;
            if (compared < 0) {
                add(onlyLeft, a.get(i));
            }
            if (compared > 0) {
                add(onlyRight, b.get(j));
            }
            i += compared <= 0 ? 1 : 0;
            j += compared >= 0 ? 1 : 0;
        }
        return new AnswerComparison(same, same && sameSequence(left, right, sortKeys), onlyLeft, onlyRight);
    }

    private static void add(List<String> shown, List<@Nullable Object> row) {
        if (shown.size() < SHOWN) {
            shown.add(row.stream().map(AnswerComparison::readable).collect(Collectors.joining(", ", "(", ")")));
        }
    }

    private static String readable(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return "X'" + HexFormat.of().formatHex(bytes) + "'";
        }
        return value instanceof String ? "'" + value + "'" : value == null ? "NULL" : value.toString();
    }

    private static boolean sameSequence(
            List<List<@Nullable Object>> left, List<List<@Nullable Object>> right, List<Integer> sortKeys) {
        for (int row = 0; row < left.size(); row++) {
            for (int key : sortKeys) {
                if (compareValues(left.get(row).get(key), right.get(row).get(key)) != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static List<List<@Nullable Object>> sorted(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> copy = new ArrayList<>(rows);
        copy.sort(Comparator.comparing(AnswerComparison::exact).thenComparing(AnswerComparison::compare));
        return copy;
    }

    /** Doubles are left out, because equal ones may differ in their last digits. */
    private static String exact(List<@Nullable Object> row) {
        return row.stream()
                .map(value -> value instanceof Double ? "" : readable(value))
                .collect(Collectors.joining("\u0001"));
    }

    private static int compare(List<@Nullable Object> a, List<@Nullable Object> b) {
        int exact = exact(a).compareTo(exact(b));
        for (int i = 0; i < a.size() && exact == 0; i++) {
            exact = compareValues(a.get(i), b.get(i));
        }
        return exact;
    }

    private static int compareValues(@Nullable Object a, @Nullable Object b) {
        if (a instanceof Double x && b instanceof Double y) {
            boolean near = Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
            return near ? 0 : Double.compare(x, y);
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.compare(x, y);
        }
        return readable(a).compareTo(readable(b));
    }
}
