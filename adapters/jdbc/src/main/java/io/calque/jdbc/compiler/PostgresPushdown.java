package io.calque.jdbc.compiler;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.FragmentCompiler;

/**
 * What PostgreSQL computes exactly as the engine would, and how it is told to. UPPER, LOWER and ILIKE are not among it, because its case
 * follows the server's locale; nor are casts from text, whose spellings differ.
 */
public final class PostgresPushdown {
    private PostgresPushdown() {}

    public static FragmentCompiler compiler(SourceId source) {
        return new FragmentTranslator(source, new PostgresDialect());
    }

    public static Capabilities capabilities() {
        SqlPushdown pushdown = new SqlPushdown(new PostgresDialect());
        return pushdown.common()
                .functions(
                        pushdown.functions(),
                        "+",
                        "-",
                        "*",
                        "/",
                        "/INT",
                        "MOD",
                        "%",
                        "ABS",
                        "FLOOR",
                        "CEIL",
                        "CAST",
                        "EXTRACT",
                        "LIKE",
                        "||",
                        "SUBSTRING",
                        "CHAR_LENGTH",
                        "CHARACTER_LENGTH",
                        "POSITION",
                        "REPLACE",
                        "TRIM")
                .aggregates(pushdown.aggregates(), "COUNT", "SUM", "$SUM0", "AVG", "MIN", "MAX")
                .proven(Kind.AGGREGATE, "COUNT DISTINCT", "SUM DISTINCT", "AVG DISTINCT")
                .build();
    }
}
