package io.calque.mongodb.compiler;

import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.CapabilityList;
import java.util.List;

/**
 * What {@link MongoCapabilities} pushes, by name: the translators decide case by case, and the contract suite fails where they and this list
 * differ. Stateless.
 */
final class CapabilityLines {
    /** A list that is only read. */
    static final List<Capability> ALL = lines();

    private CapabilityLines() {}

    private static List<Capability> lines() {
        CapabilityList.Builder lines = CapabilityList.of("MongoDB")
                .proven(Kind.OPERATOR, "FILTER", "PROJECT", "AGGREGATE", "GROUP BY", "DISTINCT", "AGGREGATE FILTER")
                .proven(Kind.SORT, "ASC NULLS FIRST", "ASC NULLS LAST", "DESC NULLS FIRST", "DESC NULLS LAST")
                .proven(Kind.SORT, "LIMIT", "OFFSET")
                .proven(Kind.AGGREGATE, "COUNT", "COUNT DISTINCT", "SUM", "SUM DISTINCT", "$SUM0", "MIN", "MAX")
                .proven(Kind.FUNCTION, "=", "<>", "<", "<=", ">", ">=", "AND", "OR", "NOT", "SEARCH")
                .proven(Kind.FUNCTION, "IS NULL", "IS NOT NULL", "IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE")
                .proven(Kind.FUNCTION, "LIKE")
                .proven(Kind.FUNCTION, "CASE", "CAST", "EXTRACT", "||");
        Unpushed.refused().forEach((name, reason) -> lines.refused(Kind.FUNCTION, reason, name));
        return lines.build().list();
    }
}
