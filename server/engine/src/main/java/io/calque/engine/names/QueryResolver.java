package io.calque.engine.names;

import io.calque.engine.names.Scope.CommonTable;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a parsed query so that every table is named in full and every column reference is one that Calcite's validator
 * understands: dotted nested columns become one identifier, views become subqueries. Single-threaded, used for one statement.
 */
public final class QueryResolver {
    /** SqlSelect has no setter for its WINDOW clause. */
    private static final int WINDOW_OPERAND = 6;

    private final FromResolver from;

    public QueryResolver(TableIndex tables, TableUses uses) {
        this.from = new FromResolver(this, tables, uses);
    }

    /** The rewritten query. */
    public SqlNode resolve(SqlNode query, List<String> searchPath) {
        return resolve(query, Scope.root(), searchPath).node();
    }

    /**
     * @param columns output names, where they can be told
     */
    record Resolved(SqlNode node, Optional<List<String>> columns) {}

    Resolved resolve(SqlNode query, Scope outer, List<String> searchPath) {
        if (query instanceof SqlWith with) {
            return resolveWith(with, outer, searchPath);
        }
        if (query instanceof SqlOrderBy orderBy) {
            return resolveOrderBy(orderBy, outer, searchPath);
        }
        if (query instanceof SqlSelect select) {
            return resolveSelect(select, outer.inner(), searchPath);
        }
        if (query instanceof SqlCall call && call.getKind().belongsTo(SqlKind.SET_QUERY)) {
            List<SqlNode> branches = new ArrayList<>();
            Optional<List<String>> columns = Optional.empty();
            for (SqlNode branch : call.getOperandList()) {
                Resolved resolved = resolve(branch, outer, searchPath);
                columns = branches.isEmpty() ? resolved.columns() : columns;
                branches.add(resolved.node());
            }
            return new Resolved(call.getOperator().createCall(call.getParserPosition(), branches), columns);
        }
        if (query instanceof SqlCall table && table.getKind() == SqlKind.EXPLICIT_TABLE) {
            return resolveSelect(selectStar(table), outer.inner(), searchPath);
        }
        SqlCall values = (SqlCall) query;
        List<SqlNode> rows = new ArrayList<>();
        values.getOperandList().forEach(row -> rows.add(expression(row, outer, searchPath)));
        return new Resolved(values.getOperator().createCall(values.getParserPosition(), rows), Optional.empty());
    }

    /** {@code TABLE t} is short for {@code SELECT * FROM t}. */
    private static SqlSelect selectStar(SqlCall table) {
        SqlParserPos at = table.getParserPosition();
        SqlNodeList star = SqlNodeList.of(SqlIdentifier.star(at));
        return new SqlSelect(at, null, star, table.operand(0), null, null, null, null, null, null, null, null, null);
    }

    private Resolved resolveWith(SqlWith with, Scope outer, List<String> searchPath) {
        Scope scope = outer.inner();
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode node : with.withList) {
            SqlWithItem item = (SqlWithItem) node;
            if (item.recursive.booleanValue()) {
                throw new QueryException(ErrorCode.NOT_SUPPORTED, "WITH RECURSIVE is not supported");
            }
            Resolved body = resolve(item.query, scope, searchPath);
            Optional<List<String>> columns =
                    item.columnList == null ? body.columns() : Optional.of(names(item.columnList));
            scope.addCommonTable(new CommonTable(item.name.getSimple(), columns));
            items.add(
                    new SqlWithItem(item.getParserPosition(), item.name, item.columnList, body.node(), item.recursive));
        }
        Resolved body = resolve(with.body, scope, searchPath);
        SqlNodeList list = new SqlNodeList(items, with.withList.getParserPosition());
        return new Resolved(new SqlWith(with.getParserPosition(), list, body.node()), body.columns());
    }

    private Resolved resolveOrderBy(SqlOrderBy orderBy, Scope outer, List<String> searchPath) {
        Scope scope = outer.inner();
        Resolved body = orderBy.query instanceof SqlSelect select
                ? resolveSelect(select, scope, searchPath)
                : resolve(orderBy.query, outer, searchPath);
        SqlNode keys = expression(orderBy.orderList, scope, searchPath);
        if (body.node() instanceof SqlSelect select && select.getGroup() != null) {
            select.setGroupBy(DependentColumns.complete(select.getGroup(), List.of(keys), scope));
        }
        return new Resolved(
                new SqlOrderBy(
                        orderBy.getParserPosition(), body.node(), (SqlNodeList) keys, orderBy.offset, orderBy.fetch),
                body.columns());
    }

    private Resolved resolveSelect(SqlSelect select, Scope scope, List<String> searchPath) {
        SqlNode source = select.getFrom();
        SqlNode resolvedFrom = source == null ? null : from.resolve(source, scope, searchPath);
        SqlNodeList list = (SqlNodeList) expression(select.getSelectList(), scope, searchPath);
        Optional<List<String>> columns = SelectColumns.of(list, scope);
        aliases(list, scope);
        SqlSelect resolved = (SqlSelect) select.clone(select.getParserPosition());
        if (resolvedFrom != null) {
            resolved.setFrom(resolvedFrom);
        }
        resolved.setSelectList(list);
        resolved.setWhere(optional(select.getWhere(), scope, searchPath));
        resolved.setHaving(optional(select.getHaving(), scope, searchPath));
        if (select.getGroup() != null) {
            SqlNodeList group = (SqlNodeList) expression(select.getGroup(), scope, searchPath);
            List<SqlNode> readers = resolved.getHaving() == null ? List.of(list) : List.of(list, resolved.getHaving());
            resolved.setGroupBy(DependentColumns.complete(group, readers, scope));
        }
        resolved.setQualify(optional(select.getQualify(), scope, searchPath));
        resolved.setOrderBy((SqlNodeList) optional(select.getOrderList(), scope, searchPath));
        SqlNode windows = optional(select.getWindowList(), scope, searchPath);
        if (windows != null) {
            resolved.setOperand(WINDOW_OPERAND, windows);
        }
        return new Resolved(resolved, columns);
    }

    private static void aliases(SqlNodeList list, Scope scope) {
        for (SqlNode item : list) {
            if (item instanceof SqlBasicCall as && as.getKind() == SqlKind.AS) {
                scope.addSelectAlias(((SqlIdentifier) as.operand(1)).getSimple());
            }
        }
    }

    private @Nullable SqlNode optional(@Nullable SqlNode node, Scope scope, List<String> searchPath) {
        return node == null ? null : expression(node, scope, searchPath);
    }

    /** Column references and subqueries inside an expression. */
    SqlNode expression(SqlNode node, Scope scope, List<String> searchPath) {
        SqlNode resolved = node.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                return ColumnNames.resolve(id, scope);
            }

            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call.getKind().belongsTo(SqlKind.QUERY) || call.getKind() == SqlKind.WITH) {
                    return resolve(call, scope, searchPath).node();
                }
                Optional<SqlNode> metric = MetricNames.aggregate(call);
                if (metric.isPresent()) {
                    return expression(metric.get(), scope, searchPath);
                }
                if (call.getKind() == SqlKind.AS) {
                    SqlNode named = expression(call.operand(0), scope, searchPath);
                    return call.getOperator().createCall(call.getParserPosition(), named, call.operand(1));
                }
                if (call instanceof SqlJoin) {
                    throw new IllegalStateException("a join inside an expression");
                }
                return super.visit(call);
            }
        });
        return resolved == null ? node : resolved;
    }

    static List<String> names(SqlNodeList list) {
        return list.stream().map(n -> ((SqlIdentifier) n).getSimple()).toList();
    }
}
