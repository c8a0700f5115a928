package io.calque.planner.physical;

import io.calque.planner.lowering.CodePoints;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the values of a stored column lie, to tell what share of its rows is between two of them. Immutable.
 *
 * @param bounds of parts that hold as many rows each, ascending: numbers as Double, days since 1970 for dates, or text
 * @param common frequent values, whose rows are in no part
 * @param spread share of the rows in the parts together
 */
public record ColumnSpread(List<Object> bounds, List<Common> common, double spread) {
    /**
     * @param fraction share of all rows
     */
    public record Common(Object value, double fraction) {}

    public ColumnSpread {
        bounds = List.copyOf(bounds);
        common = List.copyOf(common);
    }

    /** What statistics say of a column; empty where they say too little. */
    public static Optional<ColumnSpread> of(DataType type, ColumnStatistics known) {
        List<Object> bounds = values(type, known.histogram());
        List<Common> common = new ArrayList<>();
        if (bounds.size() < 2) {
            // The whole column is one part then, its frequent values with it.
            bounds = values(
                    type,
                    known.min().isPresent() && known.max().isPresent()
                            ? List.of(known.min().get(), known.max().get())
                            : List.of());
            if (bounds.size() < 2 || type.kind() == TypeKind.VARCHAR) {
                return Optional.empty();
            }
        } else {
            for (ColumnStatistics.CommonValue value : known.mostCommon()) {
                value(type, value.value()).ifPresent(v -> common.add(new Common(v, value.fraction())));
            }
        }
        bounds.sort(ColumnSpread::compare);
        double others = common.stream().mapToDouble(Common::fraction).sum();
        double nulls = known.nullFraction().orElse(0);
        return Optional.of(new ColumnSpread(bounds, common, Math.max(0, 1 - nulls - others)));
    }

    private static List<Object> values(DataType type, List<String> canonical) {
        List<Object> values = new ArrayList<>();
        for (String text : canonical) {
            value(type, text).ifPresent(values::add);
        }
        return values;
    }

    private static Optional<Object> value(DataType type, String canonical) {
        try {
            return switch (type.kind()) {
                case SMALLINT, INTEGER, BIGINT, DECIMAL -> Optional.of(Double.parseDouble(canonical));
                case DATE -> Optional.of((double) LocalDate.parse(canonical).toEpochDay());
                case VARCHAR -> Optional.of(canonical);
                default -> Optional.empty();
            };
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int compare(Object a, Object b) {
        return a instanceof String text ? CodePoints.compare(text, (String) b) : Double.compare((Double) a, (Double) b);
    }

    /** The least value known; for a range that another column's values lie in. */
    public Object least() {
        Object least = bounds.get(0);
        for (Common value : common) {
            least = compare(value.value(), least) < 0 ? value.value() : least;
        }
        return least;
    }

    /** The greatest value known. */
    public Object greatest() {
        Object greatest = bounds.get(bounds.size() - 1);
        for (Common value : common) {
            greatest = compare(value.value(), greatest) > 0 ? value.value() : greatest;
        }
        return greatest;
    }

    /**
     * The share of all rows whose value is between two, 0 to 1.
     *
     * @param least a number, a day, or text
     */
    public double share(Object least, Object greatest) {
        Object from = comparable(least);
        Object to = comparable(greatest);
        double between = Math.max(0, below(to) - below(from)) * spread;
        for (Common value : common) {
            boolean within = compare(value.value(), from) >= 0 && compare(value.value(), to) <= 0;
            between += within ? value.fraction() : 0;
        }
        return Math.min(1, between);
    }

    private static Object comparable(Object value) {
        return value instanceof Number number ? (Object) number.doubleValue() : value;
    }

    /** The share of the parts below a value; in a part of numbers they are taken to lie evenly. */
    private double below(Object value) {
        int parts = bounds.size() - 1;
        for (int i = 0; i < parts; i++) {
            if (compare(value, bounds.get(i + 1)) < 0) {
                return (i + within(bounds.get(i), value, bounds.get(i + 1))) / parts;
            }
        }
        return 1;
    }

    private static double within(Object low, Object value, Object high) {
        if (compare(value, low) <= 0) {
            return 0;
        }
        return value instanceof Double at ? (at - (Double) low) / ((Double) high - (Double) low) : 0.5;
    }
}
