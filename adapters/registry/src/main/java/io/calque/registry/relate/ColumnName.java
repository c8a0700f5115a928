package io.calque.registry.relate;

import java.util.List;
import java.util.Set;

/**
 * What a column's name says.
 *
 * @param stem words besides markers and the prefix that its whole table shares; empty when nothing is left that tells
 * @param marked whether a word says that the column identifies something
 * @param measure whether a word says that the column counts or measures
 */
record ColumnName(List<String> stem, boolean marked, boolean measure) {
    /** Words of quantities, positions, dates, states: their small whole numbers lie in every key. */
    private static final Set<String> MEASURES = Set.of(
            "quantity",
            "qty",
            "amount",
            "amt",
            "price",
            "cost",
            "total",
            "sum",
            "count",
            "cnt",
            "age",
            "year",
            "month",
            "day",
            "week",
            "hour",
            "minute",
            "second",
            "millisecond",
            "duration",
            "size",
            "length",
            "width",
            "height",
            "weight",
            "depth",
            "volume",
            "rate",
            "ratio",
            "percent",
            "percentage",
            "pct",
            "discount",
            "tax",
            "score",
            "rating",
            "rank",
            "level",
            "priority",
            "seq",
            "sequence",
            "position",
            "pos",
            "ordinal",
            "index",
            "idx",
            "line",
            "linenumber",
            "lineno",
            "row",
            "rownumber",
            "version",
            "status",
            "state",
            "flag",
            "byte",
            "balance",
            "bal",
            "capacity",
            "limit",
            "min",
            "max",
            "avg",
            "mean",
            "lat",
            "lon",
            "latitude",
            "longitude",
            "date",
            "time",
            "timestamp",
            "stock",
            "availqty",
            "temperature",
            "point");

    private static final int TELLING = 3;

    ColumnName {
        stem = List.copyOf(stem);
    }

    /**
     * @param name SQL name; a dotted one speaks by its last step, or by the one before when the last is only a marker
     * @param prefix first word of nearly every column of the table, empty where there is none
     * @param known words of all tables
     */
    static ColumnName of(String name, String prefix, Set<String> known) {
        String[] steps = name.split("\\.");
        ColumnName last = ofStep(steps[steps.length - 1], prefix, known);
        if (last.stem.isEmpty() && steps.length > 1) {
            ColumnName before = ofStep(steps[steps.length - 2], "", known);
            return new ColumnName(before.stem, last.marked, last.measure);
        }
        return last;
    }

    private static ColumnName ofStep(String step, String prefix, Set<String> known) {
        List<String> words = NameWords.of(step);
        if (!prefix.isEmpty() && words.size() > 1 && words.get(0).equals(prefix)) {
            words = words.subList(1, words.size());
        }
        List<String> parted = NameWords.parted(words, known);
        List<String> stem =
                parted.stream().filter(w -> !NameWords.MARKERS.contains(w)).toList();
        boolean marked = stem.size() < parted.size();
        boolean telling = stem.stream().anyMatch(w -> w.length() >= TELLING);
        boolean measure = !stem.isEmpty()
                && (MEASURES.contains(stem.get(stem.size() - 1)) || MEASURES.contains(String.join("", stem)));
        return new ColumnName(telling ? stem : List.of(), marked, measure);
    }

    boolean tells() {
        return !stem.isEmpty();
    }

    /** The first word that at least four fifths of a table's columns share, when it is short: {@code l_} of {@code l_orderkey}. */
    static String sharedPrefix(List<String> columnNames) {
        if (columnNames.size() < 3) {
            return "";
        }
        List<List<String>> words = columnNames.stream().map(NameWords::of).toList();
        String first = words.get(0).isEmpty() ? "" : words.get(0).get(0);
        long sharing = words.stream()
                .filter(w -> w.size() > 1 && w.get(0).equals(first))
                .count();
        return first.length() <= 4 && sharing * 5 >= columnNames.size() * 4L ? first : "";
    }
}
