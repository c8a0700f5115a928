package io.calque.testkit.contract;

import io.calque.spi.pushdown.Capability.Kind;
import io.calque.spi.pushdown.Capability.Use;
import io.calque.spi.pushdown.FragmentUses;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexWindow;
import org.jspecify.annotations.Nullable;

/** Finds which values each function and operator of a fragment was given. Single-threaded; one for each fragment. */
final class CaseOperands {
    /** The values of one column that a function or operator read. */
    record Operand(DataType type, List<@Nullable Object> values) {}

    private final Function<RelNode, List<List<@Nullable Object>>> rows;
    private final Map<Use, List<Operand>> operands = new TreeMap<>();

    private CaseOperands(Function<RelNode, List<List<@Nullable Object>>> rows) {
        this.rows = rows;
    }

    /**
     * @param rows what an input of the fragment gives
     */
    static Map<Use, List<Operand>> of(RelNode fragment, Function<RelNode, List<List<@Nullable Object>>> rows) {
        CaseOperands found = new CaseOperands(rows);
        found.collect(fragment);
        return found.operands;
    }

    private void collect(RelNode node) {
        SortedSet<Use> uses = FragmentUses.ofOperator(node);
        if (!uses.isEmpty()) {
            List<RelDataTypeField> fields = node.getInputs().stream()
                    .flatMap(i -> i.getRowType().getFieldList().stream())
                    .toList();
            List<List<Object>> columns = new ArrayList<>();
            for (RelNode input : node.getInputs()) {
                List<List<@Nullable Object>> given = rows.apply(input);
                for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
                    int column = i;
                    List<@Nullable Object> values = new ArrayList<>();
                    given.forEach(row -> values.add(row.get(column)));
                    columns.add(values);
                }
            }
            uses.forEach(use -> {
                List<Operand> read = operands.computeIfAbsent(use, u -> new ArrayList<>());
                for (int column : columns(node, use, fields.size())) {
                    read.add(new Operand(RelTypes.toData(fields.get(column).getType()), columns.get(column)));
                }
            });
        }
        node.getInputs().forEach(this::collect);
    }

    /** Which of the input's columns {@code use} reads. */
    private static SortedSet<Integer> columns(RelNode node, Use use, int width) {
        SortedSet<Integer> read = new TreeSet<>();
        if (use.kind() == Kind.FUNCTION || use.kind() == Kind.WINDOW) {
            node.accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    if (use.equals(new Use(use.kind(), call.getOperator().getName()))) {
                        read.addAll(RelOptUtil.InputFinder.bits(call).asList());
                    }
                    return super.visitCall(call);
                }

                @Override
                public RexWindow visitWindow(RexWindow window) {
                    return window;
                }
            });
            return read;
        }
        if (node instanceof Sort sort
                && !sort.getCollation().getFieldCollations().isEmpty()) {
            sort.getCollation().getFieldCollations().stream()
                    .map(RelFieldCollation::getFieldIndex)
                    .forEach(read::add);
            return read;
        }
        if (node instanceof Aggregate aggregate) {
            if (use.kind() == Kind.OPERATOR) {
                read.addAll(aggregate.getGroupSet().asList());
            }
            for (AggregateCall call : aggregate.getAggCallList()) {
                if (use.kind() == Kind.OPERATOR || use.equals(FragmentUses.ofCall(call))) {
                    read.addAll(call.getArgList());
                }
            }
            return read;
        }
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                read.add(ref.getIndex());
                return ref;
            }
        });
        IntStream.range(0, read.isEmpty() ? width : 0).forEach(read::add);
        return read;
    }
}
