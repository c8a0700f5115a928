package io.calque.engine.prepare;

import io.calque.planner.functions.PercentileOperators;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * Says functions that nothing computes in terms of those that something does. Single use.
 *
 * <ul>
 *   <li>{@code {fn DAYOFWEEK(d)}}, which counts from 1 for Sunday: {@code EXTRACT(DOW FROM d) + 1}
 *   <li>{@code PERCENT_RANK() OVER w}: {@code (RANK() OVER w - 1) / (COUNT(*) OVER partition - 1)}
 *   <li>{@code CUME_DIST() OVER w}: {@code COUNT(*) OVER w / COUNT(*) OVER partition}
 *   <li>{@code PERCENTILE_CONT(f) WITHIN GROUP (ORDER BY x)}: {@code PERCENTILE_BETWEEN(ARRAY_AGG(x), f, false)}
 *   <li>{@code MODE() WITHIN GROUP (ORDER BY x)}: {@code MODE(x)}
 *   <li>{@code CAST(TRUE AS INTEGER)}: {@code CAST(1 AS INTEGER)}, because {@code x * CAST(TRUE AS INTEGER)} asks the literal for its number
 * </ul>
 */
final class Rephrasing extends SqlShuttle {
    private static final Pattern CONCERNED = Pattern.compile(
            "\\b(dayofweek|percent_rank|cume_dist|percentile_cont|percentile_disc|mode)\\b|\\bcast\\s*\\(\\s*(true|false)\\b|\\b(true|false)\\s*::",
            Pattern.CASE_INSENSITIVE);
    private static final String PERCENT_RANK =
            "COALESCE(CAST(RANK() OVER ordered - 1 AS DOUBLE) / NULLIF(CAST(COUNT(*) OVER whole - 1 AS DOUBLE), 0e0), 0e0)";
    private static final String CUME_DIST =
            "CAST(COUNT(*) OVER ordered AS DOUBLE) / CAST(COUNT(*) OVER whole AS DOUBLE)";

    private final Deque<SqlNodeList> windows = new ArrayDeque<>();

    private Rephrasing() {}

