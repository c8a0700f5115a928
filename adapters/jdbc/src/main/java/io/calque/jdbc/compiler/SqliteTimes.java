package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Parts of dates and timestamps that SQLite keeps as text: all accepted spellings begin {@code YYYY-MM-DD}, behind which one sign stands
 * before {@code HH:MM}, so a part is a piece of the text.
 */
final class SqliteTimes {
    private SqliteTimes() {}

    static Expr extract(RexCall call, Translator operands) {
        TimeUnitRange field = unit(call.getOperands().get(0));
        Expr moment = text(operands.operand(call, 1), "EXTRACT");
        boolean clock = moment.type().kind() == TypeKind.TIMESTAMP;
        Sql part = field == null
                ? null
                : switch (field) {
                    case YEAR -> piece(moment, 1, 4);
                    case MONTH -> piece(moment, 6, 2);
                    case DAY -> piece(moment, 9, 2);
                    case DOY -> Sql.of("STRFTIME('%j', SUBSTR(", moment.sql(), ", 1, 10))");
                    case DOW -> Sql.of("STRFTIME('%w', SUBSTR(", moment.sql(), ", 1, 10))");
                    case HOUR -> clock ? piece(moment, 12, 2) : null;
                    case MINUTE -> clock ? piece(moment, 15, 2) : null;
                    default -> null;
                };
        DataType type = Translator.type(call.getType());
        if (field == TimeUnitRange.QUARTER) {
            return Expr.atom(type, moment.nullable(), "((CAST(", piece(moment, 6, 2), " AS INTEGER) + 2) / 3)");
        }
        if (part == null) {
            throw new Refused("EXTRACT(" + field + ") from " + moment.type() + " stays in Calque");
        }
        return Expr.atom(type, moment.nullable(), "CAST(", part, " AS INTEGER)");
    }

    /** FLOOR(x TO unit). */
    static Expr floor(RexCall call, Translator operands) {
        Expr moment = text(operands.operand(call, 0), "FLOOR");
        TimeUnitRange unit = unit(call.getOperands().get(1));
        DataType type = Translator.type(call.getType());
        boolean clock = type.kind() == TypeKind.TIMESTAMP;
        String rest = clock ? " 00:00:00" : "";
        Sql start = unit == null || type.kind() != moment.type().kind()
                ? null
                : switch (unit) {
                    case YEAR -> Sql.of(piece(moment, 1, 4), " || '-01-01" + rest + "'");
                    case MONTH -> Sql.of(piece(moment, 1, 7), " || '-01" + rest + "'");
                    case DAY -> clock ? Sql.of(piece(moment, 1, 10), " || '" + rest + "'") : piece(moment, 1, 10);
                    default -> null;
                };
        if (start == null) {
            throw new Refused("FLOOR of " + moment.type() + " to " + unit + " stays in Calque");
        }
        return Expr.atom(type, moment.nullable(), "(", start, ")").formed(Form.ISO_TEXT);
    }

    /** Between dates and timestamps, and of a date to its text; empty for every other cast. */
    static @Nullable Expr cast(Expr value, DataType to) {
        if (value.form() != Form.ISO_TEXT || value.type().kind() == TypeKind.TIMESTAMP_TZ) {
            return null;
        }
        boolean date = value.type().kind() == TypeKind.DATE;
        return switch (to.kind()) {
            case DATE -> Expr.atom(to, value.nullable(), piece(value, 1, 10)).formed(Form.ISO_TEXT);
            case TIMESTAMP ->
                date
                        ? Expr.atom(to, value.nullable(), "(", piece(value, 1, 10), " || ' 00:00:00')")
                                .formed(Form.ISO_TEXT)
                        : null;
            case VARCHAR -> date ? Expr.atom(to, value.nullable(), piece(value, 1, 10)) : null;
            default -> null;
        };
    }

    private static Sql piece(Expr text, int from, int length) {
        return Sql.of("SUBSTR(", text.sql(), ", " + from + ", " + length + ")");
    }

    private static Expr text(Expr moment, String name) {
        boolean zoneless =
                moment.type().kind() == TypeKind.DATE || moment.type().kind() == TypeKind.TIMESTAMP;
        if (moment.form() != Form.ISO_TEXT || !zoneless) {
            throw new Refused(name + " of " + moment.type() + " stays in Calque");
        }
        return moment;
    }

    private static @Nullable TimeUnitRange unit(RexNode node) {
        return node instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
    }
}
