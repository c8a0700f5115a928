package io.calque.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scalar expressions by the name of the function that a source is to be asked for, over columns that it can compute with. Total, as
 * those of {@link RandomExpressions}. Single-threaded.
 */
final class AskedExpressions {
    private static final String ZEROS = "0." + "0".repeat(30);

    private final Dice dice;
    private final Place place;
    private final List<Visible> columns;
    private final RandomLiterals literals;
    private final boolean parameters;

    /**
     * @param parameters whether a constant may be a question mark: not where two texts of one expression must be equal
     */
    AskedExpressions(Dice dice, Place place, List<Visible> columns, boolean parameters) {
        this.dice = dice;
        this.place = place;
        this.columns = List.copyOf(columns);
        this.literals = new RandomLiterals(dice);
        this.parameters = parameters;
    }

    /** A column of the family; keys and links, which every source computes with, come often. */
    Optional<Expr> column(Family family, boolean tame) {
        List<Visible> fitting = columns.stream()
                .filter(c -> c.family() == family && (c.tame() || !tame))
                .toList();
        List<Visible> sure = fitting.stream().filter(c -> c.link() || c.key()).toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        boolean risked = place == Place.MONGO ? dice.oneIn(5) : dice.oneIn(2);
        return Optional.of(dice.pick(sure.isEmpty() || risked ? fitting : sure).expression());
    }

    /** A column that every source sorts and groups by. */
    Visible sure() {
        List<Visible> sure = columns.stream()
                .filter(c -> (c.link() || c.key()) && (place != Place.MONGO || c.family() == Family.INTEGER))
                .toList();
        List<Visible> nullable = sure.stream().filter(c -> !c.key()).toList();
        return dice.pick(nullable.isEmpty() || dice.oneIn(4) ? sure : nullable);
    }

    /** A column of any family but those that few sources compute with. */
    Expr anyColumn() {
        if (place == Place.MONGO && !dice.oneIn(3)) {
            return dice.pick(columns.stream().filter(c -> c.link() || c.key()).toList())
                    .expression();
        }
        List<Visible> common = columns.stream()
                .filter(c -> c.family() != Family.BINARY && c.family() != Family.TIME && c.family() != Family.INSTANT)
                .toList();
        return dice.pick(common.isEmpty() ? columns : common).expression();
    }

    /** A column that no plan knows to have a value. */
    private Expr mayBeNull() {
        List<Visible> links = columns.stream().filter(c -> c.link() && !c.key()).toList();
        return links.isEmpty() || (place != Place.MONGO && dice.oneIn(2))
                ? anyColumn()
                : dice.pick(links).expression();
    }

    Expr text() {
        return column(Family.TEXT, false).orElseGet(() -> literals.of(Family.TEXT));
    }

    Expr integer() {
        return column(Family.INTEGER, true).orElseGet(() -> literals.of(Family.INTEGER));
    }

    /** Where there is none, one that PostgreSQL makes. */
    private Expr decimal() {
        return column(Family.DECIMAL, true)
                .filter(c -> !dice.oneIn(4))
                .orElseGet(() -> Expr.call(Family.DECIMAL, "CAST($0 AS DECIMAL(20, 2))", integer()));
    }

    private Expr constant(Family family) {
        return parameters ? literals.compared(family) : literals.of(family);
    }

    /** An expression with this function in it; empty where no column has the type that it takes. */
    Optional<Expr> of(String name) {
        return Optional.ofNullable(made(name));
    }

