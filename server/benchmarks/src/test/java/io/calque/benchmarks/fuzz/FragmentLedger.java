package io.calque.benchmarks.fuzz;

import io.calque.planner.pushdown.OperatorClass;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/** Counts what was pushed: for each source, in how many queries each operator and function stood in a fragment. Single-threaded. */
final class FragmentLedger {
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();
    private final List<RelNode> fragments = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Map<String, Set<String>> inQuery = new TreeMap<>();

    /** A source was asked to compile this. */
    void compiled(SourceId source, RelNode fragment) {
        fragments.add(fragment);
        visit(fragment, inQuery.computeIfAbsent(source.value(), s -> new TreeSet<>()));
    }

    /** A source did not compile what its capabilities had accepted; the engine then plans without pushdown. */
    void refused(String reason) {
        refused.add(reason);
    }

    /** Reasons since {@link #begin}. */
    List<String> refused() {
        return refused;
    }

    /** Fragments since {@link #begin}. */
    List<RelNode> fragments() {
        return fragments;
    }

    /** Forgets fragments compiled so far. */
    void begin() {
        fragments.clear();
        refused.clear();
        inQuery.clear();
    }

    /** Counts the fragments since {@link #begin}, once a query. */
    void count() {
        inQuery.forEach((source, names) -> names.forEach(
                name -> counts.computeIfAbsent(source, s -> new TreeMap<>()).merge(name, 1, Integer::sum)));
    }

    /** Classes of work in the fragments since {@link #begin}. */
    Set<OperatorClass> classes() {
        Set<OperatorClass> classes = EnumSet.noneOf(OperatorClass.class);
        fragments.forEach(f -> collect(f, classes));
        classes.remove(OperatorClass.OTHER);
        return classes;
    }

    private static void collect(RelNode node, Set<OperatorClass> classes) {
        classes.add(OperatorClass.of(node));
        node.getInputs().forEach(input -> collect(input, classes));
    }

    Map<String, Map<String, Integer>> counts() {
        return counts;
    }

    void addAll(FragmentLedger other) {
        other.counts.forEach((source, names) -> names.forEach((name, n) ->
                counts.computeIfAbsent(source, s -> new TreeMap<>()).merge(name, n, Integer::sum)));
    }

    private static void visit(RelNode node, Set<String> names) {
        if (node instanceof TableScan) {
            return;
        }
        if (node instanceof Join join) {
            names.add("join " + join.getJoinType().lowerName);
        } else if (node instanceof Sort sort) {
            if (!sort.getCollation().getFieldCollations().isEmpty()) {
                names.add("sort");
            }
            if (sort.fetch != null) {
                names.add("limit");
            }
            if (sort.offset != null) {
                names.add("offset");
            }
        } else if (node instanceof Aggregate aggregate) {
            names.add(aggregate.getAggCallList().isEmpty() ? "distinct" : "aggregate");
            if (aggregate.getGroupSets().size() > 1) {
                names.add("grouping sets");
            }
            for (AggregateCall call : aggregate.getAggCallList()) {
                names.add("aggregate " + call.getAggregation().getName() + (call.isDistinct() ? " DISTINCT" : "")
                        + (call.hasFilter() ? " FILTER" : ""));
            }
        } else {
            names.add(node.getRelTypeName().replace("Logical", "").toLowerCase(Locale.ROOT));
        }
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                names.add("function " + spelled(call));
                return super.visitCall(call);
            }
        });
        node.getInputs().forEach(input -> visit(input, names));
    }

    private static String spelled(RexCall call) {
        return call.getKind() == SqlKind.CAST
                ? "CAST to " + call.getType().getSqlTypeName()
                : call.getOperator().getName();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        counts.forEach((source, names) -> {
            text.append(source).append('\n');
            names.forEach((name, n) -> text.append(String.format("  %-40s %7d%n", name, n)));
        });
        return text.toString();
    }
}
