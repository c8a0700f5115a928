package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** The functions that SQLite and the engine compute alike. A text with a NUL never comes out of SQLite, so none is met here. */
final class SqliteFunctions {
    static final String[] NAMES = {
        "CAST",
        "LIKE",
        "SUBSTRING",
        "CHAR_LENGTH",
        "CHARACTER_LENGTH",
        "||",
        "LEFT",
        "RIGHT",
        "REPLACE",
        "POSITION",
        "STARTS_WITH",
        "ASCII",
        "TRIM",
        "ABS",
        "EXTRACT",
        "FLOOR"
    };

    private final SqliteDialect dialect;

    SqliteFunctions(SqliteDialect dialect) {
        this.dialect = dialect;
    }

    Expr call(RexCall call, Translator operands) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return switch (name) {
            case "LIKE" -> like(call, operands);
            case "CAST" -> cast(call, operands);
            case "||" -> concatenation(call, operands);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> {
                Expr text = text(operands.operand(call, 0));
                yield Expr.atom(Translator.type(call.getType()), text.nullable(), "LENGTH(", text.sql(), ")");
            }
            case "SUBSTRING" -> substring(call, operands);
            case "LEFT", "RIGHT" -> side(name, call, operands);
            case "REPLACE" -> function("REPLACE", call, operands, 0, 1, 2);
            // The text comes first.
            case "POSITION" -> {
                if (call.getOperands().size() != 2) {
                    throw new Refused("POSITION from a place on stays in Calque");
                }
                yield function("INSTR", call, operands, 1, 0).as(Translator.type(call.getType()));
            }
            case "STARTS_WITH" -> {
                Expr text = text(operands.operand(call, 0));
                Expr prefix = text(operands.operand(call, 1));
                yield Expr.condition(
                        Level.COMPARISON,
                        text.nullable() || prefix.nullable(),
                        "SUBSTR(",
                        text.sql(),
                        ", 1, LENGTH(",
                        prefix.sql(),
                        ")) = ",
                        prefix.at(Level.ATOM));
            }
            case "ASCII" -> {
                Expr text = text(operands.operand(call, 0));
                yield Expr.atom(
                        Translator.type(call.getType()),
                        text.nullable(),
                        "CASE WHEN ",
                        text.at(Level.ATOM),
                        " = '' THEN 0 ELSE UNICODE(",
                        text.sql(),
                        ") END");
            }
            case "TRIM" -> trim(call, operands);
            case "ABS" -> absolute(call, operands);
            case "EXTRACT" -> SqliteTimes.extract(call, operands);
            case "FLOOR" -> {
                if (call.getOperands().size() != 2) {
                    throw new Refused("FLOOR of a number stays in Calque");
                }
                yield SqliteTimes.floor(call, operands);
            }
            default -> throw new Refused("SQLite is not asked for " + name);
        };
    }

    private Expr text(Expr operand) {
        if (!operand.isText()) {
            throw new Refused("text functions on " + operand.type() + " stay in Calque");
        }
        return dialect.exact(operand);
    }

    private Expr function(String name, RexCall call, Translator operands, int... order) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (int index : order) {
            Expr part = text(operands.operand(call, index));
            parts.add(part.sql());
            nullable |= part.nullable();
        }
        return Expr.atom(DataType.VARCHAR, nullable, name + "(", Sql.joined(", ", parts), ")");
    }

    /** LEFT and RIGHT of a constant count; a negative one counts what is left out. */
    private Expr side(String name, RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        RexLiteral literal = operands.literalOperand(call, 1);
        if (literal == null || literal.isNull() || !SqliteDialect.isWhole(LiteralTypes.of(literal))) {
            throw new Refused(name + " with a count that is not constant stays in Calque");
        }
        long count = Literals.number(literal).longValueExact();
        Sql sql = name.equals("LEFT")
                ? count >= 0
                        ? Sql.of("SUBSTR(", text.sql(), ", 1, " + count + ")")
                        : Sql.of("SUBSTR(", text.sql(), ", 1, MAX(0, LENGTH(", text.sql(), ") - " + -count + "))")
                : count > 0
                        ? Sql.of("SUBSTR(", text.sql(), ", " + -count + ")")
                        : count == 0
                                ? Sql.of("SUBSTR(", text.sql(), ", 1, 0)")
                                : Sql.of("SUBSTR(", text.sql(), ", " + (1 - count) + ")");
        return Expr.atom(DataType.VARCHAR, text.nullable(), sql);
    }

    private Expr trim(RexCall call, Translator operands) {
        RexLiteral side = operands.literalOperand(call, 0);
        if (side == null) {
            throw new Refused("TRIM without a side stays in Calque");
        }
        String name = switch (Objects.requireNonNull(side.getValueAs(SqlTrimFunction.Flag.class))) {
            case LEADING -> "LTRIM";
            case TRAILING -> "RTRIM";
            case BOTH -> "TRIM";
        };
        return function(name, call, operands, 2, 1);
    }

    /** Of the least whole number it is an error on both sides. */
    private Expr absolute(RexCall call, Translator operands) {
        Expr number = operands.operand(call, 0);
        DataType type = Translator.type(call.getType());
        boolean known = number.form() == Form.PLAIN
                && (number.type().kind() == TypeKind.BIGINT || number.type().kind() == TypeKind.DOUBLE)
                && type.kind() == number.type().kind();
        if (!known) {
            throw new Refused("ABS of " + number.type() + " stays in Calque");
        }
        return Expr.atom(type, number.nullable(), "ABS(", number.sql(), ")");
    }

    /** SQLite's LIKE takes no notice of the case of ASCII letters; its GLOB does, and matches code points too. */
    private Expr like(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        RexLiteral pattern = operands.literalOperand(call, 1);
        RexLiteral escape = call.getOperands().size() == 3 ? operands.literalOperand(call, 2) : null;
        boolean escapes = call.getOperands().size() == 2 || (escape != null && !escape.isNull());
        if (pattern == null || pattern.isNull() || !escapes) {
            throw new Refused("SQLite's LIKE ignores case, and GLOB can stand for it only with a constant pattern");
        }
        if (escape == null && Literals.value(pattern).contains("\\")) {
            throw new Refused("without ESCAPE a backslash in a LIKE pattern can mean two things");
        }
        String glob = glob(Literals.value(pattern), escape == null ? "" : Literals.value(escape));
        return Expr.condition(
                Level.COMPARISON, text.nullable(), text.at(Level.ATOM), " GLOB '" + glob.replace("'", "''") + "'");
    }

    private static String glob(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1 || pattern.indexOf('\0') >= 0) {
            throw new Refused("this pattern is an error, which Calque raises");
        }
        int escaping = escape.isEmpty() ? -1 : escape.codePointAt(0);
        StringBuilder glob = new StringBuilder();
        int[] points = pattern.codePoints().toArray();
        for (int i = 0; i < points.length; i++) {
            if (points[i] == escaping) {
                i++;
                if (i == points.length) {
                    throw new Refused("this pattern is an error, which Calque raises");
                }
                literally(glob, points[i]);
            } else if (points[i] == '%') {
                glob.append('*');
            } else if (points[i] == '_') {
                glob.append('?');
            } else {
                literally(glob, points[i]);
            }
        }
        return glob.toString();
    }

    private static void literally(StringBuilder glob, int point) {
        if (point == '*' || point == '?' || point == '[') {
            glob.append('[').appendCodePoint(point).append(']');
            return;
        }
        glob.appendCodePoint(point);
    }

    /** Whole numbers have one width in SQLite, and texts one length. */
    private Expr cast(RexCall call, Translator operands) {
        Expr value = operands.operand(call, 0);
        DataType to = Translator.type(call.getType());
        DataType from = value.type();
        if (from.equals(to) && from.kind() != TypeKind.VARCHAR) {
            return value;
        }
        boolean nothing = value.literal().filter(l -> l.isNull()).isPresent();
        boolean sameText = from.kind() == TypeKind.VARCHAR
                && to.kind() == TypeKind.VARCHAR
                && !PostgresCasts.shortens(call.getOperands().get(0).getType(), call.getType());
        boolean widened = SqliteDialect.isWhole(from)
                && value.form() == Form.PLAIN
                && Translator.widens(call.getOperands().get(0).getType(), call.getType());
        if (nothing || sameText || widened) {
            return value.as(to);
        }
        Expr moment = SqliteTimes.cast(value, to);
        if (moment != null) {
            return moment;
        }
        throw new Refused("CAST from " + from + " to " + to + " stays in Calque");
    }

    private Expr concatenation(RexCall call, Translator operands) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (RexNode operand : call.getOperands()) {
            Expr part = text(operands.translate(operand));
            parts.add(part.at(Level.ATOM));
            nullable |= part.nullable();
        }
        return Expr.of(Sql.joined(" || ", parts), Level.CONCATENATION, DataType.VARCHAR, nullable);
    }

    /** From a position of at least 1: SQLite counts those below from the end. */
    private Expr substring(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        List<Sql> parts = new ArrayList<>();
        parts.add(text.sql());
        for (int i = 1; i < call.getOperands().size(); i++) {
            RexLiteral bound = operands.literalOperand(call, i);
            if (bound == null || bound.isNull()) {
                throw new Refused("SQLite counts positions below 1 from the end of the text");
            }
            boolean provable = SqliteDialect.isWhole(LiteralTypes.of(bound))
                    && Literals.number(bound).signum() >= (i == 1 ? 1 : 0);
            if (!provable) {
                throw new Refused("SQLite counts positions below 1 from the end of the text");
            }
            parts.add(Sql.of(Literals.plain(bound)));
        }
        return Expr.atom(DataType.VARCHAR, text.nullable(), "SUBSTR(", Sql.joined(", ", parts), ")");
    }
}
