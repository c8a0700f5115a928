package io.calque.testkit.rel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Compares the rows that a fragment gave with those it should give: in order where the fragment ends in a sort, else as a bag.
 * DOUBLE agrees to 1e-12 relative, everything else exactly. Stateless.
 */
public final class RowComparison {
    private static final double TOLERANCE = 1e-12;
    private static final int SHOWN = 5;

    private RowComparison() {}

    /** What differs, for a person; empty when nothing does. */
    public static Optional<String> difference(
            RelNode fragment, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        boolean ordered = fragment instanceof Sort sort
                && !sort.getCollation().getFieldCollations().isEmpty();
        return ordered ? inOrder(fragment, expected, actual) : asBags(fragment, expected, actual);
    }

    private static Optional<String> inOrder(
            RelNode fragment, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
            if (!same(fragment.getRowType(), expected.get(i), actual.get(i))) {
                return Optional.of("row " + i + ": expected " + text(expected.get(i)) + ", was " + text(actual.get(i)));
            }
        }
        return expected.size() == actual.size()
                ? Optional.empty()
                : Optional.of("expected " + expected.size() + " rows, were " + actual.size());
    }

    private static Optional<String> asBags(
            RelNode fragment, List<List<@Nullable Object>> expected, List<List<@Nullable Object>> actual) {
        List<List<@Nullable Object>> missing = new ArrayList<>();
        List<List<@Nullable Object>> left = new ArrayList<>(actual);
        for (List<@Nullable Object> row : expected) {
            int partner = -1;
            for (int i = 0; i < left.size() && partner < 0; i++) {
                partner = same(fragment.getRowType(), row, left.get(i)) ? i : -1;
            }
            if (partner < 0) {
                missing.add(row);
            } else {
                left.remove(partner);
            }
        }
        if (missing.isEmpty() && left.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("missing " + texts(missing) + ", unexpected " + texts(left));
    }

    /** Whether two rows of one type are the same row. */
    static boolean same(RelDataType rowType, List<@Nullable Object> left, List<@Nullable Object> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (RelDataTypeField field : rowType.getFieldList()) {
            Object a = ValueOrder.identity(left.get(field.getIndex()), field.getType());
            Object b = ValueOrder.identity(right.get(field.getIndex()), field.getType());
            boolean close = SqlTypeUtil.isApproximateNumeric(field.getType())
                    && a instanceof Double x
                    && b instanceof Double y
                    && Math.abs(x - y) <= TOLERANCE * Math.max(Math.abs(x), Math.abs(y));
            if (!close && !(a == null ? b == null : a.equals(b))) {
                return false;
            }
        }
        return true;
    }

    private static String texts(List<List<@Nullable Object>> rows) {
        List<String> shown = rows.stream().limit(SHOWN).map(RowComparison::text).toList();
        return rows.size() <= SHOWN ? shown.toString() : shown + " and " + (rows.size() - SHOWN) + " more";
    }

    private static String text(List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        row.forEach(value -> values.add(value instanceof String t ? "'" + t + "'" : ValueOrder.identity(value)));
        return values.toString();
    }
}
