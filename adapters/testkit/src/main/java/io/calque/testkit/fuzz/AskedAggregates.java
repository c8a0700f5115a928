package io.calque.testkit.fuzz;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Aggregates and windows by the name of the function that a source is to be asked for. Single-threaded. */
final class AskedAggregates {
    private static final String ZEROS = "0." + "0".repeat(30);

    private final Dice dice;
    private final Place place;
    private final List<Visible> columns;
    private final AskedExpressions rows;

    AskedAggregates(Dice dice, Place place, List<Visible> columns, AskedExpressions rows) {
        this.dice = dice;
        this.place = place;
        this.columns = columns;
        this.rows = rows;
    }

    /** An aggregate of this name; empty where no column has the type that it takes. */
    Optional<Expr> aggregate(String name, boolean filtered) {
        return Optional.ofNullable(made(name)).map(made -> filtered ? filtered(made) : made);
    }

    private @Nullable Expr made(String name) {
        Family i = Family.INTEGER;
        Family b = Family.BOOLEAN;
        return switch (name) {
            case "COUNT" -> dice.oneIn(2) ? Expr.leaf(i, "COUNT(*)") : Expr.call(i, "COUNT($0)", rows.anyColumn());
            case "COUNT DISTINCT" ->
                Expr.call(i, "COUNT(DISTINCT $0)", rows.sure().expression());
            case "SUM" -> {
                Expr summed = summed();
                yield Expr.twoWays(summed.family(), "SUM($0)", exactly("SUM($0)", summed), summed);
            }
            case "SUM DISTINCT" -> Expr.call(i, "SUM(DISTINCT $0)", whole());
            case "$SUM0" -> Expr.twoWays(i, "\"$SUM0\"($0)", "COALESCE(SUM($0), 0)", whole());
            case "AVG" -> average("");
            case "AVG DISTINCT" -> average("DISTINCT ");
            case "MIN", "MAX" -> {
                Expr value =
                        place == Place.POSTGRES ? extremeOfAny() : rows.sure().expression();
                yield Expr.call(value.family(), name + "($0)", value);
            }
            case "BOOL_AND", "BOOL_OR", "EVERY" ->
                Expr.call(
                        b,
                        name + "($0)",
                        rows.column(b, false).filter(c -> dice.oneIn(2)).orElseGet(rows::condition));
            case "LISTAGG" ->
                Expr.call(Family.TEXT, "STRING_AGG($0, ',' ORDER BY $0" + dice.of("", " DESC") + ")", rows.text());
            default -> null;
        };
    }

    private Expr extremeOfAny() {
        List<Visible> ordered =
                columns.stream().filter(c -> c.family().hasExtremes()).toList();
        return dice.pick(ordered).expression();
    }

    /** What each source sums exactly: SQLite's whole numbers are BIGINT, whose sums pass 64 bits. */
    private Expr whole() {
        return place == Place.SQLITE
                ? Expr.call(Family.INTEGER, dice.of("CHAR_LENGTH($0)", "ASCII($0)"), rows.text())
                : rows.integer();
    }

    private Expr summed() {
        return dice.of(Family.DOUBLE, Family.DECIMAL) == Family.DOUBLE
                ? rows.column(Family.DOUBLE, true).orElseGet(this::whole)
                : place == Place.SQLITE
                        ? whole()
                        : rows.column(Family.DECIMAL, true).orElseGet(this::whole);
    }

    private static String exactly(String text, Expr summed) {
        return summed.family() == Family.DOUBLE ? text.replace("$0", "$0::float8") : text;
    }

    private Expr average(String distinct) {
        Expr averaged = rows.integer();
        return Expr.twoWays(
                Family.DECIMAL,
                "AVG(" + distinct + "$0)",
                "round(avg(" + distinct + "($0 + " + ZEROS + ")), 16)",
                averaged);
    }