    private @Nullable Expr made(String name) {
        Family i = Family.INTEGER;
        Family d = Family.DECIMAL;
        Family t = Family.TEXT;
        Family b = Family.BOOLEAN;
        boolean exact = place == Place.POSTGRES && dice.oneIn(2);
        return switch (name) {
            case "+", "-", "*" ->
                exact
                        ? Expr.call(d, "($0 " + name + " $1)", decimal(), dice.oneIn(2) ? integer() : literals.of(d))
                        : Expr.call(i, "($0 " + name + " $1)", integer(), dice.oneIn(2) ? integer() : literals.of(i));
            case "/" ->
                exact
                        ? Expr.twoWays(
                                d,
                                "($0 / NULLIF($1, 0))",
                                "round(($0 + " + ZEROS + ") / NULLIF($1, 0), 16)",
                                decimal(),
                                integer())
                        : made("/INT");
            case "/INT" -> Expr.call(i, "($0 / " + dice.of("2", "3", "(-4)", "7") + ")", integer());
            case "MOD" ->
                exact
                        ? Expr.call(d, "MOD($0, 0.70)", decimal())
                        : Expr.call(i, "MOD($0, " + dice.of("2", "3", "(-4)", "7") + ")", integer());
            case "%" -> Expr.call(i, "($0 % " + dice.of("2", "3", "7") + ")", integer());
            case "ABS" ->
                exact
                        ? Expr.call(d, "ABS($0)", decimal())
                        : Expr.call(i, place == Place.SQLITE ? "ABS($0)" : "ABS($0 - 3)", integer());
            case "SIGN" ->
                exact
                        ? Expr.call(d, "SIGN($0)", decimal())
                        : Expr.twoWays(i, "SIGN($0 - 3)", "CAST(SIGN($0 - 3) AS INTEGER)", integer());
            case "ROUND", "TRUNC" -> Expr.call(d, name + "($0, " + dice.of("0", "1", "-1") + ")", decimal());
            case "CEIL" -> Expr.call(d, "CEIL($0)", decimal());
            case "FLOOR" -> exact ? Expr.call(d, "FLOOR($0)", decimal()) : truncated();
            case "CHAR_LENGTH", "CHARACTER_LENGTH", "OCTET_LENGTH", "ASCII" -> Expr.call(i, name + "($0)", text());
            case "POSITION" -> Expr.call(i, "POSITION($0 IN $1)", literals.of(t), text());
            case "EXTRACT" -> extracted();
            case "ADD_DAYS" -> later();
            case "DAYS_BETWEEN" -> {
                Expr date = column(Family.DATE, true).orElseGet(this::later);
                Expr other = literals.of(Family.DATE);
                yield Expr.call(i, dice.of("($0 - $1)", "($1 - $0)"), date, dice.oneIn(2) ? later() : other);
            }
            case "TO_CHAR" ->
                column(Family.TIMESTAMP, false)
                        .map(c -> Expr.call(
                                t,
                                "TO_CHAR($0, '"
                                        + dice.of("YYYY-MM-DD", "YYYY-MM", "HH24:MI:SS", "DD.MM.YYYY HH24", "YYYY/MM")
                                        + "')",
                                c))
                        .orElse(null);
            case "CASE" -> {
                Expr value = anyColumn();
                yield Expr.call(
                        value.family(),
                        dice.of("CASE WHEN $0 THEN $1 ELSE $2 END", "CASE WHEN $0 THEN $1 END"),
                        condition(),
                        value,
                        column(value.family(), false).orElse(value));
            }
            case "COALESCE" -> {
                Expr value = mayBeNull();
                yield Expr.call(
                        value.family(),
                        "COALESCE($0, $1)",
                        value,
                        dice.oneIn(2)
                                ? literals.of(value.family())
                                : column(value.family(), false).orElse(value));
            }
            case "GREATEST", "LEAST" -> {
                Family f = dice.of(i, i, t, d, Family.DATE);
                Expr value = column(f, false).orElseGet(this::integer);
                yield Expr.call(
                        value.family(),
                        name + "($0, $1)",
                        value,
                        dice.oneIn(2)
                                ? literals.of(value.family())
                                : column(value.family(), false).orElse(value));
            }
            case "CAST" -> cast();
            case "=", "<>", "<", "<=", ">", ">=" -> comparison(name);
            case "AND", "OR" -> Expr.call(b, "($0 " + name + " $1)", condition(), condition());
            case "NOT" ->
                Expr.call(
                        b, "(NOT $0)", dice.oneIn(2) ? like() : column(b, false).orElseGet(this::like));
            case "IS NULL", "IS NOT NULL" -> Expr.call(b, "($0 " + name + ")", anyColumn());
            case "IS TRUE", "IS NOT TRUE", "IS FALSE", "IS NOT FALSE" -> Expr.call(b, "($0 " + name + ")", unsure());
            case "IS DISTINCT FROM", "IS NOT DISTINCT FROM" -> distinction(name);
            case "SEARCH" -> membership();
            case "LIKE" -> like();
            case "STARTS_WITH" -> Expr.call(b, "STARTS_WITH($0, $1)", text(), literals.of(t));
            default -> textual(name);
        };
    }

