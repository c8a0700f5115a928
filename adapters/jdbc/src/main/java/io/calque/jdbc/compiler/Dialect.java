package io.calque.jdbc.compiler;

import io.calque.spi.source.ParameterSlot;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.SetOp;
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

    /** Whether {@code left} is among keys that come while the query runs; an index of the column must be able to serve it. */
    Expr among(Expr left, ParameterSlot keys);

    /**
     * Whether several columns are together among keys that come while the query runs.
     *
     * @param keys the values of each column in turn
     */
    Expr among(List<Expr> columns, List<ParameterSlot> keys);

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

    /**
     * An aggregate in the engine's type.
     *
     * @param order the keys by which its values come, with ORDER BY; empty where the order means nothing
     * @param suffix what stands behind its parentheses, with a leading blank: FILTER or OVER; may be empty
     */
    Expr aggregate(AggregateCall call, List<Expr> arguments, Optional<Sql> order, Sql suffix);

    /** Refuses what has no word here. */
    void requireSetOperation(SetOp node);

    /**
     * The values of one column of a set operation, one a branch.
     *
     * @param compared whether rows are compared, so that equal values must be equal to the database
     */
    List<Expr> united(List<Expr> branches, boolean compared);

    boolean groupsBySets();

    /** Whether scans are divided by where rows lie in the table. */
    default boolean dividesScans() {
        return false;
    }

    /** LIMIT and OFFSET, each empty where there is none, with a leading blank. */
    Sql limit(Optional<Sql> fetch, Optional<Sql> offset);
}
