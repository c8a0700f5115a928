package io.calque.testkit.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Aggregates and windows over the columns in sight. Single-threaded. */
final class RandomAggregates {
    private static final String ZEROS = "0." + "0".repeat(30);

    private final Dice dice;
    private final RandomExpressions rows;
    private final RandomLiterals literals;

    RandomAggregates(Dice dice, RandomExpressions rows) {
        this.dice = dice;
        this.rows = rows;
        this.literals = new RandomLiterals(dice);
    }

    Expr any() {
        return dice.oneIn(3) ? count() : of(rows.presentFamily());
    }

    private Expr count() {
        if (dice.oneIn(3)) {
            return filtered(Expr.leaf(Family.INTEGER, "COUNT(*)"));
        }
        Expr counted = rows.any(rows.presentFamily(), dice.of(0, 0, 1));
        return filtered(Expr.call(Family.INTEGER, "COUNT(" + dice.of("", "", "DISTINCT ") + "$0)", counted));
    }

    /** An aggregate that gives this family. */
    Expr of(Family family) {
        return switch (family) {
            case BOOLEAN ->
                filtered(Expr.call(family, dice.of("BOOL_AND($0)", "BOOL_OR($0)", "EVERY($0)"), rows.any(family, 1)));
            case BINARY -> literals.of(family);
            case INTEGER -> integer();
            case DECIMAL -> decimal();
            case DOUBLE -> floating();
            case TEXT -> dice.oneIn(6) ? concatenation() : extreme(family);
            case DATE, TIME, TIMESTAMP, INSTANT -> extreme(family);
        };
    }

    private Expr extreme(Family family) {
        return filtered(Expr.call(family, dice.of("MIN($0)", "MAX($0)"), rows.any(family, dice.of(0, 0, 1))));
    }

    private Expr concatenation() {
        Expr text = rows.any(Family.TEXT, 0);
        return Expr.call(Family.TEXT, "STRING_AGG($0, ',' ORDER BY $0" + dice.of("", " DESC") + ")", text);
    }

    private Expr integer() {
        Family f = Family.INTEGER;
        return dice.<Supplier<Expr>>of(
                        this::count,
                        () -> extreme(f),
                        () -> filtered(Expr.call(f, "SUM(" + distinct() + "$0)", smallInteger())))
                .get();
    }

    private Expr smallInteger() {
        return rows.column(Family.INTEGER, true)
                .map(c -> dice.oneIn(4) ? Expr.call(Family.INTEGER, "($0 * 2)", c) : c)
                .orElseGet(() -> literals.of(Family.INTEGER));
    }

    private Expr exact() {
        Family f = dice.of(Family.INTEGER, Family.DECIMAL);
        return rows.column(f, dice.oneIn(2)).orElseGet(() -> literals.of(f));
    }

    private Expr decimal() {
        Family f = Family.DECIMAL;
        return dice.<Supplier<Expr>>of(
                        () -> extreme(f),
                        () -> filtered(Expr.call(
                                f,
                                "SUM(" + distinct() + "$0)",
                                rows.column(f, false).orElseGet(() -> literals.of(f)))),
                        () -> {
                            String distinct = distinct();
                            Expr averaged = exact();
                            Optional<Expr> filter = filter();
                            String tail = filter.isPresent() ? " FILTER (WHERE $1)" : "";
                            Part[] parts =
                                    filter.map(c -> new Part[] {averaged, c}).orElseGet(() -> new Part[] {averaged});
                            return Expr.twoWays(
                                    f,
                                    "AVG(" + distinct + "$0)" + tail,
                                    "round(avg(" + distinct + "($0 + " + ZEROS + "))" + tail + ", 16)",
                                    parts);
                        })
                .get();
    }

    private Expr floating() {
        Family f = Family.DOUBLE;
        Expr exact = rows.column(f, true).orElseGet(() -> literals.of(f));
        return dice.<Supplier<Expr>>of(
                        () -> extreme(f),
                        () -> filtered(Expr.twoWays(f, "SUM($0)", "SUM($0::float8)", exact)),
                        () -> filtered(Expr.twoWays(f, "AVG($0)", "AVG($0::float8)", exact)))
                .get();
    }