    /** PostgreSQL takes FILTER behind the aggregate only, not behind what is made of it. */
    private Expr filtered(Expr aggregate) {
        if (!aggregate.reference().endsWith(")")
                || !aggregate.reference().matches("[A-Z_]+\\(.*")
                || aggregate.reference().startsWith("COALESCE")) {
            return aggregate;
        }
        int slot = aggregate.parts().size();
        String tail = " FILTER (WHERE $" + slot + ")";
        return new Expr(
                aggregate.family(),
                aggregate.text() + tail,
                aggregate.reference() + tail,
                Stream.concat(aggregate.parts().stream(), Stream.<Part>of(rows.condition()))
                        .toList(),
                Optional.empty());
    }

    /** A condition on groups. */
    Expr having() {
        return dice.<Supplier<Expr>>of(
                        () -> Expr.leaf(
                                Family.BOOLEAN,
                                "(COUNT(*) " + dice.of(">", "<", "=", ">=") + " " + dice.between(0, 3) + ")"),
                        () -> Expr.call(
                                Family.BOOLEAN,
                                "(MAX($0) " + dice.of(">", "<=") + " " + dice.between(0, 9) + ")",
                                rows.integer()))
                .get();
    }

    /**
     * A window function of this name over rows of one table, sorted in full where its value depends on the order of ties; empty
     * where no column has the type that it takes.
     */
    Optional<Expr> window(String name) {
        String partition =
                dice.oneIn(3) ? "" : "PARTITION BY " + rows.sure().expression().text() + " ";
        Visible first = rows.sure();
        String order =
                "ORDER BY " + first.expression().text() + dice.of("", " DESC", " NULLS FIRST", " DESC NULLS LAST");
        StringBuilder total = new StringBuilder(order);
        columns.stream()
                .filter(Visible::key)
                .forEach(key -> total.append(", ").append(key.expression().text()));
        String all = " OVER (" + partition + total + ")";
        String ties = " OVER (" + partition + order + ")";
        String value = rows.anyColumn().text();
        String number = rows.integer().text();
        Family i = Family.INTEGER;
        Family valued = columns.stream()
                .filter(c -> c.expression().text().equals(value))
                .findFirst()
                .map(Visible::family)
                .orElse(i);
        return Optional.ofNullable(
                switch (name) {
                    case "ROW_NUMBER" -> Expr.leaf(i, "ROW_NUMBER()" + all);
                    case "NTILE" -> Expr.leaf(i, "NTILE(" + dice.between(1, 4) + ")" + all);
                    case "RANK", "DENSE_RANK" -> Expr.leaf(i, name + "()" + ties);
                    case "LAG", "LEAD" -> Expr.leaf(valued, name + "(" + value + dice.of("", ", 2", ", 0") + ")" + all);
                    case "FIRST_VALUE", "LAST_VALUE" -> Expr.leaf(valued, name + "(" + value + ")" + all);
                    case "NTH_VALUE" -> Expr.leaf(valued, name + "(" + value + ", " + dice.between(1, 3) + ")" + all);
                    case "COUNT" -> Expr.leaf(i, "COUNT(" + dice.of("*", value) + ")" + framed(ties, all));
                    case "SUM" -> Expr.leaf(i, "SUM(" + number + ")" + framed(ties, all));
                    case "$SUM0" -> {
                        String over = framed(ties, all);
                        yield Expr.leaf(
                                i, "\"$SUM0\"(" + number + ")" + over, "COALESCE(SUM(" + number + ")" + over + ", 0)");
                    }
                    case "MIN", "MAX" -> Expr.leaf(i, name + "(" + number + ")" + framed(ties, all));
                    default -> null;
                });
    }

    /** At times over neighbouring rows. */
    private String framed(String ties, String all) {
        return dice.oneIn(3)
                ? all.substring(0, all.length() - 1)
                        + dice.of(
                                " ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING)",
                                " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)",
                                " ROWS BETWEEN 2 PRECEDING AND CURRENT ROW)")
                : ties;
    }
}
