package io.calque.nl2plan.render;

import io.calque.nl2plan.plan.PlanColumns;
import io.calque.nl2plan.plan.PlanColumns.Output;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanTables;
import io.calque.nl2plan.plan.PlanVisitor;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.translate.Expressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The one SQL query that a document means: a common table a node, the root last. Used for one document. */
public final class PlanSql implements PlanVisitor<String> {
    private final Map<String, List<Output>> columns;
    private final Map<String, String> inlined = new HashMap<>();

    private PlanSql(Map<String, List<Output>> columns) {
        this.columns = columns;
    }

    /**
     * @throws io.calque.spi.QueryException INVALID_PLAN for an unknown table
     */
    public static String of(PlanDocument plan, PlanTables tables) {
        PlanSql sql = new PlanSql(PlanColumns.of(plan, tables));
        Map<String, Integer> readers = plan.readers();
        Optional<PlanNode.Sort> order = sql.orderOfAnswer(plan, readers);
        List<String> common = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node.id().equals(plan.root()) && readers.getOrDefault(node.id(), 1) == 1) {
                continue;
            }
            if (node instanceof PlanNode.Scan scan && scan.columns().isEmpty()) {
                // a bare scan reads better in place
                sql.inlined.put(scan.id(), scan.table());
                continue;
            }
            if (order.filter(o -> o.id().equals(node.id())).isPresent()) {
                continue;
            }
            common.add(
                    SqlNames.quoted(node.id()) + " AS (\n  " + node.accept(sql).replace("\n", "\n  ") + ")");
        }
        String root = order.map(o -> sql.ordered((PlanNode.Project) plan.rootNode(), o))
                .orElseGet(() -> readers.getOrDefault(plan.root(), 1) == 1
                        ? plan.rootNode().accept(sql)
                        : "SELECT * FROM " + SqlNames.quoted(plan.root()));
        return common.isEmpty() ? root : "WITH " + String.join(",\n", common) + "\n" + root;
    }

    /**
     * The sort below an answer that leaves out or renames columns: it must stand in the same SELECT, for the order of a common table is
     * nobody's. Empty where there is none.
     */
    private Optional<PlanNode.Sort> orderOfAnswer(PlanDocument plan, Map<String, Integer> readers) {
        if (!(plan.rootNode() instanceof PlanNode.Project answer)
                || readers.getOrDefault(plan.root(), 1) != 1
                || !(plan.node(answer.input()) instanceof PlanNode.Sort sort)
                || readers.getOrDefault(sort.id(), 1) != 1) {
            return Optional.empty();
        }
        return Optional.of(sort);
    }

    private String ordered(PlanNode.Project answer, PlanNode.Sort sort) {
        // a new name may hide a column that is ordered by
        String input = SqlNames.quoted(sort.input()) + ".";
        List<OrderKey> keys = sort.orderBy().stream()
                .map(k -> new OrderKey(
                        Expressions.rewrite(k.expression(), name -> input + SqlNames.quoted(name)),
                        k.direction(),
                        k.nulls()))
                .toList();
        PlanNode.Sort qualified = new PlanNode.Sort(sort.id(), sort.input(), keys, sort.limit(), sort.offset());
        return "SELECT " + list(answer.columns()) + "\nFROM " + from(sort.input()) + tail(qualified);
    }

    private String from(String id) {
        String table = inlined.get(id);
        return table == null ? SqlNames.quoted(id) : table + " AS " + SqlNames.quoted(id);
    }

    private List<Output> output(String id) {
        return columns.getOrDefault(id, List.of());
    }

    @Override
    public String scan(PlanNode.Scan node) {
        return "SELECT " + (node.columns().isEmpty() ? "*" : list(node.columns())) + "\nFROM " + node.table();
    }

    @Override
    public String metric(PlanNode.Metric node) {
        throw new IllegalStateException("a metric is expanded before it is rendered");
    }

    @Override
    public String filter(PlanNode.Filter node) {
        return "SELECT *\nFROM " + from(node.input()) + "\nWHERE " + node.where();
    }

    @Override
    public String project(PlanNode.Project node) {
        return "SELECT " + list(node.columns()) + "\nFROM " + from(node.input());
    }

    private static String list(List<PlanNode.Column> columns) {
        return columns.stream().map(PlanSql::column).collect(Collectors.joining(", "));
    }

    private static String column(PlanNode.Column column) {
        String as = SqlNames.quoted(column.as());
        return column.expression().equals(as) ? as : column.expression() + " AS " + as;
    }

    @Override
    public String join(PlanNode.Join node) {
        String left = SqlNames.quoted(node.left());
        String right =
                node.right().equals(node.left()) ? SqlNames.quoted(node.right() + "_2") : SqlNames.quoted(node.right());
        List<Output> leftColumns = output(node.left());
        List<Output> rightColumns = output(node.right());
        List<String> rightNames = PlanColumns.joined(node.right(), leftColumns, rightColumns);
        Map<String, String> written = new HashMap<>();
        List<String> select = new ArrayList<>();
        for (Output output : leftColumns) {
            String name = left + "." + SqlNames.quoted(output.name());
            written.put(output.name(), name);
            select.add(name);
        }
        boolean both = node.type() != PlanNode.JoinType.SEMI && node.type() != PlanNode.JoinType.ANTI;
        for (int i = 0; i < rightNames.size(); i++) {
            String name = right + "." + SqlNames.quoted(rightColumns.get(i).name());
            written.put(rightNames.get(i), name);
            if (both) {
                boolean same = rightNames.get(i).equals(rightColumns.get(i).name());
                select.add(same ? name : name + " AS " + SqlNames.quoted(rightNames.get(i)));
            }
        }
        String condition = condition(node, left, right, written);
        String rightFrom = node.right().equals(node.left())
                ? inlined.getOrDefault(node.right(), SqlNames.quoted(node.right())) + " AS " + right
                : from(node.right());
        String head = "SELECT " + String.join(", ", select) + "\nFROM " + from(node.left());
        return switch (node.type()) {
            case SEMI -> head + "\nWHERE EXISTS (SELECT 1 FROM " + rightFrom + " WHERE " + condition + ")";
            case ANTI -> head + "\nWHERE NOT EXISTS (SELECT 1 FROM " + rightFrom + " WHERE " + condition + ")";
            case INNER, LEFT, RIGHT, FULL -> {
                boolean cross = node.on().isEmpty() && node.where().isEmpty() && node.type() == PlanNode.JoinType.INNER;
                yield head
                        + (cross
                                ? "\nCROSS JOIN " + rightFrom
                                : "\n" + node.type() + " JOIN " + rightFrom + " ON " + condition);
            }
        };
    }

    private static String condition(PlanNode.Join node, String left, String right, Map<String, String> written) {
        List<String> parts = new ArrayList<>();
        node.on()
                .forEach(on -> parts.add(left + "." + SqlNames.quoted(on.left()) + " "
                        + on.comparison().sql() + " " + right + "." + SqlNames.quoted(on.right())));
        node.where()
                .ifPresent(where -> parts.add("("
                        + Expressions.rewrite(where, name -> written.getOrDefault(name, SqlNames.quoted(name))) + ")"));
        return parts.isEmpty() ? "TRUE" : String.join(" AND ", parts);
    }

    @Override
    public String aggregate(PlanNode.Aggregate node) {
        List<String> select = new ArrayList<>();
        node.groupBy().forEach(key -> select.add(SqlNames.quoted(key)));
        node.aggregates().forEach(call -> select.add(call(call) + " AS " + SqlNames.quoted(call.as())));
        String sql = "SELECT " + String.join(", ", select) + "\nFROM " + from(node.input());
        return node.groupBy().isEmpty() ? sql : sql + "\nGROUP BY " + quoted(node.groupBy());
    }

    private static String call(PlanNode.AggregateCall call) {
        String argument = call.argument().orElse("*");
        String distinct = call.duplicates() == Duplicates.REMOVE ? "DISTINCT " : "";
        Optional<String> parameter = call.parameter();
        String text = switch (call.function()) {
            case PERCENTILE_CONT, PERCENTILE_DISC ->
                call.function() + "(" + parameter.orElse("0.5") + ") WITHIN GROUP (ORDER BY " + argument + ")";
            case STRING_AGG -> "STRING_AGG(" + distinct + argument + ", " + parameter.orElse("','") + ")";
            default -> call.function() + "(" + distinct + argument + ")";
        };
        return call.filter().map(f -> text + " FILTER (WHERE " + f + ")").orElse(text);
    }

    @Override
    public String window(PlanNode.Window node) {
        List<String> select = new ArrayList<>();
        output(node.input()).forEach(o -> select.add(SqlNames.quoted(o.name())));
        node.windows().forEach(call -> select.add(over(call) + " AS " + SqlNames.quoted(call.as())));
        return "SELECT " + String.join(", ", select) + "\nFROM " + from(node.input());
    }

    private static String over(PlanNode.WindowCall call) {
        List<String> arguments = new ArrayList<>();
        call.argument().ifPresent(arguments::add);
        call.n().ifPresent(n -> arguments.add(Long.toString(n)));
        boolean star = arguments.isEmpty() && call.function() == PlanNode.WindowFunction.COUNT;
        List<String> over = new ArrayList<>();
        if (!call.partitionBy().isEmpty()) {
            over.add("PARTITION BY " + quoted(call.partitionBy()));
        }
        if (!call.orderBy().isEmpty()) {
            over.add("ORDER BY " + keys(call.orderBy()));
        }
        call.frame().ifPresent(over::add);
        return call.function() + "(" + (star ? "*" : String.join(", ", arguments)) + ") OVER (" + String.join(" ", over)
                + ")";
    }

    @Override
    public String sort(PlanNode.Sort node) {
        return "SELECT *\nFROM " + from(node.input()) + tail(node);
    }

    private static String tail(PlanNode.Sort node) {
        StringBuilder sql = new StringBuilder();
        if (!node.orderBy().isEmpty()) {
            sql.append("\nORDER BY ").append(keys(node.orderBy()));
        }
        node.limit().ifPresent(limit -> sql.append("\nLIMIT ").append(limit));
        node.offset().ifPresent(offset -> sql.append("\nOFFSET ").append(offset));
        return sql.toString();
    }

    private static String keys(List<OrderKey> keys) {
        return keys.stream().map(PlanSql::key).collect(Collectors.joining(", "));
    }

    private static String key(OrderKey key) {
        String desc = key.direction() == PlanNode.Direction.DESC ? " DESC" : "";
        String nulls = key.nulls() == PlanNode.Nulls.DEFAULT ? "" : " NULLS " + key.nulls();
        return key.expression() + desc + nulls;
    }

    private static String quoted(List<String> names) {
        return names.stream().map(SqlNames::quoted).collect(Collectors.joining(", "));
    }

    @Override
    public String distinct(PlanNode.Distinct node) {
        return "SELECT DISTINCT *\nFROM " + from(node.input());
    }

    @Override
    public String setOperation(PlanNode.SetOperation node) {
        String operator =
                node.kind() == PlanNode.SetKind.MINUS ? "EXCEPT" : node.kind().name();
        String all = node.duplicates() == Duplicates.KEEP ? " ALL" : "";
        return node.inputs().stream()
                .map(input -> "SELECT *\nFROM " + from(input))
                .collect(Collectors.joining("\n" + operator + all + "\n"));
    }

    @Override
    public String values(PlanNode.Values node) {
        if (node.rows().isEmpty()) {
            String nulls = node.columns().stream()
                    .map(c -> "CAST(NULL AS " + c.type() + ") AS " + SqlNames.quoted(c.as()))
                    .collect(Collectors.joining(", "));
            return "SELECT * FROM (SELECT " + nulls + ") AS \"none\" WHERE FALSE";
        }
        List<String> rows = new ArrayList<>();
        for (List<String> row : node.rows()) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < row.size(); i++) {
                cells.add("CAST(" + row.get(i) + " AS " + node.columns().get(i).type() + ") AS "
                        + SqlNames.quoted(node.columns().get(i).as()));
            }
            rows.add("SELECT " + String.join(", ", cells));
        }
        return String.join("\nUNION ALL\n", rows);
    }
}
