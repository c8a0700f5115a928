package io.calque.jdbc.compiler;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.SqlKind;

/**
 * Where PostgreSQL and SQLite differ in saying the same. Stateless. What cannot be said with the engine's meaning is {@link Refused}.
 */
interface Dialect {
    String product();

    String quoted(String name);

    /** The expression as the cursor can decode it, in a form that the cursor knows. */
    Expr readable(Expr expr);

    /** A constant that has its type whatever stands beside it. */
    Expr literal(RexLiteral literal);

    /** {@code left <kind> right} for the six comparisons and IS [NOT] DISTINCT FROM. */
    Expr comparison(SqlKind kind, Expr left, Expr right);

    /** What may stand before IN with these constants behind it; empty where each must be compared apart. */
    Optional<Expr> listed(Expr operand, List<Expr> constants);

    /** The constant as a comparison takes it: bare, where the other side gives it its type. */
    Sql compared(Expr constant);

    /** The values as they group: equal exactly where the engine's values are. */
    Expr groupable(Expr expr);

    /**
     * The values as they sort.
     *
     * @param last whether rows that tie here may come in any order
     */
    Expr sortable(Expr expr, boolean last);

    /** An ORDER BY item; NULLs where asked, said only where the database would put them elsewhere. */
    Sql ordered(Expr sortable, boolean descending, boolean nullsFirst);

    /** Any operator or function that is not logic or comparison. */
    Expr call(RexCall call, Translator operands);

    Expr aggregate(AggregateCall call, List<Expr> arguments, Optional<Expr> filter);

    boolean joins(JoinRelType type);

    /** LIMIT and OFFSET, each empty where there is none, with a leading blank. */
    Sql limit(Optional<Sql> fetch, Optional<Sql> offset);
}
