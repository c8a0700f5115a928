package io.calque.jdbc.compiler;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.FragmentCompiler;

/**
 * What SQLite computes exactly as the engine would, and how it is told to. Arithmetic is not among it: whole numbers that overflow become
 * doubles there, a division by zero becomes NULL, and declared decimals are doubles.
 */
public final class SqlitePushdown {
    private SqlitePushdown() {}

    public static FragmentCompiler compiler(SourceId source) {
        return new FragmentTranslator(source, new SqliteDialect());
    }

    public static Capabilities capabilities() {
        SqlPushdown pushdown = new SqlPushdown(new SqliteDialect());
        return pushdown.common()
                .functions(pushdown.functions(), "CAST", "LIKE", "SUBSTRING", "CHAR_LENGTH", "CHARACTER_LENGTH", "||")
                .aggregates(pushdown.aggregates(), "COUNT", "SUM", "$SUM0", "MIN", "MAX")
                .proven(Kind.AGGREGATE, "COUNT DISTINCT")
                .build();
    }
}