    /**
     * @param text that {@code query} was read from
     */
    static SqlNode of(SqlNode query, String text) {
        SqlNode rephrased = CONCERNED.matcher(text).find() ? query.accept(new Rephrasing()) : query;
        return rephrased == null ? query : rephrased;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call instanceof SqlSelect select) {
            windows.push(select.getWindowList());
            SqlNode visited = super.visit(call);
            windows.pop();
            return visited;
        }
        return switch (call.getKind()) {
            case JDBC_FN -> escaped(call);
            case OVER -> over(call);
            case CAST -> number(call);
            case WITHIN_GROUP -> withinGroup(call, Optional.empty()).orElseGet(() -> super.visit(call));
            case FILTER ->
                call.operand(0).getKind() == SqlKind.WITHIN_GROUP
                        ? withinGroup(call.operand(0), Optional.of(call.operand(1)))
                                .orElseGet(() -> super.visit(call))
                        : super.visit(call);
            default -> super.visit(call);
        };
    }

    private @Nullable SqlNode escaped(SqlCall call) {
        if (!name(call).equals("{FN DAYOFWEEK}") || call.operandCount() != 1) {
            return super.visit(call);
        }
        SqlParserPos at = call.getParserPosition();
        SqlNode day = call.operand(0).accept(this);
        SqlNode fromZero =
                SqlStdOperatorTable.EXTRACT.createCall(at, new SqlIntervalQualifier(TimeUnit.DOW, null, at), day);
        return SqlStdOperatorTable.PLUS.createCall(at, fromZero, SqlLiteral.createExactNumeric("1", at));
    }

    private @Nullable SqlNode number(SqlCall cast) {
        boolean truth = cast.operand(0) instanceof SqlLiteral literal && literal.getValue() instanceof Boolean;
        boolean whole = cast.operandCount() > 1
                && cast.operand(1) instanceof SqlDataTypeSpec type
                && type.getTypeName().toString().equals("INTEGER");
        if (!truth || !whole) {
            return super.visit(cast);
        }
        SqlParserPos at = cast.getParserPosition();
        boolean set = ((SqlLiteral) cast.operand(0)).booleanValue();
        return cast.getOperator().createCall(at, SqlLiteral.createExactNumeric(set ? "1" : "0", at), cast.operand(1));
    }

    private @Nullable SqlNode over(SqlCall over) {
        if (!(over.operand(0) instanceof SqlCall function)) {
            return super.visit(over);
        }
        String name = name(function);
        if (!name.equals("PERCENT_RANK") && !name.equals("CUME_DIST")) {
            return super.visit(over);
        }
        SqlWindow window = window(over.operand(1), name);
        SqlWindow ordered = window(window.getPartitionList(), window.getOrderList(), over.getParserPosition());
        SqlWindow whole = window(window.getPartitionList(), SqlNodeList.EMPTY, over.getParserPosition());
        return Dialect.expression(name.equals("CUME_DIST") ? CUME_DIST : PERCENT_RANK)
                .accept(new SqlShuttle() {
                    @Override
                    public SqlNode visit(SqlIdentifier identifier) {
                        String placeholder = identifier.toString();
                        if (placeholder.equals("ordered")) {
                            return ordered;
                        }
                        return placeholder.equals("whole") ? whole : identifier;
                    }
                });
    }

    private SqlWindow window(SqlNode written, String function) {
        SqlWindow window = written instanceof SqlWindow inline ? inline : named((SqlIdentifier) written);
        if (window.getRefName() != null) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED, function + " over a window that builds on another one is not supported");
        }
        return window;
    }

    private SqlWindow named(SqlIdentifier name) {
        for (SqlNode node : windows.isEmpty() ? SqlNodeList.EMPTY : windows.peek()) {
            if (node instanceof SqlWindow window
                    && window.getDeclName() != null
                    && window.getDeclName().toString().equalsIgnoreCase(name.toString())) {
                return window;
            }
        }
        throw new QueryException(ErrorCode.INVALID_STATEMENT, "Window '" + name + "' is not defined");
    }

    private static SqlWindow window(SqlNodeList partition, SqlNodeList order, SqlParserPos at) {
        return SqlWindow.create(
                null, null, partition, order, SqlLiteral.createBoolean(false, at), null, null, null, at);
    }

    private Optional<SqlNode> withinGroup(SqlCall call, Optional<SqlNode> filter) {
        SqlCall function = call.operand(0);
        String name = name(function);
        boolean percentile = name.equals("PERCENTILE_CONT") || name.equals("PERCENTILE_DISC");
        if (!percentile && !name.equals("MODE")) {
            return Optional.empty();
        }
        SqlNodeList order = call.operand(1);
        if (order.size() != 1 || function.operandCount() != (percentile ? 1 : 0)) {
            throw new QueryException(
                    ErrorCode.INVALID_STATEMENT,
                    percentile
                            ? name + " takes one fraction and one order: " + name + "(0.5) WITHIN GROUP (ORDER BY x)"
                            : "MODE takes one order: MODE() WITHIN GROUP (ORDER BY x)");
        }
        SqlParserPos at = call.getParserPosition();
        boolean descending = false;
        SqlNode value = order.get(0);
        while (List.of(SqlKind.DESCENDING, SqlKind.NULLS_FIRST, SqlKind.NULLS_LAST)
                .contains(value.getKind())) {
            descending |= value.getKind() == SqlKind.DESCENDING;
            value = ((SqlCall) value).operand(0);
        }
        SqlNode visited = value.accept(this);
        if (!percentile) {
            return Optional.of(filtered(SqlStdOperatorTable.MODE.createCall(at, visited), filter, at));
        }
        boolean between = name.equals("PERCENTILE_CONT");
        SqlNode all = SqlLibraryOperators.ARRAY_AGG.createCall(at, between ? asDouble(visited, at) : visited);
        return Optional.of((between ? PercentileOperators.BETWEEN : PercentileOperators.OF)
                .createCall(
                        at,
                        filtered(all, filter, at),
                        asDouble(function.operand(0), at),
                        SqlLiteral.createBoolean(descending, at)));
    }

    private static SqlNode filtered(SqlNode aggregate, Optional<SqlNode> filter, SqlParserPos at) {
        return filter.map(condition -> (SqlNode) SqlStdOperatorTable.FILTER.createCall(at, aggregate, condition))
                .orElse(aggregate);
    }

    private static SqlNode asDouble(SqlNode value, SqlParserPos at) {
        SqlCall cast = (SqlCall) Dialect.expression("CAST(0 AS DOUBLE)");
        return SqlStdOperatorTable.CAST.createCall(at, value, cast.operand(1));
    }

    private static String name(SqlCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT);
    }
}