    private @Nullable Expr textual(String name) {
        Family t = Family.TEXT;
        return switch (name) {
            case "LEFT", "RIGHT" -> Expr.call(t, name + "($0, " + dice.of("1", "2", "-1", "0") + ")", text());
            case "LPAD", "RPAD" -> Expr.call(t, name + "($0, " + dice.of("3, 'xy'", "4, '-'", "2") + ")", text());
            case "MD5", "REVERSE" -> Expr.call(t, name + "($0)", text());
            case "OVERLAY" ->
                Expr.call(
                        t,
                        "OVERLAY($0 PLACING $1 FROM " + dice.between(1, 3) + dice.of("", " FOR 0", " FOR 1", " FOR 2")
                                + ")",
                        text(),
                        literals.of(t));
            case "REPLACE" -> Expr.call(t, "REPLACE($0, $1, $2)", text(), literals.of(t), literals.of(t));
            case "SPLIT_PART" ->
                Expr.call(t, "SPLIT_PART($0, " + dice.of("'b', 1", "'b', 2", "'.', 2", "'a', 2") + ")", text());
            case "TRANSLATE3" ->
                Expr.call(
                        t,
                        "TRANSLATE($0, " + dice.of("'ab', 'xy'", "'ab', 'x'", "'aAb', ''", "'a', '\uD83D\uDE00'") + ")",
                        text());
            case "SUBSTRING" ->
                Expr.call(
                        t,
                        "SUBSTRING($0 FROM " + dice.between(place == Place.SQLITE ? 1 : 0, 3)
                                + dice.of("", " FOR 0", " FOR 1", " FOR 2") + ")",
                        text());
            case "TRIM" ->
                Expr.call(
                        t,
                        dice.of(
                                "TRIM($0)",
                                "LTRIM($0)",
                                "RTRIM($0)",
                                "TRIM(LEADING 'a' FROM $0)",
                                "TRIM(TRAILING 'b' FROM $0)",
                                "TRIM(BOTH 'a' FROM $0)"),
                        text());
            case "CONCAT_WS" ->
                dice.oneIn(2)
                        ? Expr.call(t, "CONCAT_WS('-', $0, $1)", text(), text())
                        : Expr.call(t, "CONCAT_WS($2, $0, 'x', $1)", text(), text(), text());
            case "||" -> Expr.call(t, "($0 || $1)", text(), dice.oneIn(2) ? literals.of(t) : text());
            default -> null;
        };
    }

    /** A date and some days: a constant date where there is no other. */
    private Expr later() {
        Optional<Expr> date = column(Family.DATE, true);
        return date.map(c -> Expr.call(Family.DATE, "($0 + (" + dice.between(-40, 40) + "))", c))
                .orElseGet(() -> Expr.call(
                        Family.DATE,
                        "($0 + $1)",
                        literals.of(Family.DATE),
                        key().orElseThrow().expression()));
    }

    private Optional<Visible> key() {
        return columns.stream().filter(Visible::key).findFirst();
    }

    private @Nullable Expr truncated() {
        String units = place == Place.POSTGRES ? "year quarter month week day hour minute" : "year month day";
        String unit = dice.of(units.split(" "));
        return column(Family.TIMESTAMP, false)
                .map(c -> Expr.call(Family.TIMESTAMP, "DATE_TRUNC('" + unit + "', $0)", c))
                .orElse(null);
    }

    private @Nullable Expr extracted() {
        Optional<Expr> time = column(Family.TIMESTAMP, false);
        Optional<Expr> date = column(Family.DATE, false);
        boolean clock = time.isPresent() && (date.isEmpty() || dice.oneIn(2));
        Optional<Expr> moment = clock ? time : date;
        String units = place == Place.POSTGRES ? "YEAR MONTH DAY QUARTER DOY DOW ISODOW WEEK" : "YEAR MONTH DAY";
        String unit = clock && dice.oneIn(3) ? dice.of("HOUR", "MINUTE") : dice.of(units.split(" "));
        return moment.map(m -> Expr.twoWays(Family.INTEGER, "EXTRACT(" + unit + " FROM $0)", "", m)
                        .withExtractCast())
                .orElse(null);
    }

