package io.calque.benchmarks.fragments;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a fragment brought.
 *
 * @param columns their names
 * @param values of each row, in the order of the columns
 */
record Rows(List<String> columns, List<@Nullable Object[]> values) {
    /** A column's values, once each or one a row. */
    Collection<Object> of(Fragment.Slot slot) {
        if (values.isEmpty()) {
            return List.of();
        }
        int column = columns.indexOf(slot.column());
        if (column < 0) {
            throw new IllegalStateException("No column " + slot.column() + " in " + slot.fragment() + columns);
        }
        if (slot.inOrder()) {
            return values.stream().map(row -> row[column]).toList();
        }
        Set<Object> different = new LinkedHashSet<>();
        for (@Nullable Object[] row : values) {
            Object value = row[column];
            if (value != null) {
                different.add(value);
            }
        }
        return different;
    }
}
