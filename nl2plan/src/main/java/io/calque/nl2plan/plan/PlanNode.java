package io.calque.nl2plan.plan;

import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One step of a plan. Columns are the names that the inputs give out; a name that the inputs of a join share is, on the right side,
 * prefixed with the right input's id and an underscore. Expressions are SQL text over those columns.
 */
public sealed interface PlanNode {
    String id();

    /** Ids of the nodes read, in order. */
    List<String> inputs();

    <R> R accept(PlanVisitor<R> visitor);

    /**
     * The rows of a table.
     *
     * @param table its dotted name, as SQL would write it
     * @param columns columns of the table under new names; empty for all as they are
     */
    record Scan(String id, String table, List<Column> columns) implements PlanNode {
        public Scan {
            columns = List.copyOf(columns);
        }

        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.scan(this);
        }
    }

    /**
     * A measure of the semantic layer, grouped as asked.
     *
     * @param metric its name in the ontology
     * @param groupBy its dimensions wanted
     */
    record Metric(String id, String metric, List<String> groupBy) implements PlanNode {
        public Metric {
            groupBy = List.copyOf(groupBy);
        }

        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.metric(this);
        }
    }

    /** The input's rows for which {@code where} is true. */
    record Filter(String id, String input, String where) implements PlanNode {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.filter(this);
        }
    }

    /** The input's rows with these columns and no other. */
    record Project(String id, String input, List<Column> columns) implements PlanNode {
        public Project {
            columns = List.copyOf(columns);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.project(this);
        }
    }

    /**
     * Pairs of rows.
     *
     * @param on all must hold; empty joins each with each
     * @param where a further condition of the join over both sides' columns, as they would be named in the output of an inner join
     */
    record Join(String id, String left, String right, JoinType type, List<On> on, Optional<String> where)
            implements PlanNode {
        public Join {
            on = List.copyOf(on);
        }

        @Override
        public List<String> inputs() {
            return List.of(left, right);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.join(this);
        }
    }

    /**
     * One row a group.
     *
     * @param groupBy columns of the input; empty makes one group of all rows
     */
    record Aggregate(String id, String input, List<String> groupBy, List<AggregateCall> aggregates)
            implements PlanNode {
        public Aggregate {
            groupBy = List.copyOf(groupBy);
            aggregates = List.copyOf(aggregates);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /** The input's rows with further columns computed over neighbouring rows. */
    record Window(String id, String input, List<WindowCall> windows) implements PlanNode {
        public Window {
            windows = List.copyOf(windows);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /** The input's rows in order, from {@code offset}, at most {@code limit}. */
    record Sort(String id, String input, List<OrderKey> orderBy, OptionalLong limit, OptionalLong offset)
            implements PlanNode {
        public Sort {
            orderBy = List.copyOf(orderBy);
        }

        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.sort(this);
        }
    }

    /** The input's rows, each once. */
    record Distinct(String id, String input) implements PlanNode {
        @Override
        public List<String> inputs() {
            return List.of(input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.distinct(this);
        }
    }

    /** Rows of inputs of the same shape, put together by position; columns are named after the first input. */
    record SetOperation(String id, SetKind kind, List<String> inputs, Duplicates duplicates) implements PlanNode {
        public SetOperation {
            inputs = List.copyOf(inputs);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.setOperation(this);
        }
    }

    /**
     * Rows given in the document.
     *
     * @param rows literals as SQL writes them, one a column
     */
    record Values(String id, List<TypedColumn> columns, List<List<String>> rows) implements PlanNode {
        public Values {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public List<String> inputs() {
            return List.of();
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.values(this);
        }
    }

    /** An expression and its name in the output. */
    record Column(String expression, String as) {
        /** A column kept under its name. */
        public static Column kept(String name) {
            return new Column(SqlNames.quoted(name), name);
        }
    }

    /** A column of literals. */
    record TypedColumn(DataType type, String as) {}

    /**
     * @param left a column of the left input
     * @param right a column of the right input
     */
    record On(String left, Comparison comparison, String right) {
        public static On equal(String left, String right) {
            return new On(left, Comparison.EQ, right);
        }
    }

    /**
     * @param argument an expression; empty for COUNT(*)
     * @param filter only rows for which this holds are taken
     * @param parameter the fraction of a percentile, the separator of STRING_AGG, as a SQL literal
     */
    record AggregateCall(
            AggregateFunction function,
            Optional<String> argument,
            Duplicates duplicates,
            Optional<String> filter,
            Optional<String> parameter,
            String as) {
        public static AggregateCall of(AggregateFunction function, Optional<String> argument, String as) {
            return new AggregateCall(function, argument, Duplicates.KEEP, Optional.empty(), Optional.empty(), as);
        }
    }

    /**
     * @param argument an expression; empty for ranks and COUNT(*)
     * @param n buckets of NTILE, rows of LAG and LEAD, position of NTH_VALUE
     * @param partitionBy columns of the input
     * @param frame {@code ROWS ...} or {@code RANGE ...}; empty for the standard's default
     */
    record WindowCall(
            WindowFunction function,
            Optional<String> argument,
            OptionalLong n,
            List<String> partitionBy,
            List<OrderKey> orderBy,
            Optional<String> frame,
            String as) {
        public WindowCall {
            partitionBy = List.copyOf(partitionBy);
            orderBy = List.copyOf(orderBy);
        }
    }

    /** One key of an order. */
    record OrderKey(String expression, Direction direction, Nulls nulls) {
        public static OrderKey of(String expression, Direction direction) {
            return new OrderKey(expression, direction, Nulls.DEFAULT);
        }
    }

    /** How two columns of a join must compare. */
    enum Comparison {
        EQ("="),
        NE("<>"),
        LT("<"),
        LE("<="),
        GT(">"),
        GE(">=");

        private final String sql;

        Comparison(String sql) {
            this.sql = sql;
        }

        public String sql() {
            return sql;
        }
    }

    /** Which pairs and which lonely rows a join gives. */
    enum JoinType {
        INNER,
        LEFT,
        RIGHT,
        FULL,
        SEMI,
        ANTI
    }

    /** What a set operation does. */
    enum SetKind {
        UNION,
        INTERSECT,
        MINUS
    }

    /** Whether equal rows or values count once. */
    enum Duplicates {
        KEEP,
        REMOVE
    }

    /** Which way an order runs. */
    enum Direction {
        ASC,
        DESC
    }

    /** Where NULLs stand; by default they are high. */
    enum Nulls {
        DEFAULT,
        FIRST,
        LAST
    }

    /** Aggregates a document may name. */
    enum AggregateFunction {
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        STDDEV_POP,
        STDDEV_SAMP,
        VAR_POP,
        VAR_SAMP,
        ANY_VALUE,
        SINGLE_VALUE,
        BOOL_AND,
        BOOL_OR,
        STRING_AGG,
        ARRAY_AGG,
        PERCENTILE_CONT,
        PERCENTILE_DISC
    }

    /** Window functions a document may name. */
    enum WindowFunction {
        ROW_NUMBER,
        RANK,
        DENSE_RANK,
        NTILE,
        LAG,
        LEAD,
        FIRST_VALUE,
        LAST_VALUE,
        NTH_VALUE,
        COUNT,
        SUM,
        AVG,
        MIN,
        MAX,
        STDDEV_POP,
        STDDEV_SAMP
    }
}