    private Expr cast() {
        return dice.<Supplier<Expr>>of(
                        () -> Expr.call(Family.TEXT, "CAST($0 AS VARCHAR)", integer()),
                        () -> Expr.call(Family.INTEGER, "CAST($0 AS BIGINT)", integer()),
                        () -> column(Family.TIMESTAMP, false)
                                .map(c -> Expr.call(Family.DATE, "CAST($0 AS DATE)", c))
                                .orElseGet(() -> Expr.call(Family.INTEGER, "CAST($0 AS BIGINT)", integer())))
                .get();
    }

    /** A condition that no plan knows to be TRUE or FALSE. */
    private Expr unsure() {
        if (dice.oneIn(2)) {
            Visible column = sure();
            return Expr.call(
                    Family.BOOLEAN,
                    "($0 " + dice.of("=", "<>", "=") + " $1)",
                    column.expression(),
                    constant(column.family()));
        }
        return column(Family.BOOLEAN, false).filter(c -> dice.oneIn(2)).orElseGet(this::condition);
    }

    private Expr distinction(String name) {
        List<Visible> nullable = columns.stream()
                .filter(c -> !c.key()
                        && (c.family() == Family.INTEGER || c.family() == Family.TEXT || c.family() == Family.DATE))
                .toList();
        Visible left = nullable.isEmpty() ? sure() : dice.pick(nullable);
        List<Visible> partners = nullable.stream()
                .filter(c -> c.family() == left.family() && !c.equals(left))
                .toList();
        Expr right = partners.isEmpty()
                ? literals.of(left.family())
                : dice.pick(partners).expression();
        return Expr.call(Family.BOOLEAN, "($0 " + name + " $1)", left.expression(), right);
    }

    Expr comparison(String operator) {
        List<Visible> ordered = columns.stream()
                .filter(c -> c.family().hasExtremes()
                        && c.family() != Family.TIME
                        && c.family() != Family.INSTANT
                        && (place != Place.MONGO
                                || c.family() != Family.TEXT
                                || operator.equals("=")
                                || operator.equals("<>")))
                .toList();
        Visible left = ordered.isEmpty() ? dice.pick(columns) : dice.pick(ordered);
        Expr right = dice.oneIn(4) ? column(left.family(), false).orElseThrow() : constant(left.family());
        String sign = left.family() == Family.BINARY ? "=" : operator;
        return Expr.call(Family.BOOLEAN, "($0 " + sign + " $1)", left.expression(), right);
    }

    private Expr membership() {
        Family family = dice.of(Family.INTEGER, Family.INTEGER, Family.TEXT, Family.DATE, Family.DECIMAL);
        Expr searched = column(family, false).orElseGet(this::integer);
        Family f = searched.family();
        boolean range = dice.oneIn(2) && (f != Family.TEXT || place == Place.POSTGRES);
        if (range) {
            return Expr.call(
                    Family.BOOLEAN,
                    "($0 " + dice.of("BETWEEN", "NOT BETWEEN") + " $1 AND $2)",
                    searched,
                    literals.of(f),
                    literals.of(f));
        }
        List<Part> parts = new ArrayList<>(List.of(searched));
        StringBuilder text = new StringBuilder("($0 " + dice.of("IN", "IN", "NOT IN") + " (");
        int members = dice.between(2, 4);
        for (int i = 1; i <= members; i++) {
            text.append(i == 1 ? "$" : ", $").append(i);
            parts.add(literals.of(f));
        }
        text.append("))");
        return Expr.call(Family.BOOLEAN, text.toString(), parts.toArray(Part[]::new));
    }

    Expr like() {
        String pattern = dice.of("a%", "%a", "%b%", "_", "a_", "%", "", "_%", "a", "%\uD83D\uDE00%", "A%");
        return Expr.call(
                Family.BOOLEAN,
                "($0 " + dice.of("LIKE", "LIKE", "NOT LIKE") + " $1)",
                text(),
                Expr.leaf(Family.TEXT, RandomLiterals.quoted(pattern)));
    }

    /** A short condition that may be NULL. */
    Expr condition() {
        return dice.<Supplier<Expr>>of(
                        () -> comparison(dice.of("=", "<>", "<", ">=")),
                        () -> comparison(dice.of("=", "<=", ">")),
                        this::membership,
                        this::like,
                        () -> Expr.call(Family.BOOLEAN, "($0 " + dice.of("IS NULL", "IS NOT NULL") + ")", anyColumn()))
                .get();
    }
}
