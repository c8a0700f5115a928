package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ColumnFacts;
import io.calque.mongodb.inference.Evidence;
import java.util.OptionalLong;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/**
 * Whether looking documents up one by one is quicker than reading them all and joining here. Stateless.
 *
 * <p>A lookup by an index costs a server what some rows of a scan cost; without one it is a scan each. Servers that plan by indexes show it
 * when they explain a query; of others only unique indexes are known to serve.
 */
final class LookupCost {
    /** Comparisons that take no time worth a thought. */
    private static final double FEW = 10_000;
    /** Rows that are read in the time of one lookup, by a server that explains its plans, and by others. */
    private static final double ROWS_A_PLANNED_LOOKUP = 3;

    private static final double ROWS_A_LOOKUP = 60;
    /** What a row finds must fit a document, of at most 16 MB, besides the row itself. */
    private static final long MAX_FOUND_BYTES = 4 << 20;

    private LookupCost() {}

    static void require(JoinSides sides) {
        RelMetadataQuery mq = sides.main().getCluster().getMetadataQuery();
        double lookups = rows(mq, sides.main());
        RelNode collection = sides.foreign();
        while (!collection.getInputs().isEmpty()) {
            collection = collection.getInput(0).stripped();
        }
        if (lookups * rows(mq, collection) <= FEW) {
            return;
        }
        boolean plans = sides.foreignTable().facts().containsKey(ColumnFacts.INDEX_PLANS);
        String key = sides.foreignTable().name().table() + "."
                + sides.key().foreign().name();
        if (!sides.isUnique() && !(plans && sides.isIndexed())) {
            throw new Refused("cost: no index of this server is known to serve lookups by " + key);
        }
        double read = rows(mq, sides.foreign());
        if (lookups * (plans ? ROWS_A_PLANNED_LOOKUP : ROWS_A_LOOKUP) > read) {
            throw new Refused("cost: some " + Math.round(lookups) + " lookups by " + key + " take longer than reading "
                    + Math.round(read) + " rows");
        }
    }

    /** Refuses where the documents that one row finds may pass the limit of a document. */
    static void requireFewMatches(JoinSides sides) {
        OptionalLong bytes = Evidence.bytes(sides.foreignTable());
        if (!sides.isUnique() && (bytes.isEmpty() || bytes.getAsLong() > MAX_FOUND_BYTES)) {
            throw new Refused("the documents that one row finds may pass the 16 MB of a document");
        }
    }

    private static double rows(RelMetadataQuery mq, RelNode node) {
        Double rows = mq.getRowCount(node);
        return rows == null ? Double.MAX_VALUE : Math.max(1, rows);
    }
}
