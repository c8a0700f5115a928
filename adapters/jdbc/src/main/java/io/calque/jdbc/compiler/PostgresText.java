package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/** Functions of text in PostgreSQL. Positions count characters there, too, which are code points. */
final class PostgresText {
    static final String[] NAMES = {
        "LIKE",
        "||",
        "SUBSTRING",
        "CHAR_LENGTH",
        "CHARACTER_LENGTH",
        "POSITION",
        "REPLACE",
        "TRIM",
        "LEFT",
        "RIGHT",
        "LPAD",
        "RPAD",
        "REVERSE",
        "TRANSLATE3",
        "SPLIT_PART",
        "STARTS_WITH",
        "OCTET_LENGTH",
        "MD5",
        "CONCAT_WS",
        "OVERLAY"
    };

    /** Longer fillings could pass a limit of either side. */
    private static final int LONGEST = 10_000;

    private final PostgresDialect dialect;

    PostgresText(PostgresDialect dialect) {
        this.dialect = dialect;
    }

    Expr call(String name, RexCall call, Translator operands) {
        return switch (name) {
            case "LIKE" -> like(call, operands);
            case "TRIM" -> trim(call, operands);
            case "||" -> concatenation(call, operands);
            case "SUBSTRING" -> substring(call, operands);
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> {
                Expr text = text(operands.operand(call, 0));
                yield Expr.atom(DataType.INTEGER, text.nullable(), "CHAR_LENGTH(", text.sql(), ")")
                        .as(Translator.type(call.getType()));
            }
            case "POSITION" -> {
                if (call.getOperands().size() != 2) {
                    throw unsaid(call);
                }
                Expr part = text(operands.operand(call, 0));
                Expr whole = text(operands.operand(call, 1));
                yield Expr.atom(
                        Translator.type(call.getType()),
                        part.nullable() || whole.nullable(),
                        "POSITION(",
                        part.at(Level.ATOM),
                        " IN ",
                        whole.at(Level.ATOM),
                        ")");
            }
            case "REPLACE", "REVERSE", "STARTS_WITH" -> texts(name, name, call, operands);
            case "TRANSLATE3" -> texts("TRANSLATE", name, call, operands);
            case "LEFT", "RIGHT" -> {
                // RIGHT of the least integer would have to count what no integer counts.
                String count = number(name, call, operands, 1, -LONGEST, Integer.MAX_VALUE);
                yield function(name, call, operands, count);
            }
            case "LPAD", "RPAD" -> padded(name, call, operands);
            case "SPLIT_PART" -> {
                Expr delimiter = typed(operands.operand(call, 1));
                String place = number(name, call, operands, 2, 1, Integer.MAX_VALUE);
                Expr text = typed(operands.operand(call, 0));
                yield Expr.atom(
                        DataType.VARCHAR,
                        text.nullable() || delimiter.nullable(),
                        "SPLIT_PART(",
                        text.sql(),
                        ", ",
                        delimiter.sql(),
                        ", " + place + ")");
            }
            case "OCTET_LENGTH" -> utf8("OCTET_LENGTH", call, operands);
            case "MD5" -> utf8("MD5", call, operands);
            case "CONCAT_WS" -> joined(call, operands);
            case "OVERLAY" -> overlay(call, operands);
            default -> throw unsaid(call);
        };
    }

    private static Refused unsaid(RexCall call) {
        return new Refused("PostgreSQL is not asked for " + call.getOperator().getName());
    }

    private Expr text(Expr operand) {
        if (!operand.isText()) {
            throw new Refused("text functions on " + operand.type() + " stay in Calque");
        }
        return dialect.exact(operand);
    }

    /** Text whose type PostgreSQL need not guess. */
    private Expr typed(Expr operand) {
        Expr text = text(operand);
        return text.isConstant()
                ? Expr.atom(DataType.VARCHAR, text.nullable(), "CAST(", text.sql(), " AS text)")
                : text;
    }

    /** Text that compares by code point. */
    Sql ordered(Expr operand) {
        Expr text = dialect.byCodePoint(typed(operand));
        return text.sql();
    }

    private Expr number(Expr operand) {
        if (!operand.type().isNumeric() || operand.type().kind() == TypeKind.REAL) {
            throw new Refused("a position of type " + operand.type() + " stays in Calque");
        }
        return dialect.exact(operand);
    }

    private static boolean isInteger(DataType type) {
        return type.isExactNumeric() && type.kind() != TypeKind.DECIMAL;
    }

    /** A constant whole number between bounds. */
    private static String number(String name, RexCall call, Translator operands, int index, int least, int most) {
        RexLiteral literal = operands.literalOperand(call, index);
        BigDecimal value = literal == null || literal.isNull() ? null : Literals.number(literal);
        if (value == null
                || value.stripTrailingZeros().scale() > 0
                || value.compareTo(BigDecimal.valueOf(least)) < 0
                || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Refused(name + " with a count that is no small constant stays in Calque");
        }
        return value.toBigInteger().toString();
    }

