package io.calque.nl2plan.translate;

import static io.calque.nl2plan.translate.RexText.unsupported;

import io.calque.nl2plan.plan.PlanColumns;
import io.calque.nl2plan.plan.PlanDocument;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.JoinType;
import io.calque.nl2plan.plan.PlanNode.Nulls;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanNode.SetKind;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.pushdown.RelTypes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** A query as algebra, told as a plan document: the way back. Used for one query. */
final class AlgebraToPlan {
    private final PlanNodes nodes = new PlanNodes();

    /** Where the rows of a relation are, and what their columns are called. */
    record Told(String id, List<String> names) {
        Told {
            names = List.copyOf(names);
        }
    }

    /**
     * @param columns what the answer's columns are called
     * @throws io.calque.spi.QueryException NOT_SUPPORTED naming what a document cannot say
     */
    static PlanDocument of(RelNode query, List<String> columns) {
        AlgebraToPlan plan = new AlgebraToPlan();
        Told root = plan.answer(query, columns);
        return new PlanDocument("as the query says", List.of(), Optional.empty(), plan.nodes.all(), root.id());
    }

    /** An order stays next to the answer's last projection, where it can be kept. */
    private Told answer(RelNode query, List<String> columns) {
        if (query instanceof Project project
                && project.getInput() instanceof Sort sort
                && !project.containsOver()
                && project.getProjects().size() == columns.size()) {
            Told rows = tell(sort);
            RexText text = new RexText(project.getCluster().getRexBuilder(), rows.names());
            List<String> names = unique(columns);
            List<PlanNode.Column> shown = IntStream.range(0, names.size())
                    .mapToObj(i ->
                            new PlanNode.Column(text.of(project.getProjects().get(i)), names.get(i)))
                    .toList();
            return new Told(nodes.add("answer", id -> new PlanNode.Project(id, rows.id(), shown)), names);
        }
        return named(tell(query), columns);
    }

    private Told named(Told rows, List<String> columns) {
        List<String> names = unique(columns);
        if (names.equals(rows.names())) {
            return rows;
        }
        List<PlanNode.Column> kept = IntStream.range(0, names.size())
                .mapToObj(i -> new PlanNode.Column(SqlNames.quoted(rows.names().get(i)), names.get(i)))
                .toList();
        return new Told(nodes.add("answer", id -> new PlanNode.Project(id, rows.id(), kept)), names);
    }

    Told tell(RelNode node) {
        if (node instanceof TableScan scan) {
            return scan(scan, scan.getRowType().getFieldNames().size(), null);
        }
        if (node instanceof Project project) {
            return project(project);
        }
        if (node instanceof Filter filter) {
            return filter(filter);
        }
        if (node instanceof Join join) {
            return join(join);
        }
        if (node instanceof Aggregate aggregate) {
            return new AggregateTelling(nodes, tell(aggregate.getInput())).tell(aggregate);
        }
        if (node instanceof Sort sort) {
            return sort(sort);
        }
        if (node instanceof SetOp operation) {
            return setOperation(operation);
        }
        if (node instanceof Values values) {
            return values(values);
        }
        throw unsupported(
                node.getRelTypeName().equals("LogicalCorrelate")
                        ? "a subquery that reads each row of the query around it"
                        : "a " + node.getRelTypeName());
    }

