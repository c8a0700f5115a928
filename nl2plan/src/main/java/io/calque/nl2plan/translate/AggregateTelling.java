package io.calque.nl2plan.translate;

import static io.calque.nl2plan.translate.RexText.unsupported;

import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Duplicates;
import io.calque.nl2plan.plan.PlanNode.SetKind;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import io.calque.nl2plan.translate.AlgebraToPlan.Told;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Groups and their aggregates. What only the algebra has, sums that are zero over nothing and constants, is said by a projection above. */
final class AggregateTelling {
    private final PlanNodes nodes;
    private final Told input;

    AggregateTelling(PlanNodes nodes, Told input) {
        this.nodes = nodes;
        this.input = input;
    }

    Told tell(Aggregate aggregate) {
        if (aggregate.getGroupType() == Aggregate.Group.SIMPLE) {
            return tell(aggregate, aggregate.getGroupSet());
        }
        List<Told> sets = aggregate.getGroupSets().stream()
                .map(set -> padded(aggregate, set, tell(aggregate, set)))
                .toList();
        List<String> ids = sets.stream().map(Told::id).toList();
        return new Told(
                nodes.add("together", id -> new PlanNode.SetOperation(id, SetKind.UNION, ids, Duplicates.KEEP)),
                sets.get(0).names());
    }

    /** One grouping set with all columns: those it is not grouped by are NULL. */
    private Told padded(Aggregate aggregate, ImmutableBitSet set, Told rows) {
        List<PlanNode.Column> columns = new ArrayList<>();
        List<RelDataTypeField> fields = aggregate.getRowType().getFieldList();
        int key = 0;
        for (int i : aggregate.getGroupSet()) {
            String name = input.names().get(i);
            String missing = "CAST(NULL AS " + RexText.type(fields.get(key).getType()) + ")";
            columns.add(set.get(i) ? PlanNode.Column.kept(name) : new PlanNode.Column(missing, name));
            key++;
        }
        rows.names().stream().skip(set.cardinality()).forEach(n -> columns.add(PlanNode.Column.kept(n)));
        return new Told(
                nodes.add("padded", id -> new PlanNode.Project(id, rows.id(), columns)),
                columns.stream().map(PlanNode.Column::as).toList());
    }

    private Told tell(Aggregate aggregate, ImmutableBitSet set) {
        List<String> keys = set.asList().stream().map(input.names()::get).toList();
        if (aggregate.getAggCallList().isEmpty() && keys.equals(input.names())) {
            return new Told(nodes.add("once", id -> new PlanNode.Distinct(id, input.id())), keys);
        }
        Set<String> taken = new HashSet<>();
        aggregate.getGroupSet().forEach(k -> taken.add(input.names().get(k).toLowerCase(Locale.ROOT)));
        List<PlanNode.AggregateCall> calls = new ArrayList<>();
        List<PlanNode.Column> above = new ArrayList<>();
        keys.forEach(k -> above.add(PlanNode.Column.kept(k)));
        boolean plain = true;
        List<String> names = new ArrayList<>(keys);
        for (AggregateCall call : aggregate.getAggCallList()) {
            String name = name(call, taken);
            names.add(name);
            boolean constant = call.getAggregation().getName().equals("LITERAL_AGG");
            boolean fromZero = call.getAggregation().getName().equals("$SUM0");
            if (call.getAggregation().getKind() == SqlKind.GROUPING) {
                above.add(new PlanNode.Column(Long.toString(grouping(call, set)), name));
                plain = false;
                continue;
            }
            if (constant) {
                RexNode value = call.rexList.get(0);
                above.add(new PlanNode.Column(
                        new RexText(aggregate.getCluster().getRexBuilder(), input.names()).of(value), name));
            } else {
                calls.add(call(call, name));
                String column = SqlNames.quoted(name);
                above.add(
                        fromZero
                                ? new PlanNode.Column("COALESCE(" + column + ", 0)", name)
                                : PlanNode.Column.kept(name));
            }
            plain &= !constant && !fromZero;
        }
        if (calls.isEmpty() && keys.isEmpty()) {
            calls.add(PlanNode.AggregateCall.of(AggregateFunction.COUNT, Optional.empty(), "rows_counted"));
            plain = false;
        }
        String totals = nodes.add("totals", id -> new PlanNode.Aggregate(id, input.id(), keys, calls));
        if (plain) {
            return new Told(totals, names);
        }
        return new Told(nodes.add("shown", id -> new PlanNode.Project(id, totals, above)), names);
    }

    /** A bit for each column, set where the group is of all its values. */
    private static long grouping(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int column : call.getArgList()) {
            bits = bits * 2 + (set.get(column) ? 0 : 1);
        }
        return bits;
    }

    private static String name(AggregateCall call, Set<String> taken) {
        String given = call.getName();
        String wish = given == null || given.isEmpty() || given.startsWith("$")
                ? call.getAggregation().getName().toLowerCase(Locale.ROOT).replace("$", "")
                : given;
        String name = wish;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wish + "_" + i;
        }
        return name;
    }

    private PlanNode.AggregateCall call(AggregateCall call, String as) {
        if (!call.getCollation().getFieldCollations().isEmpty() || call.distinctKeys != null) {
            throw unsupported("an ordered aggregate");
        }
        AggregateFunction function = function(call.getAggregation().getName());
        List<Integer> arguments = call.getArgList();
        boolean separated = function == AggregateFunction.STRING_AGG;
        if (arguments.size() > (separated ? 2 : 1)) {
            throw unsupported("an aggregate of several columns");
        }
        if (separated && arguments.size() == 2) {
            throw unsupported("a separator that is a column");
        }
        return new PlanNode.AggregateCall(
                function,
                arguments.stream()
                        .findFirst()
                        .map(i -> SqlNames.quoted(input.names().get(i))),
                call.isDistinct() ? Duplicates.REMOVE : Duplicates.KEEP,
                call.filterArg < 0
                        ? Optional.empty()
                        : Optional.of(SqlNames.quoted(input.names().get(call.filterArg))),
                Optional.empty(),
                as);
    }

    private static AggregateFunction function(String name) {
        String known = switch (name) {
            case "$SUM0" -> "SUM";
            case "STDDEV" -> "STDDEV_SAMP";
            case "VARIANCE" -> "VAR_SAMP";
            case "LISTAGG" -> "STRING_AGG";
            default -> name.toUpperCase(Locale.ROOT);
        };
        for (AggregateFunction function : AggregateFunction.values()) {
            if (function.name().equals(known)) {
                return function;
            }
        }
        throw unsupported("the aggregate " + name);
    }
}
