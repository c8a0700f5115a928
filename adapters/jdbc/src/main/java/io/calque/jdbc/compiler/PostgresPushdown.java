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
 * What PostgreSQL computes exactly as the engine would, and how it is told to. UPPER, LOWER and ILIKE are not among it, because its case
 * follows the server's locale; nor are casts from text, whose spellings differ.
 */
public final class PostgresPushdown {
    private static final ReadCosts COSTS = new ReadCosts(500, 0.4, 0.15, 2, 0.15);

    private PostgresPushdown() {}

    public static FragmentCompiler compiler(SourceId source) {
        return new FragmentTranslator(source, new PostgresDialect());
    }

    public static Capabilities capabilities() {
        Dialect dialect = new PostgresDialect();
        CapabilityList list = SqlPushdown.common(dialect)
                .functions(ExpressionRule.ALWAYS, PostgresFunctions.NAMES)
                .functions(ExpressionRule.ALWAYS, PostgresText.NAMES)
                .functions(ExpressionRule.ALWAYS, PostgresTimes.NAMES)
                .refused(
                        Kind.FUNCTION,
                        "PostgreSQL's case follows the server's locale",
                        "UPPER",
                        "LOWER",
                        "INITCAP",
                        "ILIKE")
                .refused(
                        Kind.FUNCTION,
                        "PostgreSQL's regular expressions are not Java's",
                        "REGEXP_LIKE",
                        "REGEXP_REPLACE",
                        "~",
                        "~*")
                .refused(
                        Kind.FUNCTION,
                        "the last digit of PostgreSQL's result follows its C library",
                        "POWER",
                        "EXP",
                        "LN",
                        "LOG",
                        "LOG10",
                        "CBRT",
                        "SIN",
                        "COS",
                        "TAN",
                        "COT",
                        "ASIN",
                        "ACOS",
                        "ATAN",
                        "ATAN2",
                        "DEGREES",
                        "RADIANS")
                .refused(Kind.FUNCTION, "outside its domain PostgreSQL raises another error", "SQRT", "CHR")
                .refused(Kind.FUNCTION, "how long a text may get differs", "REPEAT")
                .refused(Kind.FUNCTION, "the first byte is no code point in every encoding", "ASCII")
                .refused(
                        Kind.FUNCTION,
                        "what text PostgreSQL reads as a date differs",
                        "TO_DATE",
                        "TO_TIMESTAMP",
                        "MAKE_DATE")
                .refused(
                        Kind.AGGREGATE,
                        "PostgreSQL rounds it at a scale that depends on the values",
                        "STDDEV_POP",
                        "STDDEV_SAMP",
                        "VAR_POP",
                        "VAR_SAMP")
                .aggregates(
                        AggregateRule.ALWAYS,
                        "COUNT",
                        "SUM",
                        "$SUM0",
                        "AVG",
                        "MIN",
                        "MAX",
                        "BOOL_AND",
                        "BOOL_OR",
                        "EVERY",
                        "LISTAGG",
                        "GROUPING")
                .proven(Kind.AGGREGATE, "COUNT DISTINCT", "SUM DISTINCT", "AVG DISTINCT")
                .proven(Kind.OPERATOR, "GROUPING SETS")
                .proven(Kind.WINDOW, "SUM", "$SUM0")
                .proven(Kind.SET_OPERATION, "INTERSECT ALL", "EXCEPT ALL")
                .build();
        return new SqlPushdown(dialect, list, COSTS);
    }
}