    private Told scan(TableScan scan, int width, @Nullable Project above) {
        List<String> path = Objects.requireNonNull(scan.getTable()).getQualifiedName();
        if (path.size() != 3) {
            throw unsupported("the rows of " + String.join(".", path));
        }
        TableName table = new TableName(new SourceId(path.get(0)), path.get(1), path.get(2));
        List<String> fields = scan.getRowType().getFieldNames();
        if (above == null || width == 0) {
            return new Told(
                    nodes.add(table.table(), id -> new PlanNode.Scan(id, SqlNames.table(table), List.of())), fields);
        }
        List<String> names = unique(above.getRowType().getFieldNames());
        List<PlanNode.Column> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            int field = ((RexInputRef) above.getProjects().get(i)).getIndex();
            columns.add(new PlanNode.Column(SqlNames.quoted(fields.get(field)), names.get(i)));
        }
        return new Told(nodes.add(table.table(), id -> new PlanNode.Scan(id, SqlNames.table(table), columns)), names);
    }

    private Told project(Project project) {
        boolean onlyRefs = project.getProjects().stream().allMatch(p -> p instanceof RexInputRef);
        if (onlyRefs
                && project.getInput() instanceof TableScan scan
                && !project.getProjects().isEmpty()) {
            return scan(scan, project.getProjects().size(), project);
        }
        WindowTelling.Windowed windowed = new WindowTelling(
                        nodes, project.getCluster().getRexBuilder())
                .apart(tell(project.getInput()), project.getProjects());
        Told input = windowed.rows();
        RexText text = new RexText(project.getCluster().getRexBuilder(), input.names());
        List<String> names = unique(project.getRowType().getFieldNames());
        List<PlanNode.Column> columns = new ArrayList<>();
        List<RexNode> projects = windowed.expressions();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new PlanNode.Column(text.of(projects.get(i)), names.get(i)));
        }
        if (columns.isEmpty()) {
            // a relation of rows without columns is only ever counted
            columns.add(new PlanNode.Column("1", "one"));
            return new Told(nodes.add("shown", id -> new PlanNode.Project(id, input.id(), columns)), List.of("one"));
        }
        return new Told(nodes.add("shown", id -> new PlanNode.Project(id, input.id(), columns)), names);
    }

    private Told filter(Filter filter) {
        Told input = tell(filter.getInput());
        WindowTelling.Windowed windowed = new WindowTelling(
                        nodes, filter.getCluster().getRexBuilder())
                .apart(input, List.of(filter.getCondition()));
        String where = new RexText(
                        filter.getCluster().getRexBuilder(), windowed.rows().names())
                .of(windowed.expressions().get(0));
        String id =
                nodes.add("kept", n -> new PlanNode.Filter(n, windowed.rows().id(), where));
        if (windowed.rows().names().equals(input.names())) {
            return new Told(id, input.names());
        }
        List<PlanNode.Column> columns =
                input.names().stream().map(PlanNode.Column::kept).toList();
        return new Told(nodes.add("shown", n -> new PlanNode.Project(n, id, columns)), input.names());
    }

    private Told join(Join join) {
        Told left = tell(join.getLeft());
        Told right = tell(join.getRight());
        List<String> rightNames = PlanColumns.joined(right.id(), outputs(left.names()), outputs(right.names()));
        List<String> both = new ArrayList<>(left.names());
        both.addAll(rightNames);
        List<PlanNode.On> on = new ArrayList<>();
        List<String> where = new ArrayList<>();
        RexText text = new RexText(join.getCluster().getRexBuilder(), both);
        for (RexNode condition : RelOptUtil.conjunctions(join.getCondition())) {
            Optional<PlanNode.On> pair = pair(condition, left.names(), right.names());
            if (pair.isPresent()) {
                on.add(pair.get());
            } else if (!condition.isAlwaysTrue()) {
                where.add(text.of(condition));
            }
        }
        Optional<String> further = where.isEmpty() ? Optional.empty() : Optional.of(String.join(" AND ", where));
        JoinType type = type(join.getJoinType());
        String id = nodes.add("joined", n -> new PlanNode.Join(n, left.id(), right.id(), type, on, further));
        boolean leftOnly = type == JoinType.SEMI || type == JoinType.ANTI;
        return new Told(id, leftOnly ? left.names() : both);
    }

    private static JoinType type(JoinRelType type) {
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
            default -> throw unsupported("a join of kind " + type.name().toLowerCase(Locale.ROOT));
        };
    }

    /** A comparison of a column of each side. */
    private static Optional<PlanNode.On> pair(RexNode condition, List<String> left, List<String> right) {
        Optional<PlanNode.Comparison> comparison = comparison(condition);
        if (comparison.isEmpty()
                || !(((RexCall) condition).getOperands().get(0) instanceof RexInputRef a)
                || !(((RexCall) condition).getOperands().get(1) instanceof RexInputRef b)) {
            return Optional.empty();
        }
        int first = left.size();
        if (a.getIndex() < first && b.getIndex() >= first) {
            return Optional.of(
                    new PlanNode.On(left.get(a.getIndex()), comparison.get(), right.get(b.getIndex() - first)));
        }
        if (b.getIndex() < first && a.getIndex() >= first) {
            return Optional.of(
                    new PlanNode.On(left.get(b.getIndex()), turned(comparison.get()), right.get(a.getIndex() - first)));
        }
        return Optional.empty();
    }

    private static Optional<PlanNode.Comparison> comparison(RexNode condition) {
        return switch (condition.getKind()) {
            case EQUALS -> Optional.of(PlanNode.Comparison.EQ);
            case NOT_EQUALS -> Optional.of(PlanNode.Comparison.NE);
            case LESS_THAN -> Optional.of(PlanNode.Comparison.LT);
            case LESS_THAN_OR_EQUAL -> Optional.of(PlanNode.Comparison.LE);
            case GREATER_THAN -> Optional.of(PlanNode.Comparison.GT);
            case GREATER_THAN_OR_EQUAL -> Optional.of(PlanNode.Comparison.GE);
            default -> Optional.empty();
        };
    }

    private static PlanNode.Comparison turned(PlanNode.Comparison comparison) {
        return switch (comparison) {
            case LT -> PlanNode.Comparison.GT;
            case LE -> PlanNode.Comparison.GE;
            case GT -> PlanNode.Comparison.LT;
            case GE -> PlanNode.Comparison.LE;
            case EQ, NE -> comparison;
        };
    }

    private Told sort(Sort sort) {
        Told input = tell(sort.getInput());
        List<OrderKey> keys = sort.getCollation().getFieldCollations().stream()
                .map(c -> key(c, SqlNames.quoted(input.names().get(c.getFieldIndex()))))
                .toList();
        OptionalLong limit = count(sort.fetch);
        OptionalLong offset = count(sort.offset);
        return new Told(
                nodes.add("sorted", id -> new PlanNode.Sort(id, input.id(), keys, limit, offset)), input.names());
    }

    static OrderKey key(RelFieldCollation collation, String expression) {
        return key(
                expression,
                collation.getDirection().isDescending(),
                collation.nullDirection == RelFieldCollation.NullDirection.FIRST,
                collation.nullDirection == RelFieldCollation.NullDirection.LAST);
    }

    static OrderKey key(String expression, boolean descending, boolean nullsFirst, boolean nullsLast) {
        Nulls nulls = nullsFirst && !descending ? Nulls.FIRST : nullsLast && descending ? Nulls.LAST : Nulls.DEFAULT;
        return new OrderKey(expression, descending ? Direction.DESC : Direction.ASC, nulls);
    }

    private static OptionalLong count(@Nullable RexNode node) {
        if (node == null) {
            return OptionalLong.empty();
        }
        if (node instanceof RexLiteral literal) {
            return OptionalLong.of(
                    Objects.requireNonNull(literal.getValueAs(BigDecimal.class)).longValueExact());
        }
        throw unsupported("a limit that is no number");
    }

    private Told setOperation(SetOp operation) {
        List<Told> inputs = operation.getInputs().stream().map(this::tell).toList();
        SetKind kind = operation instanceof Union
                ? SetKind.UNION
                : operation instanceof Intersect ? SetKind.INTERSECT : SetKind.MINUS;
        Duplicates duplicates = operation.all ? Duplicates.KEEP : Duplicates.REMOVE;
        List<String> ids = inputs.stream().map(Told::id).toList();
        return new Told(
                nodes.add("together", id -> new PlanNode.SetOperation(id, kind, ids, duplicates)),
                inputs.get(0).names());
    }

    private Told values(Values values) {
        List<String> names = unique(values.getRowType().getFieldNames());
        List<PlanNode.TypedColumn> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(new PlanNode.TypedColumn(
                    RelTypes.toData(values.getRowType().getFieldList().get(i).getType()), names.get(i)));
        }
        if (columns.isEmpty()) {
            throw unsupported("rows without columns");
        }
        RexText text = new RexText(values.getCluster().getRexBuilder(), List.of());
        List<List<String>> rows = values.getTuples().stream()
                .map(tuple -> tuple.stream().map(text::of).toList())
                .toList();
        return new Told(nodes.add("rows", id -> new PlanNode.Values(id, columns, rows)), names);
    }

    static List<PlanColumns.Output> outputs(List<String> names) {
        return names.stream()
                .map(n -> new PlanColumns.Output(n, Optional.empty()))
                .toList();
    }

    /** Names of a node's columns differ without their case. */
    static List<String> unique(List<String> wishes) {
        Set<String> taken = new HashSet<>();
        List<String> names = new ArrayList<>();
        for (String wish : wishes) {
            String name = wish;
            for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
                name = wish + "_" + i;
            }
            names.add(name);
        }
        return names;
    }
}