    private Expr texts(String spelling, String name, RexCall call, Translator operands) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (RexNode operand : call.getOperands()) {
            Expr part = typed(operands.translate(operand));
            parts.add(part.sql());
            nullable |= part.nullable();
        }
        DataType type = name.equals("STARTS_WITH") ? DataType.BOOLEAN : DataType.VARCHAR;
        return Expr.atom(type, nullable, spelling + "(", Sql.joined(", ", parts), ")");
    }

    private Expr function(String name, RexCall call, Translator operands, String count) {
        Expr text = typed(operands.operand(call, 0));
        return Expr.atom(DataType.VARCHAR, text.nullable(), name + "(", text.sql(), ", " + count + ")");
    }

    private Expr padded(String name, RexCall call, Translator operands) {
        String length = number(name, call, operands, 1, -LONGEST, LONGEST);
        if (call.getOperands().size() == 2) {
            return function(name, call, operands, length);
        }
        Expr text = typed(operands.operand(call, 0));
        Expr fill = typed(operands.operand(call, 2));
        return Expr.atom(
                DataType.VARCHAR,
                text.nullable() || fill.nullable(),
                name + "(",
                text.sql(),
                ", " + length + ", ",
                fill.sql(),
                ")");
    }

    /** Of the bytes of UTF-8, whatever the database's own encoding is. */
    private Expr utf8(String name, RexCall call, Translator operands) {
        Expr text = typed(operands.operand(call, 0));
        DataType type = Translator.type(call.getType());
        return Expr.atom(type, text.nullable(), name + "(convert_to(", text.sql(), ", 'UTF8'))");
    }

    private Expr joined(RexCall call, Translator operands) {
        List<Sql> parts = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            parts.add(typed(operands.translate(operand)).sql());
        }
        boolean nullable = operands.operand(call, 0).nullable();
        return Expr.atom(DataType.VARCHAR, nullable, "CONCAT_WS(", Sql.joined(", ", parts), ")");
    }

    private Expr overlay(RexCall call, Translator operands) {
        Expr text = typed(operands.operand(call, 0));
        Expr replacement = typed(operands.operand(call, 1));
        String from = number("OVERLAY", call, operands, 2, 1, LONGEST);
        String length =
                call.getOperands().size() == 4 ? " FOR " + number("OVERLAY", call, operands, 3, 0, LONGEST) : "";
        return Expr.atom(
                DataType.VARCHAR,
                text.nullable() || replacement.nullable(),
                "OVERLAY(",
                text.sql(),
                " PLACING ",
                replacement.sql(),
                " FROM " + from + length + ")");
    }

    private Expr like(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        Expr pattern = text(operands.operand(call, 1));
        RexLiteral escape = call.getOperands().size() == 3 ? operands.literalOperand(call, 2) : null;
        boolean unsure = call.getOperands().size() == 3 && (escape == null || escape.isNull());
        if (unsure) {
            throw new Refused("an escape character that is not constant stays in Calque");
        }
        boolean backslashes = pattern.literal()
                .filter(l -> !l.isNull())
                .map(l -> Literals.value(l).contains("\\"))
                .orElse(true);
        if (escape == null && backslashes) {
            throw new Refused("without ESCAPE a backslash in a LIKE pattern can mean two things");
        }
        String escaping = escape == null ? "\\" : Literals.value(escape);
        String clause = escaping.equals("\\") ? "" : " ESCAPE '" + escaping.replace("'", "''") + "'";
        return Expr.condition(
                Level.COMPARISON,
                text.nullable() || pattern.nullable(),
                text.at(Level.CONCATENATION),
                " LIKE ",
                pattern.at(Level.CONCATENATION),
                clause);
    }

    private Expr concatenation(RexCall call, Translator operands) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (RexNode operand : call.getOperands()) {
            Expr part = text(operands.translate(operand));
            // Two constants side by side have no type that says which || is meant.
            parts.add(part.isConstant() ? Sql.of("CAST(", part.sql(), " AS text)") : part.at(Level.ATOM));
            nullable |= part.nullable();
        }
        return Expr.of(Sql.joined(" || ", parts), Level.CONCATENATION, DataType.VARCHAR, nullable);
    }

    private Expr substring(RexCall call, Translator operands) {
        Expr text = text(operands.operand(call, 0));
        Expr from = number(operands.operand(call, 1));
        Optional<Expr> length =
                call.getOperands().size() == 3 ? Optional.of(number(operands.operand(call, 2))) : Optional.empty();
        boolean safe = length.isEmpty()
                || length.get()
                        .literal()
                        .filter(l -> !l.isNull() && Literals.number(l).signum() >= 0)
                        .isPresent();
        if (!safe) {
            throw new Refused("SUBSTRING of a length that may be negative is an error, which Calque raises");
        }
        boolean whole = isInteger(from.type())
                && length.filter(l -> !isInteger(l.type())).isEmpty();
        boolean narrow = from.type().kind() != TypeKind.BIGINT
                && length.filter(l -> l.type().kind() == TypeKind.BIGINT).isEmpty();
        if (!whole || !narrow) {
            throw new Refused("SUBSTRING at a position of type " + from.type() + " stays in Calque");
        }
        return Expr.atom(
                DataType.VARCHAR,
                text.nullable() || from.nullable() || length.map(Expr::nullable).orElse(false),
                "SUBSTRING(",
                text.sql(),
                " FROM ",
                from.sql(),
                length.map(l -> Sql.of(" FOR ", l.sql())).orElse(Sql.of("")),
                ")");
    }

    private Expr trim(RexCall call, Translator operands) {
        RexLiteral side = operands.literalOperand(call, 0);
        if (side == null) {
            throw unsaid(call);
        }
        Expr characters = text(operands.operand(call, 1));
        Expr text = text(operands.operand(call, 2));
        SqlTrimFunction.Flag flag = side.getValueAs(SqlTrimFunction.Flag.class);
        return Expr.atom(
                DataType.VARCHAR,
                characters.nullable() || text.nullable(),
                "TRIM(" + flag + " ",
                characters.sql(),
                " FROM ",
                text.sql(),
                ")");
    }
}
