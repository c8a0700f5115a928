package io.calque.planner.metadata;

import io.calque.spi.catalog.IndexDescriptor;
import io.calque.spi.catalog.IndexDescriptor.IndexColumn;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Columns whose values a key or a unique index keeps apart, NULL left aside: too little for proofs, enough for estimates. What a sample says
 * of the number of their values is of no use beside it. Stateless.
 */
public final class UniqueColumns {
    private UniqueColumns() {}

    /** Whether no two rows have the same values in these columns, unless one of them is NULL. */
    public static boolean are(TableDescriptor table, ImmutableBitSet columns) {
        Set<String> names = columns.asList().stream()
                .map(c -> table.columns().get(c).name())
                .collect(Collectors.toSet());
        return table.primaryKey().filter(key -> isWithin(key, names)).isPresent()
                || table.uniqueKeys().stream().anyMatch(key -> isWithin(key, names))
                || table.indexes().stream().anyMatch(index -> isWithin(index, names));
    }

    private static boolean isWithin(KeyDescriptor key, Set<String> names) {
        return names.containsAll(key.columns());
    }

    private static boolean isWithin(IndexDescriptor index, Set<String> names) {
        List<IndexColumn> columns = index.columns();
        return index.unique()
                && index.condition().isEmpty()
                && !columns.isEmpty()
                && columns.stream().noneMatch(IndexColumn::expression)
                && names.containsAll(
                        columns.stream().map(IndexColumn::name).collect(Collectors.toCollection(HashSet::new)));
    }
}
