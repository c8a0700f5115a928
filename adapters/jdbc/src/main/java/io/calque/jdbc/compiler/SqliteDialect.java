package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;

/**
 * SQLite's SQL.
 *
 * <p>A value that its column does not declare is an error when it is read, so a condition may spare that error but never meets such a
 * value in an answer: that is what allows comparisons to trust the declared types.
 */
final class SqliteDialect implements Dialect {
    private final SqliteComparisons comparisons = new SqliteComparisons(this);
    private final SqliteFunctions functions = new SqliteFunctions(this);

    @Override
    public String product() {
        return "SQLite";
    }

    /** Not in double quotes: SQLite reads a name in them that is no column as a text, and a column may be gone tomorrow. */
    @Override
    public String quoted(String name) {
        return '`' + name.replace("`", "``") + '`';
    }

    @Override
    public Expr readable(Expr expr) {
        if (expr.form() != Form.NATIVE) {
            return expr;
        }
        // Values of mixed classes have only SQLite's own text form in common, or the bytes of it.
        return switch (expr.type().kind()) {
            case VARCHAR -> expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS TEXT)");
            case VARBINARY -> expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS BLOB)");
            default -> expr;
        };
    }

    @Override
    public Expr literal(RexLiteral literal) {
        DataType type = LiteralTypes.of(literal);
        if (Literals.isNull(literal)) {
            return Expr.literal("NULL", type, literal);
        }
        return switch (type.kind()) {
            case BOOLEAN -> Expr.literal(Literals.truth(literal) ? "TRUE" : "FALSE", type, literal);
            case SMALLINT, INTEGER, BIGINT -> Expr.literal(Literals.plain(literal), type, literal);
            case DECIMAL -> decimal(literal, type);
            case REAL, DOUBLE -> Expr.literal(Literals.approximate(literal), type, literal);
            case VARCHAR -> Expr.literal(Literals.text(literal), type, literal);
            case DATE -> text(Form.ISO_TEXT, "'" + Literals.date(literal) + "'", type, literal);
            case TIMESTAMP, TIMESTAMP_TZ -> text(Form.ISO_TEXT, "'" + Literals.timestamp(literal) + "'", type, literal);
            case TIME, VARBINARY, ARRAY -> throw new Refused("a constant of type " + type + " stays in Calque");
        };
    }

    private static Expr text(Form form, String sql, DataType type, RexLiteral literal) {
        return new Expr(Sql.of(sql), Level.ATOM, type, form, false, "", Optional.of(literal));
    }

    private static Expr decimal(RexLiteral literal, DataType type) {
        Expr plain = Expr.literal(Literals.plain(literal), type, literal);
        return new Expr(plain.sql(), plain.level(), type, Form.ROUNDED, false, "", plain.literal());
    }

    @Override
    public Sql compared(Expr constant) {
        return constant.at(Level.ATOM);
    }

    @Override
    public Expr comparison(SqlKind kind, Expr left, Expr right) {
        return comparisons.compare(kind, left, right);
    }

    @Override
    public Expr among(Expr left, ParameterSlot keys) {
        return comparisons.among(left, keys);
    }

    @Override
    public Expr among(List<Expr> columns, List<ParameterSlot> keys) {
        return comparisons.among(columns, keys);
    }

    @Override
    public Optional<Expr> listed(Expr operand, List<Expr> constants) {
        return comparisons.listed(operand, constants);
    }

    /** Text that compares by code point; anything else in the form in which it equals itself alone. */
    Expr exact(Expr expr) {
        return switch (expr.form()) {
            case PLAIN, BINARY -> expr;
            case COLLATED -> expr.spelled(Form.BINARY, expr.at(Level.ATOM), " COLLATE BINARY");
            case UNORDERED -> expr.spelled(Form.UNORDERED, expr.at(Level.ATOM), " COLLATE BINARY");
            case NATIVE -> {
                if (!expr.isText()) {
                    throw new Refused(expr.label() + " is kept as text in SQLite and is a number only in Calque");
                }
                yield expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS TEXT)");
            }
            case ROUNDED ->
                throw new Refused((expr.label().isEmpty() ? "a DECIMAL" : expr.label())
                        + " may be kept as a double in SQLite, which is not exact");
            case ISO_TEXT ->
                throw new Refused((expr.label().isEmpty() ? "a date" : expr.label())
                        + " is kept as text, which can spell one moment in several ways");
            case UNIX_SECONDS, UNIX_MILLIS, JULIAN_DAY ->
                throw new Refused(expr.label() + " is kept as a number that only Calque reads as a moment");
            default -> throw new IllegalStateException("SQLite has no form " + expr.form());
        };
    }

    @Override
    public Expr groupable(Expr expr) {
        if (expr.form() == Form.UNORDERED) {
            return exact(expr);
        }
        return expr.form() == Form.ISO_TEXT ? normalised(expr) : exact(expr);
    }

    @Override
    public Expr sortable(Expr expr, boolean last) {
        return switch (expr.form()) {
            case UNORDERED -> throw new Refused("a file in UTF-16 does not order text by code point");
            case ISO_TEXT -> normalised(expr);
            case ROUNDED -> {
                if (!last) {
                    // Two doubles that round to one decimal would not tie, and the next key would not count.
                    throw new Refused(expr.label() + " may be kept as a double in SQLite, which is not exact");
                }
                yield expr;
            }
            default -> exact(expr);
        };
    }

    /** The one spelling that all accepted spellings of a date or timestamp are brought to. */
    private Expr normalised(Expr expr) {
        return switch (expr.type().kind()) {
            case DATE -> expr.spelled(Form.ISO_TEXT, "SUBSTR(", expr.sql(), ", 1, 10)");
            case TIMESTAMP ->
                expr.spelled(
                        Form.ISO_TEXT,
                        "SUBSTR(RTRIM(REPLACE(",
                        expr.sql(),
                        ", 'T', ' '), 'Z') || SUBSTR('0000-00-00 00:00:00.000', LENGTH(RTRIM(",
                        expr.sql(),
                        ", 'Z')) + 1), 1, 23)");
            default -> exact(expr);
        };
    }

    @Override
    public Sql ordered(Expr sortable, boolean descending, boolean nullsFirst) {
        // SQLite takes NULL for the smallest value.
        String nulls =
                !sortable.nullable() || nullsFirst != descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
        return Sql.of(sortable.sql(), descending ? " DESC" : "", nulls);
    }

    @Override
    public Expr call(RexCall call, Translator operands) {
        return functions.call(call, operands);
    }

    @Override
    public Expr aggregate(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix) {
        return new SqliteAggregates(this).call(call, arguments, order, suffix);
    }

    @Override
    public void requireSetOperation(SetOp node) {
        if (node.all && !(node instanceof Union)) {
            throw new Refused("SQLite has no " + node.kind.sql + " ALL");
        }
    }

    @Override
    public List<Expr> united(List<Expr> branches, boolean compared) {
        boolean alike = branches.stream().map(Expr::form).distinct().count() == 1;
        return alike && !compared
                ? branches
                : branches.stream()
                        .map(e -> e.literal().filter(Literals::isNull).isPresent() ? e : groupable(e))
                        .toList();
    }

    @Override
    public boolean groupsBySets() {
        return false;
    }

    @Override
    public Sql limit(Optional<Sql> fetch, Optional<Sql> offset) {
        if (fetch.isEmpty() && offset.isEmpty()) {
            return Sql.of("");
        }
        // SQLite has no OFFSET without a LIMIT.
        return Sql.of(
                " LIMIT ",
                fetch.orElse(Sql.of("-1")),
                offset.map(o -> Sql.of(" OFFSET ", o)).orElse(Sql.of("")));
    }

    /** Whether values of this type mean the same number in both places. */
    static boolean isWhole(DataType type) {
        return type.isExactNumeric() && type.kind() != TypeKind.DECIMAL;
    }
}
