package io.calque.planner.bind;

import io.calque.planner.metadata.UniqueColumns;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.SourceQuery;
import io.calque.spi.catalog.TableDescriptor;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * How many keys a source is sent while nothing is known of what they cost it.
 *
 * @param untriedKeys in all
 * @param keysAtOnce in the first native query
 */
public record KeyLookup(int untriedKeys, int keysAtOnce) {
    static final int FEW_AT_ONCE = 200;
    static final int MANY_AT_ONCE = 50_000;

    /**
     * A source that hashes or sorts keys may be sent any number. Another one is sent as many only where nothing but the keys is asked and a
     * unique index finds them: a condition beside them may keep it from using the index, and then it compares each row with each key.
     */
    static KeyLookup of(SourceQuery query, int column, PushdownGate gate) {
        int untried = gate.untriedKeys(query.source());
        if (untried == Integer.MAX_VALUE) {
            return new KeyLookup(untried, MANY_AT_ONCE);
        }
        return new KeyLookup(isFoundByUniqueKey(query.fragment(), column) ? Integer.MAX_VALUE : untried, FEW_AT_ONCE);
    }

    /** Whether a fragment asks nothing but keys of a column that a unique index has. */
    public static boolean isFoundByUniqueKey(RelNode fragment, int column) {
        RelColumnOrigin origin =
                isWhole(fragment) ? fragment.getCluster().getMetadataQuery().getColumnOrigin(fragment, column) : null;
        TableDescriptor table = origin == null || origin.isDerived()
                ? null
                : origin.getOriginTable().unwrap(TableDescriptor.class);
        if (origin == null || table == null) {
            return false;
        }
        return UniqueColumns.are(table, ImmutableBitSet.of(origin.getOriginColumnOrdinal()));
    }

    private static boolean isWhole(RelNode fragment) {
        return fragment instanceof TableScan || fragment instanceof Project project && isWhole(project.getInput());
    }
}
