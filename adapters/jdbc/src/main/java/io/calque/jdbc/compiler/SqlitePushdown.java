package io.calque.jdbc.compiler;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.AggregateRule;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.ExpressionRule;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.pushdown.ReadCosts;

/**
 * What SQLite computes exactly as the engine would, and how it is told to. Arithmetic is not among it: whole numbers that overflow become
 * doubles there, a division by zero becomes NULL, and declared decimals are doubles.
 */
public final class SqlitePushdown {
    private static final ReadCosts COSTS = new ReadCosts(100, 0.3, 0.3, 1.5, 0.4);

    private SqlitePushdown() {}

    public static FragmentCompiler compiler(SourceId source) {
        return new FragmentTranslator(source, new SqliteDialect());
    }

    public static Capabilities capabilities() {
        Dialect dialect = new SqliteDialect();
        CapabilityList list = SqlPushdown.common(dialect)
                .functions(ExpressionRule.ALWAYS, SqliteFunctions.NAMES)
                .refused(
                        Kind.FUNCTION,
                        "SQLite knows the case of ASCII letters only",
                        "UPPER",
                        "LOWER",
                        "INITCAP",
                        "ILIKE")
                .refused(
                        Kind.FUNCTION,
                        "whole numbers that overflow become doubles in SQLite, and its decimals are doubles",
                        "+",
                        "-",
                        "*",
                        "ROUND",
                        "TRUNC",
                        "SIGN")
                .refused(Kind.FUNCTION, "a division by zero is NULL in SQLite", "/", "/INT", "MOD", "%")
                .refused(Kind.FUNCTION, "one NULL makes it NULL in SQLite", "GREATEST", "LEAST")
                .aggregates(AggregateRule.ALWAYS, "COUNT", "SUM", "$SUM0", "MIN", "MAX", "BOOL_AND", "BOOL_OR", "EVERY")
                .proven(Kind.AGGREGATE, "COUNT DISTINCT")
                .refused(Kind.OPERATOR, "SQLite has no grouping sets", "GROUPING SETS")
                .refused(Kind.WINDOW, "sums of whole numbers end at 64 bits in SQLite", "SUM", "$SUM0")
                .refused(Kind.SET_OPERATION, "SQLite has no INTERSECT ALL", "INTERSECT ALL")
                .refused(Kind.SET_OPERATION, "SQLite has no EXCEPT ALL", "EXCEPT ALL")
                .build();
        return new SqlPushdown(dialect, list, COSTS);
    }
}
