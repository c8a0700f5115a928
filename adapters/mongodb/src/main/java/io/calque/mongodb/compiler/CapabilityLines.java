package io.calque.mongodb.compiler;

import io.calque.mongodb.inference.ServerFeature;
import io.calque.spi.pushdown.Capability;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.State;
import io.calque.spi.pushdown.Capability.Use;
import java.util.ArrayList;
import java.util.List;

/**
 * What is said to MongoDB, line by line. PROVEN lines were pushed by the contract suite to the embedded server; DOCUMENTED ones are
 * written, and wait for a server that gives the right answer to their probe. Immutable.
 */
final class CapabilityLines {
    static final List<Capability> ALL = new CapabilityLines().lines();

    private final List<Capability> found = new ArrayList<>();

    private CapabilityLines() {}

    private List<Capability> lines() {
        relational();
        aggregates();
        windows();
        functions();
        return found.stream().sorted().toList();
    }

    private void relational() {
        proven(Kind.OPERATOR, "", "FILTER", "PROJECT", "AGGREGATE", "GROUP BY", "DISTINCT", "AGGREGATE FILTER");
        proven(Kind.OPERATOR, "without DISTINCT", "GROUPING SETS");
        refused(Kind.OPERATOR, "rows of literals are made here", "VALUES");
        proven(
                Kind.JOIN,
                "by equality with a column of a collection, where lookups cost less than reading it",
                "INNER",
                "LEFT",
                "RIGHT",
                "SEMI",
                "ANTI");
        refused(Kind.JOIN, "MongoDB has no FULL JOIN", "FULL");
        add(Kind.SET_OPERATION, State.DOCUMENTED, waitsFor(ServerFeature.UNION_WITH), "UNION ALL", "UNION");
        refused(
                Kind.SET_OPERATION,
                "MongoDB has no INTERSECT and no EXCEPT",
                "INTERSECT",
                "INTERSECT ALL",
                "EXCEPT",
                "EXCEPT ALL");
        proven(
                Kind.SORT,
                "text only where the server was seen to order it by code point",
                "ASC NULLS FIRST",
                "ASC NULLS LAST",
                "DESC NULLS FIRST",
                "DESC NULLS LAST");
        proven(Kind.SORT, "", "LIMIT", "OFFSET");
    }

    private void aggregates() {
        proven(Kind.AGGREGATE, "", "COUNT", "GROUPING");
        proven(Kind.AGGREGATE, "of one column each", "COUNT DISTINCT", "SUM DISTINCT");
        proven(Kind.AGGREGATE, "of decimals with at most 12 digits behind the point", "SUM", "$SUM0");
        proven(Kind.AGGREGATE, "of text only where the server was seen to order it by code point", "MIN", "MAX");
        refused(
                Kind.AGGREGATE,
                "MongoDB rounds to 34 digits, and the scale differs; SUM and COUNT are asked for",
                "AVG");
        refused(
                Kind.AGGREGATE,
                "MongoDB computes it with doubles",
                "STDDEV_POP",
                "STDDEV_SAMP",
                "VAR_POP",
                "VAR_SAMP",
                "STDDEV",
                "VARIANCE");
        refused(Kind.AGGREGATE, "the order of the values is not the server's to choose", "LISTAGG", "ARRAY_AGG");
    }

    private void windows() {
        add(
                Kind.WINDOW,
                State.DOCUMENTED,
                waitsFor(ServerFeature.WINDOWS),
                "ROW_NUMBER",
                "RANK",
                "DENSE_RANK",
                "LAG",
                "LEAD",
                "FIRST_VALUE",
                "LAST_VALUE",
                "COUNT",
                "SUM",
                "$SUM0",
                "MIN",
                "MAX");
        refused(Kind.WINDOW, "MongoDB rounds to 34 digits, and the scale differs; SUM and COUNT are asked for", "AVG");
        refused(Kind.WINDOW, "MongoDB has no such window function", "NTILE", "NTH_VALUE");
    }

    private void functions() {
        proven(Kind.FUNCTION, "", "=", "<>", "AND", "OR", "NOT", "SEARCH", "CASE", "COALESCE");
        proven(Kind.FUNCTION, "of text only where the server was seen to order it by code point", "<", "<=", ">", ">=");
        proven(
                Kind.FUNCTION,
                "",
                "IS NULL",
                "IS NOT NULL",
                "IS TRUE",
                "IS NOT TRUE",
                "IS FALSE",
                "IS NOT FALSE",
                "IS DISTINCT FROM",
                "IS NOT DISTINCT FROM");
        proven(Kind.FUNCTION, "with a literal pattern", "LIKE");
        proven(Kind.FUNCTION, "", "||");
        documented(ServerFeature.CODE_POINTS, "CHAR_LENGTH", "SUBSTRING", "POSITION");
        documented(ServerFeature.TRIM, "TRIM");
        documented(ServerFeature.REPLACE, "REPLACE");
        proven(Kind.FUNCTION, "of exact numbers; fails where a decimal may pass 34 digits", "+", "-", "*", "ABS");
        proven(Kind.FUNCTION, "of integers; of BIGINT only where the server computes them exactly", "/", "/INT");
        proven(Kind.FUNCTION, "of integers by a literal", "MOD", "%");
        proven(
                Kind.FUNCTION,
                "of time, but for weeks and quarters; of decimals only where the server keeps their digits",
                "FLOOR");
        documented(ServerFeature.DECIMAL_ROUNDING, "CEIL");
        proven(Kind.FUNCTION, "to a type that holds all values, of integers to text, of TIMESTAMP to DATE", "CAST");
        proven(
                Kind.FUNCTION,
                "all units but DECADE, CENTURY and MILLENNIUM; days of the week and ISO weeks where the server counts them as documented",
                "EXTRACT");
        Unpushed.REASONS.forEach((name, reason) -> {
            if (found.stream().noneMatch(line -> line.use().equals(new Use(Kind.FUNCTION, name)))) {
                refused(Kind.FUNCTION, reason, name);
            }
        });
    }

    private void proven(Kind kind, String note, String... names) {
        add(kind, State.PROVEN, note, names);
    }

    private void documented(ServerFeature feature, String... names) {
        add(Kind.FUNCTION, State.DOCUMENTED, waitsFor(feature), names);
    }

    private static String waitsFor(ServerFeature feature) {
        return "waits for a server that is seen to compute " + feature.word();
    }

    private void refused(Kind kind, String reason, String... names) {
        add(kind, State.REFUSED, reason, names);
    }

    private void add(Kind kind, State state, String note, String... names) {
        for (String name : names) {
            found.add(new Capability(new Use(kind, name), state, note));
        }
    }
}
