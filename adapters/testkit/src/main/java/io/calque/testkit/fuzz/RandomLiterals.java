package io.calque.testkit.fuzz;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;

/** Constants in both spellings, and parameters. Single-threaded. */
final class RandomLiterals {
    private static final DateTimeFormatter WALL = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Dice dice;
    private final RandomValues values;

    RandomLiterals(Dice dice) {
        this.dice = dice;
        this.values = new RandomValues(dice);
    }

    Expr of(Family family) {
        return spelled(family, values.tame(storage(family)));
    }

    /** A value for a comparison: at times a large one, at times a question mark. */
    Expr compared(Family family) {
        if (family == Family.INTEGER && dice.oneIn(12)) {
            return Expr.leaf(family, dice.of("2147483648", "9223372036854775807", "(-2147483648)", "32768"));
        }
        Object value = values.tame(storage(family));
        Expr literal = spelled(family, value);
        boolean mayBind = family != Family.BINARY && family != Family.INSTANT && family != Family.TIME;
        return mayBind && dice.oneIn(6) ? literal.asParameter(value) : literal;
    }

    Expr nothing(Family family) {
        return Expr.leaf(family, "CAST(NULL AS " + type(family) + ")", "CAST(NULL AS " + reference(family) + ")");
    }

    private Storage storage(Family family) {
        return switch (family) {
            case BOOLEAN -> Storage.PG_BOOLEAN;
            case INTEGER -> Storage.PG_INTEGER;
            case DECIMAL -> Storage.PG_NUMERIC;
            case DOUBLE -> Storage.PG_DOUBLE;
            case TEXT -> dice.oneIn(12) ? dice.of(Storage.PG_UUID, Storage.MONGO_OBJECT_ID) : Storage.PG_TEXT;
            case BINARY -> Storage.PG_BYTEA;
            case DATE -> Storage.PG_DATE;
            case TIME -> Storage.PG_TIME;
            case TIMESTAMP -> Storage.PG_TIMESTAMP;
            case INSTANT -> Storage.PG_TIMESTAMPTZ;
        };
    }

    static Expr spelled(Family family, Object value) {
        return switch (family) {
            case BOOLEAN -> Expr.leaf(family, value.toString().toUpperCase(Locale.ROOT));
            case INTEGER -> Expr.leaf(family, (Long) value < 0 ? "(" + value + ")" : value.toString());
            case DECIMAL -> {
                BigDecimal number = (BigDecimal) value;
                String plain = number.toPlainString();
                yield Expr.leaf(family, number.signum() < 0 ? "(" + plain + ")" : plain);
            }
            case DOUBLE -> {
                String plain = new BigDecimal((Double) value).toPlainString();
                yield Expr.leaf(family, "(" + plain + "e0)", "(" + plain + ")::float8");
            }
            case TEXT -> Expr.leaf(family, quoted(value.toString()));
            case BINARY -> {
                String hex = HexFormat.of().formatHex((byte[]) value);
                yield Expr.leaf(family, "X'" + hex + "'", "'\\x" + hex + "'::bytea");
            }
            case DATE -> Expr.leaf(family, "DATE '" + value + "'");
            case TIME -> Expr.leaf(family, "TIME '" + CLOCK.format((java.time.LocalTime) value) + "'");
            case TIMESTAMP -> Expr.leaf(family, "TIMESTAMP '" + WALL.format((LocalDateTime) value) + "'");
            case INSTANT -> {
                String wall = WALL.format(LocalDateTime.ofInstant((Instant) value, ZoneOffset.UTC));
                yield Expr.leaf(
                        family,
                        "CAST('" + wall + "+00' AS TIMESTAMP WITH LOCAL TIME ZONE)",
                        "TIMESTAMPTZ '" + wall + "+00'");
            }
        };
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    static String type(Family family) {
        return switch (family) {
            case DECIMAL -> "DECIMAL(20, 4)";
            case TEXT -> "VARCHAR";
            case BINARY -> "VARBINARY";
            case INSTANT -> "TIMESTAMP WITH LOCAL TIME ZONE";
            default -> family.name();
        };
    }

    static String reference(Family family) {
        return switch (family) {
            case DOUBLE -> "float8";
            case BINARY -> "bytea";
            case INSTANT -> "timestamptz";
            case TIMESTAMP -> "timestamp(3)";
            default -> type(family);
        };
    }
}
