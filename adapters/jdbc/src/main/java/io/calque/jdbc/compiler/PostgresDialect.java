package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.jdbc.pool.Identifiers;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;

/** PostgreSQL's SQL, version 12 and newer. */
final class PostgresDialect implements Dialect {
    private final PostgresComparisons comparisons = new PostgresComparisons(this);
    private final PostgresFunctions functions = new PostgresFunctions(this);
    private final PostgresAggregates aggregates = new PostgresAggregates(this);

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public String quoted(String name) {
        return Identifiers.quoted(name);
    }

    @Override
    public Expr readable(Expr expr) {
        // The driver would give money in the server's currency format.
        boolean converted = expr.form() == Form.MONEY || expr.form() == Form.CAST;
        return converted || expr.isParameter() ? exact(expr) : expr;
    }

    /** A type's name in a cast. */
    static String name(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "boolean";
            case SMALLINT -> "smallint";
            case INTEGER -> "integer";
            case BIGINT -> "bigint";
            case REAL -> "real";
            case DOUBLE -> "double precision";
            case DECIMAL -> "numeric(" + type.precision() + ", " + type.scale() + ")";
            case VARCHAR -> "text";
            case VARBINARY -> "bytea";
            case DATE -> "date";
            case TIME -> "time";
            case TIMESTAMP -> "timestamp";
            case TIMESTAMP_TZ -> "timestamptz";
            case ARRAY -> name(type.elementType()) + "[]";
        };
    }

    @Override
    public Expr literal(RexLiteral literal) {
        DataType type = LiteralTypes.of(literal);
        if (Literals.isNull(literal)) {
            return Expr.literal("CAST(NULL AS " + name(type) + ")", type, literal);
        }
        return Expr.literal(spelled(literal, type), type, literal);
    }

    private static String spelled(RexLiteral literal, DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> Literals.truth(literal) ? "TRUE" : "FALSE";
            case SMALLINT, INTEGER -> Literals.plain(literal);
            // PostgreSQL gives a number the smallest type that holds it.
            case BIGINT ->
                Literals.fitsInteger(literal)
                        ? "CAST(" + Literals.plain(literal) + " AS bigint)"
                        : Literals.plain(literal);
            case DECIMAL ->
                Literals.plain(literal).contains(".")
                        ? Literals.plain(literal)
                        : "CAST(" + Literals.plain(literal) + " AS numeric)";
            case REAL, DOUBLE -> "CAST(" + Literals.approximate(literal) + " AS double precision)";
            case VARCHAR -> Literals.text(literal);
            case DATE -> "DATE '" + Literals.date(literal) + "'";
            case TIME -> "TIME '" + Literals.time(literal) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + Literals.timestamp(literal) + "'";
            case TIMESTAMP_TZ -> "TIMESTAMPTZ '" + Literals.timestamp(literal) + "+00'";
            case VARBINARY, ARRAY -> throw new Refused("a constant of type " + type + " stays in Calque");
        };
    }

    @Override
    public Sql compared(Expr constant) {
        boolean bare = constant.literal().filter(l -> !Literals.isNull(l)).isPresent()
                && constant.type().isNumeric();
        if (!bare) {
            return constant.at(Level.CONCATENATION);
        }
        RexLiteral literal = constant.literal().orElseThrow();
        return Sql.of(constant.isApproximate() ? Literals.approximate(literal) : Literals.plain(literal));
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

    /** The engine's value itself: what PostgreSQL holds in another form is converted. */
    Expr exact(Expr expr) {
        return switch (expr.form()) {
            case PLAIN, BINARY -> expr.isParameter() ? typed(expr) : expr;
            case PADDED -> {
                if (expr.type().kind() == TypeKind.ARRAY) {
                    throw new Refused("arrays are compared and computed in Calque");
                }
                yield expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS text)");
            }
            case CAST -> expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS " + name(expr.type()) + ")");
            case COLLATED -> expr.spelled(Form.BINARY, expr.at(Level.ATOM), " COLLATE \"C\"");
            case UNORDERED -> expr.spelled(Form.UNORDERED, expr.at(Level.ATOM), " COLLATE \"C\"");
            case CASELESS -> expr.spelled(Form.BINARY, "CAST(", expr.sql(), " AS text) COLLATE \"C\"");
            case FINE -> {
                if (expr.type().kind() == TypeKind.TIME) {
                    throw new Refused(
                            expr.label() + " has digits beyond milliseconds that PostgreSQL cannot cut from a time");
                }
                yield expr.spelled(Form.PLAIN, "date_trunc('milliseconds', ", expr.sql(), ")");
            }
            case NATIVE, UUID -> {
                if (expr.type().kind() == TypeKind.ARRAY) {
                    throw new Refused("arrays are compared and computed in Calque");
                }
                yield expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS " + name(expr.type()) + ")");
            }
            case INET -> expr.spelled(Form.PLAIN, "CAST(inet_out(", expr.sql(), ") AS text)");
            case MONEY -> expr.spelled(Form.PLAIN, "CAST(", expr.sql(), " AS numeric)");
            case ROUNDED, ISO_TEXT, UNIX_SECONDS, UNIX_MILLIS, JULIAN_DAY ->
                throw new IllegalStateException("PostgreSQL has no form " + expr.form());
        };
    }

    /** The driver leaves it to the server to find the type of a moment, and beside an interval it would find an interval. */
    private static Expr typed(Expr parameter) {
        return switch (parameter.type().kind()) {
            case DATE, TIME, TIMESTAMP, TIMESTAMP_TZ ->
                parameter.spelled(Form.PLAIN, "CAST(", parameter.sql(), " AS " + name(parameter.type()) + ")");
            default -> parameter;
        };
    }

    @Override
    public Expr groupable(Expr expr) {
        if (expr.type().kind() == TypeKind.ARRAY) {
            throw new Refused("arrays are compared in Calque");
        }
        return switch (expr.form()) {
            // Equal as PostgreSQL compares them, exactly where their texts are equal.
            case PADDED, UUID -> expr;
            default -> exact(expr);
        };
    }

    @Override
    public Expr sortable(Expr expr, boolean last) {
        if (expr.type().kind() == TypeKind.ARRAY || expr.type().kind() == TypeKind.VARBINARY) {
            throw new Refused("values of type " + expr.type() + " are sorted in Calque");
        }
        if (expr.form() == Form.FINE && last) {
            // Rows that tie in milliseconds may come in any order, so also in that of the microseconds.
            return expr;
        }
        return expr.isText() ? byCodePoint(expr) : exact(expr);
    }

    /** Text in an expression whose order is that of code points. */
    Expr byCodePoint(Expr expr) {
        return switch (expr.form()) {
            case BINARY, UUID, COLLATED, CASELESS -> expr.form() == Form.UUID ? expr : exact(expr);
            case UNORDERED -> throw new Refused("the database's encoding does not order text by code point");
            default ->
                expr.isConstant() ? expr : expr.spelled(Form.BINARY, exact(expr).at(Level.ATOM), " COLLATE \"C\"");
        };
    }

    @Override
    public Sql ordered(Expr sortable, boolean descending, boolean nullsFirst) {
        // PostgreSQL takes NULL for the largest value, as we do.
        String nulls =
                !sortable.nullable() || nullsFirst == descending ? "" : nullsFirst ? " NULLS FIRST" : " NULLS LAST";
        return Sql.of(sortable.sql(), descending ? " DESC" : "", nulls);
    }

    @Override
    public Expr call(RexCall call, Translator operands) {
        return functions.call(call, operands);
    }

    @Override
    public Expr aggregate(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix) {
        return aggregates.call(call, arguments, order, suffix);
    }

    @Override
    public void requireSetOperation(SetOp node) {
        // All of them are here.
    }

    /** Text by code point, because two collations would not agree on one. */
    @Override
    public List<Expr> united(List<Expr> branches, boolean compared) {
        boolean alike = branches.stream().map(Expr::form).distinct().count() == 1;
        Form form = branches.get(0).form();
        if (alike && (form == Form.UUID || form == Form.FINE && !compared)) {
            return branches;
        }
        return branches.stream().map(this::united).toList();
    }

    private Expr united(Expr value) {
        Expr exact = exact(value);
        if (value.isText()) {
            Expr typed = value.isConstant() ? cast(exact) : exact;
            return typed.form() == Form.BINARY || typed.form() == Form.UNORDERED
                    ? typed
                    : typed.spelled(Form.BINARY, typed.at(Level.ATOM), " COLLATE \"C\"");
        }
        return value.isParameter() ? cast(value) : exact;
    }

    private static Expr cast(Expr constant) {
        return new Expr(
                Sql.of("CAST(", constant.sql(), " AS " + name(constant.type()) + ")"),
                Level.ATOM,
                constant.type(),
                constant.form(),
                constant.nullable(),
                constant.label(),
                constant.literal());
    }

    @Override
    public boolean dividesScans() {
        return true;
    }

    @Override
    public boolean groupsBySets() {
        return true;
    }

    @Override
    public Sql limit(Optional<Sql> fetch, Optional<Sql> offset) {
        return Sql.of(
                fetch.map(f -> Sql.of(" LIMIT ", f)).orElse(Sql.of("")),
                offset.map(o -> Sql.of(" OFFSET ", o)).orElse(Sql.of("")));
    }
}
