package io.calque.planner.lowering;

import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.rel.RelFieldCollation;
import org.jspecify.annotations.Nullable;

/**
 * Compares rows as ORDER BY says: text by code point, NaN above all numbers, NULLs where each key puts them. Immutable, thread-safe.
 *
 * <p>A row is an array of values, or the value itself where there is one column.
 */
public final class RowOrder implements Comparator<@Nullable Object> {
    private final int[] fields;
    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final boolean singleColumn;

    /** Called from generated code. */
    public RowOrder(int[] fields, boolean[] descending, boolean[] nullsFirst, boolean singleColumn) {
        this.fields = fields.clone();
        this.descending = descending.clone();
        this.nullsFirst = nullsFirst.clone();
        this.singleColumn = singleColumn;
    }

    /** NULLs of a key without a stated place sort high: last ascending, first descending. */
    public static RowOrder of(List<RelFieldCollation> keys, int columns) {
        int[] fields = new int[keys.size()];
        boolean[] descending = new boolean[keys.size()];
        boolean[] nullsFirst = new boolean[keys.size()];
        for (int i = 0; i < fields.length; i++) {
            RelFieldCollation key = keys.get(i);
            fields[i] = key.getFieldIndex();
            descending[i] = key.direction.isDescending();
            nullsFirst[i] = nullsFirst(key);
        }
        return new RowOrder(fields, descending, nullsFirst, columns == 1);
    }

    static boolean nullsFirst(RelFieldCollation key) {
        return key.nullDirection == RelFieldCollation.NullDirection.UNSPECIFIED
                ? key.direction.isDescending()
                : key.nullDirection == RelFieldCollation.NullDirection.FIRST;
    }

    @Override
    public int compare(@Nullable Object left, @Nullable Object right) {
        for (int i = 0; i < fields.length; i++) {
            int order = compareKey(value(left, fields[i]), value(right, fields[i]), i);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private @Nullable Object value(@Nullable Object row, int field) {
        return singleColumn || row == null ? row : ((@Nullable Object[]) row)[field];
    }

    private int compareKey(@Nullable Object left, @Nullable Object right, int key) {
        if (left == null || right == null) {
            if (left == right) {
                return 0;
            }
            return (left == null) == nullsFirst[key] ? -1 : 1;
        }
        int order = compareValues(left, right);
        return descending[key] ? -order : order;
    }

    /** The order of two values of one type, neither NULL. */
    @SuppressWarnings("unchecked")
    public static int compareValues(Object left, Object right) {
        if (left instanceof String text) {
            return Integer.signum(CodePoints.compare(text, (String) right));
        }
        if (left instanceof Double number) {
            // 0.0 and -0.0 are one value; NaN equals itself and is the highest.
            double other = (Double) right;
            return number == other ? 0 : Double.compare(number, other);
        }
        if (left instanceof Float number) {
            float other = (Float) right;
            return number == other ? 0 : Float.compare(number, other);
        }
        if (left instanceof List<?> list) {
            return compareLists(list, (List<?>) right);
        }
        return Integer.signum(((Comparable<Object>) left).compareTo(right));
    }

    private static int compareLists(List<?> left, List<?> right) {
        Iterator<?> rights = right.iterator();
        for (Object element : left) {
            if (!rights.hasNext()) {
                return 1;
            }
            Object other = rights.next();
            int order = element == null || other == null
                    ? Boolean.compare(element == null, other == null)
                    : compareValues(element, other);
            if (order != 0) {
                return order;
            }
        }
        return rights.hasNext() ? -1 : 0;
    }
}
