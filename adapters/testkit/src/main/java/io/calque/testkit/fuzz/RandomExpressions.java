package io.calque.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Scalar expressions over the columns in sight. They are total: no division by zero, overflow or impossible cast can happen, so
 * that it does not matter whether a plan computes one for a row that the answer leaves out. Single-threaded.
 */
final class RandomExpressions {
    private final Dice dice;
    private final RandomLiterals literals;
    private final List<Visible> columns;
    private final Optional<Subqueries> subqueries;

    /** Makes conditions and values that ask other tables. */
    interface Subqueries {
        Expr condition(RandomExpressions outer);

        Expr value(Family family);
    }

    RandomExpressions(Dice dice, List<Visible> columns, Optional<Subqueries> subqueries) {
        this.dice = dice;
        this.literals = new RandomLiterals(dice);
        this.columns = List.copyOf(columns);
        this.subqueries = subqueries;
    }

    List<Visible> columns() {
        return columns;
    }

    RandomExpressions withoutSubqueries() {
        return new RandomExpressions(dice, columns, Optional.empty());
    }

    Optional<Expr> column(Family family, boolean onlyTame) {
        List<Visible> fitting = columns.stream()
                .filter(c -> c.family() == family && (c.tame() || !onlyTame))
                .toList();
        return fitting.isEmpty()
                ? Optional.empty()
                : Optional.of(dice.pick(fitting).expression());
    }

    Family presentFamily() {
        return dice.pick(columns).family();
    }

    /** A column, a constant, or something computed. */
    Expr any(Family family, int depth) {
        if (depth <= 0 || dice.oneIn(3)) {
            return column(family, false).orElseGet(() -> literals.of(family));
        }
        return computed(family, depth);
    }

    /** As {@link #any}, from small values only. */
    private Expr tame(Family family, int depth) {
        if (depth <= 0 || dice.oneIn(2)) {
            return dice.oneIn(4) ? literals.of(family) : column(family, true).orElseGet(() -> literals.of(family));
        }
        return arithmetic(family, depth - 1);
    }

    private Expr computed(Family family, int depth) {
        int d = depth - 1;
        if (dice.oneIn(5)) {
            return general(family, d);
        }
        if (dice.oneIn(14) && subqueries.isPresent()) {
            return subqueries.get().value(family);
        }
        return switch (family) {
            case BOOLEAN -> condition(depth);
            case INTEGER, DECIMAL, DOUBLE -> arithmetic(family, d);
            case TEXT -> text(d);
            case DATE, TIMESTAMP -> time(family, d);
            case BINARY, TIME, INSTANT -> general(family, d);
        };
    }

