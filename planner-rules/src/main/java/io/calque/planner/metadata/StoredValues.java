package io.calque.planner.metadata;

import io.calque.spi.catalog.TableDescriptor;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.util.ImmutableBitSet;

/** How many different values the stored column behind a column has in its whole table. Stateless. */
public final class StoredValues {
    private StoredValues() {}

    /** Empty where the column is computed, or nothing is known of it. */
    public static OptionalDouble of(RelNode node, int column, RelMetadataQuery mq) {
        return origin(node, column, mq)
                .map(o -> isUnique(o)
                        ? OptionalDouble.of(rows(o))
                        : table(o).statistics()
                                .column(table(o).columns()
                                        .get(o.getOriginColumnOrdinal())
                                        .name())
                                .distinctCount())
                .orElse(OptionalDouble.empty());
    }

    /**
     * The same of a column that no two rows of its table have alike; empty for others. What refers to it has no other values, whatever a
     * sample says of how many it has.
     */
    public static OptionalDouble ofUnique(RelNode node, int column, RelMetadataQuery mq) {
        return origin(node, column, mq)
                .filter(StoredValues::isUnique)
                .map(o -> OptionalDouble.of(rows(o)))
                .orElse(OptionalDouble.empty());
    }

    /** Whether it is a stored column of whose values nothing was measured. */
    public static boolean isUnmeasured(RelNode node, int column, RelMetadataQuery mq) {
        return origin(node, column, mq).isPresent() && of(node, column, mq).isEmpty();
    }

    private static Optional<RelColumnOrigin> origin(RelNode node, int column, RelMetadataQuery mq) {
        RelColumnOrigin origin = mq.getColumnOrigin(node, column);
        return origin == null || origin.isDerived() || origin.getOriginTable().unwrap(TableDescriptor.class) == null
                ? Optional.empty()
                : Optional.of(origin);
    }

    private static TableDescriptor table(RelColumnOrigin origin) {
        return Objects.requireNonNull(origin.getOriginTable().unwrap(TableDescriptor.class));
    }

    private static boolean isUnique(RelColumnOrigin origin) {
        return UniqueColumns.are(table(origin), ImmutableBitSet.of(origin.getOriginColumnOrdinal()));
    }

    private static double rows(RelColumnOrigin origin) {
        return Math.max(1, origin.getOriginTable().getRowCount());
    }
}
