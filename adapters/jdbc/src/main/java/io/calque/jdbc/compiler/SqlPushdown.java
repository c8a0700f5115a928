package io.calque.jdbc.compiler;

import io.calque.jdbc.cursor.Form;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.pushdown.AggregateRule;
import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.ExpressionRule;
import io.calque.spi.pushdown.FragmentColumns;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * The verdicts of a SQL source: an expression is accepted exactly when the translator that would say it does not refuse. So the list of
 * names only says what is considered at all, and no verdict can differ from what is compiled. Thread-safe.
 */
final class SqlPushdown {
    /** Said alike in every SQL database. */
    private static final String[] LOGIC = {
        "=",
        "<>",
        "<",
        "<=",
        ">",
        ">=",
        "IS DISTINCT FROM",
        "IS NOT DISTINCT FROM",
        "AND",
        "OR",
        "NOT",
        "IS NULL",
        "IS NOT NULL",
        "IS TRUE",
        "IS NOT TRUE",
        "IS FALSE",
        "IS NOT FALSE",
        "CASE",
        "COALESCE",
        "SEARCH"
    };

    private final Dialect dialect;

    SqlPushdown(Dialect dialect) {
        this.dialect = dialect;
    }

    /** The list without functions and aggregates of the dialect's own. */
    CapabilityList.Builder common() {
        return CapabilityList.of(dialect.product())
                .operator(Filter.class)
                .operator(Project.class)
                .operator(Sort.class, this::sort)
                .operator(Aggregate.class, this::aggregate)
                .operator(Join.class, this::join)
                .proven(Kind.JOIN, joins())
                .functions(functions(), LOGIC)
                .literals(this::literal)
                .parameters(p -> tried(() -> Translator.parameter(p)))
                .sortKeys(this::sortKey);
    }

    private String[] joins() {
        return Arrays.stream(JoinRelType.values())
                .filter(dialect::joins)
                .map(Enum::name)
                .toArray(String[]::new);
    }

    ExpressionRule functions() {
        return (call, input) -> tried(() -> said(call, input));
    }

    AggregateRule aggregates() {
        return (call, aggregate) -> tried(() -> {
            List<Expr> arguments = call.getArgList().stream()
                    .map(i -> field(aggregate.getInput(), i))
                    .toList();
            Optional<Expr> filter =
                    call.filterArg < 0 ? Optional.empty() : Optional.of(field(aggregate.getInput(), call.filterArg));
            return dialect.aggregate(call, arguments, filter);
        });
    }

    private Expr said(RexCall call, RelNode input) {
        return new Translator(dialect, input.getCluster().getRexBuilder(), index -> field(input, index))
                .translate(call);
    }

    /** Symbols, intervals and search arguments are checked with the call that they stand in. */
    private Verdict literal(RexLiteral literal) {
        return switch (literal.getTypeName()) {
            case SYMBOL, SARG -> Verdict.yes();
            default ->
                SqlTypeUtil.isInterval(literal.getType()) ? Verdict.yes() : tried(() -> dialect.literal(literal));
        };
    }

    private Verdict sort(Sort sort) {
        return sort.getCollation().getFieldCollations().isEmpty() && sort.fetch == null && sort.offset == null
                ? Verdict.no("there is nothing to sort or limit")
                : Verdict.yes();
    }

    private Verdict sortKey(Sort sort, RelFieldCollation key) {
        List<RelFieldCollation> keys = sort.getCollation().getFieldCollations();
        boolean last = keys.indexOf(key) == keys.size() - 1;
        return tried(() -> dialect.sortable(field(sort.getInput(), key.getFieldIndex()), last));
    }

    private Verdict aggregate(Aggregate aggregate) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return Verdict.no(dialect.product() + " is not asked for grouping sets");
        }
        if (aggregate.getGroupCount() == 0 && aggregate.getAggCallList().isEmpty()) {
            return Verdict.no("an aggregate of nothing stays in Calque");
        }
        for (int key : aggregate.getGroupSet()) {
            Verdict verdict = tried(() -> dialect.groupable(field(aggregate.getInput(), key)));
            if (!verdict.allowed()) {
                return verdict;
            }
        }
        return Verdict.yes();
    }

    private Verdict join(Join join) {
        if (join.getJoinType() == JoinRelType.FULL && !join.analyzeCondition().isEqui()) {
            return Verdict.no(dialect.product() + " joins fully on equal keys only");
        }
        if (join.getJoinType() == JoinRelType.FULL && comparesFinely(join)) {
            return Verdict.no("a key finer than milliseconds becomes a range, on which no FULL JOIN can run");
        }
        return dialect.joins(join.getJoinType())
                ? Verdict.yes()
                : Verdict.no(dialect.product() + " is not asked for " + join.getJoinType() + " joins");
    }

    private boolean comparesFinely(Join join) {
        return join.analyzeCondition().leftKeys.stream()
                        .anyMatch(i -> field(join.getLeft(), i).form() == Form.FINE)
                || join.analyzeCondition().rightKeys.stream()
                        .anyMatch(i -> field(join.getRight(), i).form() == Form.FINE);
    }

    private static Verdict tried(Supplier<Expr> attempt) {
        try {
            Objects.requireNonNull(attempt.get());
            return Verdict.yes();
        } catch (Refused e) {
            return Verdict.no(e.reason());
        }
    }

    /** The form that the compiler gives a column which is no stored one: a decimal constant is a double in SQLite, say. */
    private Form computed(RelNode input, int index) {
        if (input instanceof Project project) {
            RelNode below = project.getInput();
            return new Translator(dialect, project.getCluster().getRexBuilder(), i -> field(below, i))
                    .translate(project.getProjects().get(index))
                    .form();
        }
        if (input instanceof Aggregate aggregate) {
            return computed(aggregate, index);
        }
        return input instanceof Filter || input instanceof Sort
                ? field(input.getInput(0), index).form()
                : Form.PLAIN;
    }

    private Form computed(Aggregate aggregate, int index) {
        if (index < aggregate.getGroupCount()) {
            return dialect.groupable(
                            field(aggregate.getInput(), aggregate.getGroupSet().nth(index)))
                    .form();
        }
        AggregateCall call = aggregate.getAggCallList().get(index - aggregate.getGroupCount());
        List<Expr> arguments = call.getArgList().stream()
                .map(i -> field(aggregate.getInput(), i))
                .toList();
        return dialect.aggregate(call, arguments, Optional.empty()).form();
    }

    /** A column as the compiler would know it: its type, and the form of the stored column behind it. */
    private Expr field(RelNode input, int index) {
        if (input instanceof Join join && !(index < join.getLeft().getRowType().getFieldCount())) {
            return field(join.getRight(), index - join.getLeft().getRowType().getFieldCount());
        }
        if (input instanceof Join join) {
            return field(join.getLeft(), index);
        }
        RelDataType type = input.getRowType().getFieldList().get(index).getType();
        DataType data = Translator.type(type);
        Optional<ColumnDescriptor> origin = FragmentColumns.origin(input, index);
        Form form = origin.map(Form::of).orElseGet(() -> computed(input, index));
        return Expr.column(
                Relation.table("t", "t"),
                "c",
                data,
                form,
                type.isNullable(),
                origin.map(ColumnDescriptor::name).orElse(""));
    }
}
