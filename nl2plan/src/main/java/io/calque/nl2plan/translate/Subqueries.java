package io.calque.nl2plan.translate;

import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.dialect.AnsiSqlDialect;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * An expression with queries in it, taken apart: each query becomes a figure for each row, computed by a node of its own.
 *
 * <pre>
 * EXISTS (SELECT 1 FROM orders o WHERE o.custkey = c_custkey AND o.total > 9)   rows of orders counted by custkey; is there such a count?
 * (SELECT MIN(s.cost) FROM supply s WHERE s.partkey = p_partkey) > 700          the smallest cost by partkey
 * c_custkey IN (SELECT custkey FROM orders)                                     as EXISTS
 * </pre>
 *
 * Its own rows meet the outer row by equal columns only.
 *
 * @param text the expression with {@code "query 1"}, {@code "query 2"} in the place of what was computed
 */
public record Subqueries(String text, List<Figure> figures) {
    private static final AnsiSqlDialect DIALECT =
            new AnsiSqlDialect(AnsiSqlDialect.DEFAULT_CONTEXT.withIdentifierQuoteString("\""));

    public Subqueries {
        figures = List.copyOf(figures);
    }

    /**
     * One figure a group of rows.
     *
     * @param name what the expression calls it
     * @param table as written
     * @param by columns of the table, each equal to ...
     * @param outer ... the column of the outer row, as written
     * @param argument what is aggregated; empty for rows
     * @param where which rows; empty for all
     */
    public record Figure(
            String name,
            String table,
            List<String> by,
            List<String> outer,
            AggregateFunction function,
            Optional<String> argument,
            Optional<String> where) {
        public Figure {
            by = List.copyOf(by);
            outer = List.copyOf(outer);
        }
    }

    /** Whether the text may hold a query at all. */
    public static boolean occurIn(String expression) {
        return expression.toLowerCase(Locale.ROOT).matches("(?s).*\\(\\s*select\\b.*");
    }

    /**
     * @param has whether a table, by the name written, has a column
     * @throws IllegalArgumentException saying what cannot be taken apart
     */
    public static Subqueries of(String expression, BiPredicate<String, String> has) {
        try {
            SqlNode parsed = SqlParser.create(expression, Expressions.PARSER).parseExpression();
            Taking taking = new Taking(has);
            SqlNode text = taking.rewritten(parsed);
            return new Subqueries(sql(text), taking.figures);
        } catch (SqlParseException e) {
            throw new IllegalArgumentException(
                    "'" + expression + "' is no expression: " + Expressions.brief(e.getMessage()), e);
        }
    }

    private static String sql(SqlNode node) {
        return node.toSqlString(c -> c.withDialect(DIALECT)
                        .withQuoteAllIdentifiers(true)
                        .withAlwaysUseParentheses(true)
                        .withIndentation(0))
                .getSql()
                .replaceAll("\\s*\\R\\s*", " ");
    }

    /** Replaces queries from the outside in. */
    private static final class Taking {
        private final BiPredicate<String, String> has;
        private final List<Figure> figures = new ArrayList<>();

        Taking(BiPredicate<String, String> has) {
            this.has = has;
        }

        SqlNode rewritten(SqlNode node) {
            SqlNode result = node.accept(new SqlShuttle() {
                @Override
                public @Nullable SqlNode visit(SqlCall call) {
                    if (call.getKind() == SqlKind.EXISTS && call.operand(0) instanceof SqlSelect select) {
                        return isThere(figure(select, AggregateFunction.COUNT, Optional.empty(), List.of(), List.of()));
                    }
                    boolean in = call.getKind() == SqlKind.IN || call.getKind() == SqlKind.NOT_IN;
                    if (in && call.operand(1) instanceof SqlSelect select) {
                        SqlNode among = among(call.operand(0), select);
                        return call.getKind() == SqlKind.IN
                                ? among
                                : org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT.createCall(
                                        SqlParserPos.ZERO, among);
                    }
                    if (call instanceof SqlSelect select) {
                        return scalar(select);
                    }
                    return super.visit(call);
                }
            });
            if (result == null) {
                throw new IllegalArgumentException("an expression cannot be empty");
            }
            return result;
        }

        private static SqlNode isThere(String figure) {
            return org.apache.calcite.sql.fun.SqlStdOperatorTable.IS_NOT_NULL.createCall(
                    SqlParserPos.ZERO, new SqlIdentifier(figure, SqlParserPos.ZERO));
        }

        private SqlNode among(SqlNode outer, SqlSelect select) {
            SqlNodeList list = select.getSelectList();
            boolean columns = outer instanceof SqlIdentifier
                    && list.size() == 1
                    && list.get(0) instanceof SqlIdentifier inner
                    && !inner.isStar();
            if (!columns) {
                throw new IllegalArgumentException("IN with a query compares one column with one column");
            }
            return isThere(figure(
                    select,
                    AggregateFunction.COUNT,
                    Optional.empty(),
                    List.of((SqlIdentifier) list.get(0)),
                    List.of((SqlIdentifier) outer)));
        }