    private String distinct() {
        return dice.oneIn(5) ? "DISTINCT " : "";
    }

    private Optional<Expr> filter() {
        return dice.oneIn(6) ? Optional.of(rows.condition(1)) : Optional.empty();
    }

    private Expr filtered(Expr aggregate) {
        return filter().map(condition -> {
                    int slot = aggregate.parts().size();
                    String tail = " FILTER (WHERE $" + slot + ")";
                    return new Expr(
                            aggregate.family(),
                            aggregate.text() + tail,
                            aggregate.reference() + tail,
                            Stream.concat(aggregate.parts().stream(), Stream.<Part>of(condition))
                                    .toList(),
                            Optional.empty());
                })
                .orElse(aggregate);
    }

    /** Of groups: keys and aggregates. */
    Expr condition(List<Expr> keys) {
        Family f = Family.BOOLEAN;
        if (!keys.isEmpty() && dice.oneIn(3)) {
            Expr key = dice.pick(keys);
            return dice.oneIn(2) && key.family() != Family.BINARY
                    ? Expr.call(f, "($0 " + dice.of("=", "<", ">=", "<>") + " $1)", key, literals.of(key.family()))
                    : Expr.call(f, "($0 IS NOT NULL)", key);
        }
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(
                                f, "($0 " + dice.of(">", "<", "=", ">=") + " " + dice.between(0, 4) + ")", count()),
                        () -> Expr.call(
                                f, "($0 " + dice.of(">", "<=") + " $1)", integer(), literals.of(Family.INTEGER)),
                        () -> Expr.call(
                                f, "($0 " + dice.of(">", "<=") + " $1)", decimal(), literals.of(Family.DECIMAL)))
                .get();
    }

    /** A window function of the rows; one that counts rows sorts them in full. */
    Expr window() {
        List<Visible> columns = rows.columns();
        String partition = dice.oneIn(3)
                ? ""
                : "PARTITION BY " + dice.pick(columns).expression().text() + " ";
        List<String> keys = columns.stream()
                .filter(Visible::key)
                .map(c -> c.expression().text())
                .toList();
        Visible first = dice.pick(columns);
        String order = "ORDER BY "
                + (first.family() == Family.BINARY
                        ? ""
                        : first.expression().text() + dice.of("", " DESC", " NULLS FIRST"));
        boolean total =
                !keys.isEmpty() && columns.stream().noneMatch(c -> c.alias().startsWith("d"));
        String separator = first.family() == Family.BINARY ? "" : ", ";
        if (total && dice.oneIn(2)) {
            String all = " OVER (" + partition + order + separator + String.join(", ", keys) + ")";
            Visible value = dice.pick(columns);
            return dice.<Supplier<Expr>>of(
                            () -> Expr.leaf(Family.INTEGER, "ROW_NUMBER()" + all),
                            () -> Expr.leaf(Family.INTEGER, "NTILE(3)" + all),
                            () -> Expr.leaf(
                                    value.family(),
                                    dice.of("LAG(", "LEAD(", "FIRST_VALUE(", "LAST_VALUE(")
                                            + value.expression().text() + ")" + all))
                    .get();
        }
        String range = first.family() == Family.BINARY
                ? " OVER (" + partition.strip() + ")"
                : " OVER (" + partition + order + ")";
        Optional<Expr> summed = rows.column(Family.INTEGER, true);
        return dice.<Supplier<Expr>>of(
                        () -> Expr.leaf(
                                Family.INTEGER,
                                (first.family() == Family.BINARY ? "COUNT(*)" : dice.of("RANK()", "DENSE_RANK()"))
                                        + range),
                        () -> Expr.leaf(Family.INTEGER, "COUNT(*)" + range),
                        () -> Expr.leaf(
                                Family.INTEGER,
                                dice.of("SUM(", "MIN(", "MAX(", "COUNT(")
                                        + summed.map(Expr::text).orElse("1") + ")" + range))
                .get();
    }
}