    private Expr general(Family family, int d) {
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(
                                family,
                                "CASE WHEN $0 THEN $1 ELSE $2 END",
                                condition(d),
                                any(family, d),
                                any(family, d)),
                        () -> Expr.call(family, "CASE WHEN $0 THEN $1 END", condition(d), any(family, d)),
                        () -> Expr.call(family, "COALESCE($0, $1)", any(family, d), any(family, d)),
                        () -> Expr.call(family, "NULLIF($0, $1)", any(family, d), literals.of(family)),
                        () -> family.hasExtremes()
                                ? Expr.call(
                                        family,
                                        dice.of("GREATEST($0, $1)", "LEAST($0, $1)"),
                                        any(family, d),
                                        any(family, d))
                                : any(family, 0),
                        () -> dice.oneIn(3) ? literals.nothing(family) : literals.of(family))
                .get();
    }

    private Expr arithmetic(Family family, int d) {
        return switch (family) {
            case INTEGER -> integer(d);
            case DECIMAL -> decimal(d);
            case DOUBLE -> floating(d);
            default -> any(family, d);
        };
    }

    private Expr integer(int d) {
        Family f = Family.INTEGER;
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(f, dice.of("($0 + $1)", "($0 - $1)", "($0 * $1)"), tame(f, d), tame(f, d)),
                        () -> Expr.call(f, "($0 / " + dice.of("2", "3", "(-4)", "7") + ")", tame(f, d)),
                        () -> Expr.call(f, "MOD($0, " + dice.of("2", "3", "(-4)", "7") + ")", tame(f, d)),
                        () -> Expr.call(f, "($0 % " + dice.of("2", "3", "7") + ")", tame(f, d)),
                        () -> Expr.call(f, "ABS($0)", tame(f, d)),
                        () -> Expr.call(f, "(- $0)", tame(f, d)),
                        () -> Expr.twoWays(f, "SIGN($0)", "CAST(SIGN($0) AS INTEGER)", tame(f, d)),
                        () -> Expr.call(f, dice.of("CHAR_LENGTH($0)", "CHARACTER_LENGTH($0)"), any(Family.TEXT, d)),
                        () -> Expr.call(f, dice.of("LENGTH($0)", "OCTET_LENGTH($0)"), any(Family.TEXT, d)),
                        () -> Expr.call(f, "POSITION($0 IN $1)", any(Family.TEXT, 0), any(Family.TEXT, d)),
                        () -> Expr.twoWays(
                                f,
                                "EXTRACT(" + dice.of("YEAR", "MONTH", "DAY", "QUARTER", "DOY", "DOW", "ISODOW", "WEEK")
                                        + " FROM $0)",
                                "",
                                any(dice.of(Family.DATE, Family.TIMESTAMP), d)),
                        () -> Expr.twoWays(
                                f, "EXTRACT(" + dice.of("HOUR", "MINUTE") + " FROM $0)", "", any(Family.TIMESTAMP, d)),
                        () -> Expr.call(f, "($0 - $1)", tame(Family.DATE, 0), tame(Family.DATE, 0)),
                        () -> Expr.call(f, "CAST($0 AS " + dice.of("INTEGER", "BIGINT") + ")", tame(Family.DECIMAL, d)),
                        () -> Expr.call(f, "CAST($0 AS INTEGER)", tame(Family.DOUBLE, d)),
                        () -> Expr.call(f, "CAST($0 AS BIGINT)", tame(f, d)),
                        () -> Expr.twoWays(f, "CAST($0 AS INTEGER)", "CAST($0 AS INTEGER)", any(Family.BOOLEAN, d)))
                .get()
                .withExtractCast();
    }

    private Expr decimal(int d) {
        Family f = Family.DECIMAL;
        Family g = dice.of(Family.DECIMAL, Family.INTEGER);
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(f, dice.of("($0 + $1)", "($0 - $1)", "($0 * $1)"), tame(f, d), tame(g, d)),
                        () -> Expr.twoWays(
                                f,
                                "($0 / NULLIF($1, 0))",
                                "round(($0 + 0." + "0".repeat(30) + ") / NULLIF($1, 0), 16)",
                                tame(f, 0),
                                tame(g, 0)),
                        () -> Expr.call(f, "ROUND($0, " + dice.of("0", "1", "-1") + ")", tame(f, d)),
                        () -> Expr.call(f, "TRUNC($0, " + dice.of("0", "1", "-1") + ")", tame(f, d)),
                        () -> Expr.call(f, dice.of("FLOOR($0)", "CEIL($0)"), tame(f, d)),
                        () -> Expr.call(f, dice.of("ABS($0)", "(- $0)", "SIGN($0)"), tame(f, d)),
                        () -> Expr.call(f, "MOD($0, 0.70)", tame(f, d)),
                        () -> Expr.call(
                                f, "CAST($0 AS DECIMAL(" + dice.of("20, 1", "25, 3", "30, 0") + "))", tame(f, d)),
                        () -> Expr.call(f, "CAST($0 AS DECIMAL(20, 2))", tame(Family.INTEGER, d)))
                .get();
    }

    private Expr floating(int d) {
        Family f = Family.DOUBLE;
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(f, dice.of("($0 + $1)", "($0 - $1)", "($0 * $1)"), tame(f, d), tame(f, 0)),
                        () -> Expr.call(f, "($0 / $1)", tame(f, d), RandomLiterals.spelled(f, dice.of(2.0, -4.0, 0.5))),
                        () -> Expr.call(f, "($0 + $1)", tame(f, d), tame(Family.INTEGER, 0)),
                        () -> Expr.call(
                                f, dice.of("FLOOR($0)", "CEIL($0)", "ABS($0)", "(- $0)", "SIGN($0)"), tame(f, d)),
                        () -> Expr.twoWays(f, "SQRT(ABS($0))", "SQRT(ABS($0)::float8)", tame(f, d)),
                        () -> Expr.twoWays(f, "CAST($0 AS DOUBLE)", "CAST($0 AS float8)", tame(Family.INTEGER, d)),
                        () -> Expr.twoWays(f, "CAST($0 AS DOUBLE)", "CAST($0 AS float8)", tame(Family.DECIMAL, d)))
                .get();
    }

    private Expr text(int d) {
        Family f = Family.TEXT;
        Family i = Family.INTEGER;
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(f, dice.of("UPPER($0)", "LOWER($0)"), any(f, d)),
                        () -> Expr.call(f, "($0 || $1)", any(f, d), any(f, 0)),
                        () -> Expr.call(f, "CONCAT($0, $1)", any(f, d), any(f, 0)),
                        () -> Expr.call(
                                f,
                                "SUBSTRING($0 FROM " + dice.between(-1, 3) + " FOR " + dice.between(0, 3) + ")",
                                any(f, d)),
                        () -> Expr.call(f, "SUBSTRING($0 FROM " + dice.between(0, 3) + ")", any(f, d)),
                        () -> Expr.call(
                                f,
                                dice.of("TRIM($0)", "LTRIM($0)", "RTRIM($0)", "REVERSE($0)", "BTRIM($0)"),
                                any(f, d)),
                        () -> Expr.call(
                                f, "TRIM(" + dice.of("LEADING", "TRAILING", "BOTH") + " 'a' FROM $0)", any(f, d)),
                        () -> Expr.call(f, "REPLACE($0, $1, $2)", any(f, d), literals.of(f), literals.of(f)),
                        () -> Expr.call(f, dice.of("LEFT($0, 2)", "RIGHT($0, 2)", "LEFT($0, -1)"), any(f, d)),
                        () -> Expr.call(
                                f, dice.of("LPAD($0, 3, 'xy')", "RPAD($0, 4, '-')", "REPEAT($0, 2)"), any(f, d)),
                        () -> Expr.call(f, "SPLIT_PART($0, 'b', 1)", any(f, d)),
                        () -> Expr.call(f, "CAST($0 AS VARCHAR)", any(dice.of(i, Family.DATE, Family.BOOLEAN), d)),
                        () -> Expr.call(f, "CAST($0 AS VARCHAR(2))", any(f, d)))
                .get();
    }

    private Expr time(Family f, int d) {
        int days = dice.between(-40, 40);
        if (f == Family.DATE) {
            return dice.<Supplier<Expr>>of(
                            () -> Expr.call(f, "CAST($0 AS DATE)", any(Family.TIMESTAMP, d)),
                            () -> tameColumn(f)
                                    .map(c -> Expr.call(f, "($0 + (" + days + "))", c))
                                    .orElseGet(() -> literals.of(f)),
                            () -> tameColumn(f)
                                    .map(c -> {
                                        String sum = "($0 + INTERVAL '" + dice.between(1, 14) + "' "
                                                + dice.of("DAY", "MONTH", "YEAR") + ")";
                                        return Expr.twoWays(f, sum, "CAST(" + sum + " AS DATE)", c);
                                    })
                                    .orElseGet(() -> literals.of(f)))
                    .get();
        }
        return dice.<Supplier<Expr>>of(
                        () -> Expr.twoWays(f, "CAST($0 AS TIMESTAMP)", "CAST($0 AS TIMESTAMP)", any(Family.DATE, d)),
                        () -> Expr.call(
                                f,
                                "DATE_TRUNC('" + dice.of("year", "quarter", "month", "week", "day", "hour", "minute")
                                        + "', $0)",
                                any(f, d)),
                        () -> tameColumn(f)
                                .map(c -> Expr.call(
                                        f,
                                        "($0 " + dice.of("+", "-") + " INTERVAL '" + dice.between(1, 40) + "' "
                                                + dice.of("SECOND", "MINUTE", "HOUR", "DAY", "MONTH") + ")",
                                        c))
                                .orElseGet(() -> literals.of(f)))
                .get();
    }

    private Optional<Expr> tameColumn(Family family) {
        return column(family, true);
    }

    /** TRUE, FALSE or NULL. */
    Expr condition(int depth) {
        Family f = Family.BOOLEAN;
        if (depth > 0 && dice.oneIn(3)) {
            return dice.<Supplier<Expr>>of(
                            () -> Expr.call(
                                    f,
                                    dice.of("($0 AND $1)", "($0 OR $1)"),
                                    condition(depth - 1),
                                    condition(depth - 1)),
                            () -> Expr.call(f, "(NOT $0)", condition(depth - 1)),
                            () -> Expr.call(
                                    f,
                                    "($0 " + dice.of("IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE", "IS NULL")
                                            + ")",
                                    condition(depth - 1)))
                    .get();
        }
        if (subqueries.isPresent() && dice.oneIn(8)) {
            return subqueries.get().condition(this);
        }
        Family compared = presentFamily();
        int d = Math.max(0, depth - 1);
        return dice.<Supplier<Expr>>of(
                        () -> comparison(compared, d),
                        () -> comparison(compared, 0),
                        () -> comparison(compared, 0),
                        () -> Expr.call(f, "($0 " + dice.of("IS NULL", "IS NOT NULL") + ")", any(compared, d)),
                        () -> membership(compared, d),
                        () -> compared == Family.BOOLEAN || compared == Family.BINARY
                                ? comparison(compared, 0)
                                : Expr.call(
                                        f,
                                        "($0 " + dice.of("BETWEEN", "NOT BETWEEN") + " $1 AND $2)",
                                        any(compared, d),
                                        literals.compared(compared),
                                        literals.compared(compared)),
                        () -> Expr.call(
                                f,
                                "($0 " + dice.of("IS DISTINCT FROM", "IS NOT DISTINCT FROM") + " $1)",
                                any(compared, d),
                                dice.oneIn(2) ? any(compared, 0) : literals.of(compared)),
                        () -> like(d),
                        () -> column(Family.BOOLEAN, false).orElseGet(() -> comparison(compared, 0)))
                .get();
    }

    private Expr comparison(Family family, int d) {
        String operator = family == Family.BINARY ? dice.of("=", "<>") : dice.of("=", "<>", "<", "<=", ">", ">=");
        Expr right = dice.oneIn(3) ? any(mixed(family), d) : literals.compared(mixed(family));
        return Expr.call(Family.BOOLEAN, "($0 " + operator + " $1)", any(family, d), right);
    }

    private Family mixed(Family family) {
        boolean number = family.isExact() || family == Family.DOUBLE;
        return number && dice.oneIn(4) ? dice.of(Family.INTEGER, Family.DECIMAL, Family.DOUBLE) : family;
    }

    private Expr membership(Family family, int d) {
        List<Part> parts = new ArrayList<>();
        parts.add(any(family, d));
        StringBuilder text = new StringBuilder("($0 " + dice.of("IN", "NOT IN") + " (");
        int members = dice.between(1, 4);
        for (int i = 1; i <= members; i++) {
            text.append(i == 1 ? "$" : ", $").append(i);
            parts.add(dice.oneIn(15) ? literals.nothing(family) : literals.of(family));
        }
        return new Expr(Family.BOOLEAN, text + "))", text + "))", parts, Optional.empty());
    }

    private Expr like(int d) {
        String escape = dice.oneIn(5) ? " ESCAPE '!'" : "";
        String pattern = pattern(escape.isEmpty() ? "\\" : "!");
        String operator = dice.of("LIKE", "LIKE", "LIKE", "NOT LIKE", "ILIKE");
        return Expr.call(
                Family.BOOLEAN,
                "($0 " + operator + " $1" + escape + ")",
                dice.oneIn(2) ? any(Family.TEXT, 0) : any(Family.TEXT, d),
                Expr.leaf(Family.TEXT, RandomLiterals.quoted(pattern)));
    }

    /** A pattern that some stored values fit and their neighbours do not: one of them with a point or an end left open. */
    private String pattern(String escape) {
        if (dice.oneIn(5)) {
            return dice.of("%", "_", "", "__", "%" + escape + "%%", "_%", "a" + escape + "_b");
        }
        int[] points = dice.pick(RandomValues.LIKELY).codePoints().toArray();
        int open = dice.between(0, points.length - 1);
        int kind = dice.between(0, 4);
        StringBuilder pattern = new StringBuilder(kind == 1 || kind == 2 ? "%" : "");
        for (int i = 0; i < points.length; i++) {
            if (kind == 0 && i == open) {
                pattern.append('_');
                continue;
            }
            boolean special = points[i] == '%' || points[i] == '_' || points[i] == escape.charAt(0);
            pattern.append(special ? escape : "").appendCodePoint(points[i]);
        }
        return pattern.append(kind == 2 || kind == 3 ? "%" : "").toString();
    }
}