        private SqlNode scalar(SqlSelect select) {
            SqlNodeList list = select.getSelectList();
            if (list.size() != 1 || !(list.get(0) instanceof SqlCall call) || call.operandCount() > 1) {
                throw new IllegalArgumentException(
                        "a query in an expression gives one aggregate: SUM, AVG, MIN, MAX or COUNT");
            }
            AggregateFunction function = switch (call.getOperator().getName().toUpperCase(Locale.ROOT)) {
                case "SUM" -> AggregateFunction.SUM;
                case "AVG" -> AggregateFunction.AVG;
                case "MIN" -> AggregateFunction.MIN;
                case "MAX" -> AggregateFunction.MAX;
                case "COUNT" -> AggregateFunction.COUNT;
                default ->
                    throw new IllegalArgumentException(
                            "a query in an expression gives one aggregate: SUM, AVG, MIN, MAX or COUNT");
            };
            boolean rows = call.operandCount() == 0 || call.operand(0) instanceof SqlIdentifier id && id.isStar();
            String name = figure(
                    select, function, rows ? Optional.empty() : Optional.of(call.operand(0)), List.of(), List.of());
            SqlNode figure = new SqlIdentifier(name, SqlParserPos.ZERO);
            return function == AggregateFunction.COUNT
                    ? org.apache.calcite.sql.fun.SqlStdOperatorTable.COALESCE.createCall(
                            SqlParserPos.ZERO,
                            figure,
                            org.apache.calcite.sql.SqlLiteral.createExactNumeric("0", SqlParserPos.ZERO))
                    : figure;
        }

        private String figure(
                SqlSelect select,
                AggregateFunction function,
                Optional<SqlNode> argument,
                List<SqlIdentifier> alsoBy,
                List<SqlIdentifier> alsoOuter) {
            SqlNode from = select.getFrom();
            String alias = "";
            if (from instanceof SqlCall as && as.getKind() == SqlKind.AS) {
                alias = as.operand(1).toString();
                from = as.operand(0);
            }
            if (!(from instanceof SqlIdentifier table) || select.getGroup() != null || select.getHaving() != null) {
                throw new IllegalArgumentException("a query in an expression reads one table, without groups");
            }
            Inner inner = new Inner(String.join(".", table.names), alias, has);
            List<String> by = new ArrayList<>();
            List<String> outer = new ArrayList<>();
            for (int i = 0; i < alsoBy.size(); i++) {
                by.add(inner.column(alsoBy.get(i)).orElseThrow(() -> correlation()));
                outer.add(String.join(".", alsoOuter.get(i).names));
            }
            List<String> where = new ArrayList<>();
            for (SqlNode condition : conjuncts(select.getWhere())) {
                if (!inner.pairs(condition, by, outer)) {
                    where.add(sql(inner.own(condition)));
                }
            }
            if (by.isEmpty()) {
                throw correlation();
            }
            String name = "query " + (figures.size() + 1);
            figures.add(new Figure(
                    name,
                    String.join(".", table.names),
                    by,
                    outer,
                    function,
                    argument.map(a -> sql(inner.own(a))),
                    where.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", where))));
            return name;
        }

        private static List<SqlNode> conjuncts(@Nullable SqlNode condition) {
            if (condition == null) {
                return List.of();
            }
            if (condition.getKind() == SqlKind.AND) {
                List<SqlNode> all = new ArrayList<>();
                ((SqlCall) condition).getOperandList().forEach(o -> all.addAll(conjuncts(o)));
                return all;
            }
            return List.of(condition);
        }
    }

    private static IllegalArgumentException correlation() {
        return new IllegalArgumentException(
                "the rows of a query in an expression meet the row outside by an equal column, and in no other way");
    }

    /** Names inside a query. */
    private record Inner(String table, String alias, BiPredicate<String, String> has) {
        /** The query's own column that a name means. */
        Optional<String> column(SqlIdentifier id) {
            String column = id.names.get(id.names.size() - 1);
            if (id.isSimple()) {
                return has.test(table, column) ? Optional.of(column) : Optional.empty();
            }
            String owner = String.join(".", id.names.subList(0, id.names.size() - 1));
            boolean mine = alias.isEmpty()
                    ? owner.equalsIgnoreCase(table)
                            || table.toLowerCase(Locale.ROOT).endsWith("." + owner.toLowerCase(Locale.ROOT))
                    : owner.equalsIgnoreCase(alias);
            return mine ? Optional.of(column) : Optional.empty();
        }

        /** Takes an equality with the outer row; false for any other condition. */
        boolean pairs(SqlNode condition, List<String> by, List<String> outer) {
            if (condition.getKind() != SqlKind.EQUALS) {
                return false;
            }
            SqlCall equal = (SqlCall) condition;
            if (!(equal.operand(0) instanceof SqlIdentifier left && equal.operand(1) instanceof SqlIdentifier right)) {
                return false;
            }
            if (column(left).isPresent() == column(right).isPresent()) {
                return false;
            }
            SqlIdentifier mine = column(left).isPresent() ? left : right;
            SqlIdentifier theirs = mine == left ? right : left;
            by.add(column(mine).orElseThrow());
            outer.add(String.join(".", theirs.names));
            return true;
        }

        /** The expression with its columns by their own names. */
        SqlNode own(SqlNode expression) {
            SqlNode own = expression.accept(new SqlShuttle() {
                @Override
                public SqlNode visit(SqlIdentifier id) {
                    if (Expressions.isSpecial(id)) {
                        return id;
                    }
                    return new SqlIdentifier(column(id).orElseThrow(() -> correlation()), id.getParserPosition());
                }

                @Override
                public @Nullable SqlNode visit(SqlCall call) {
                    if (call.getKind().belongsTo(SqlKind.QUERY)) {
                        throw new IllegalArgumentException("a query in an expression holds no other query");
                    }
                    return super.visit(call);
                }
            });
            if (own == null) {
                throw new IllegalArgumentException("an expression cannot be empty");
            }
            return own;
        }
    }

    /** The expression without its queries' figures names these columns of the outer row. */
    public List<String> outerColumns() {
        List<String> names = new ArrayList<>();
        figures.forEach(f -> names.addAll(f.outer()));
        Expressions.columns(text).stream()
                .map(Expressions.Named::name)
                .filter(name -> figures.stream()
                        .noneMatch(f -> f.name().equals(SqlNames.parts(name).get(0))))
                .forEach(names::add);
        return names;
    }
}
