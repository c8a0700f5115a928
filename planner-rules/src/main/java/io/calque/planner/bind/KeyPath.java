package io.calque.planner.bind;

import io.calque.planner.lowering.Lowering;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Calc;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Follows a column down to the fetches where leaving out rows by its value leaves out the same rows above, and no others. Stateless.
 *
 * <p>Stops at limits, windows, and sides of outer joins that get NULLs: there a row left out below changes others above.
 */
final class KeyPath {
    /**
     * Where a column comes from.
     *
     * @param column of the fetch's rows
     */
    record End(SourceFetch fetch, int column) {}

    private KeyPath() {}

    /** Where a column comes from that is read from rows made for several readers. */
    record SharedEnd(SharedRows rows, int column) {}

    /** None when the column is computed, or its rows may not be left out below. */
    static List<End> ends(RelNode node, int column) {
        return leaves(node, column).stream()
                .filter(leaf -> leaf.node() instanceof SourceFetch)
                .map(leaf -> new End((SourceFetch) leaf.node(), leaf.column()))
                .toList();
    }

    /** As {@link #ends}, for rows that have other readers, too: all of them have to agree before one is left out. */
    static List<SharedEnd> sharedEnds(RelNode node, int column) {
        return leaves(node, column).stream()
                .filter(leaf -> leaf.node() instanceof SharedRows)
                .map(leaf -> new SharedEnd((SharedRows) leaf.node(), leaf.column()))
                .toList();
    }

    private record Leaf(RelNode node, int column) {}

    private static List<Leaf> leaves(RelNode node, int column) {
        if (node instanceof SourceFetch || node instanceof SharedRows) {
            return List.of(new Leaf(node, column));
        }
        if (node instanceof KeySource || node instanceof Filter) {
            return leaves(node.getInput(0), column);
        }
        if (node instanceof Calc calc) {
            return behind(
                    calc.getProgram()
                            .expandLocalRef(calc.getProgram().getProjectList().get(column)),
                    calc.getInput());
        }
        if (node instanceof Project project) {
            return behind(project.getProjects().get(column), project.getInput());
        }
        if (node instanceof Aggregate aggregate) {
            boolean key = aggregate.getGroupType() == Aggregate.Group.SIMPLE && column < aggregate.getGroupCount();
            return key ? leaves(aggregate.getInput(), aggregate.getGroupSet().nth(column)) : List.of();
        }
        if (node instanceof Sort sort) {
            return sort.fetch == null && sort.offset == null ? leaves(sort.getInput(), column) : List.of();
        }
        if (node instanceof Union union && union.all) {
            List<Leaf> all = new ArrayList<>();
            union.getInputs().forEach(input -> all.addAll(leaves(input, column)));
            return all;
        }
        if (node instanceof Correlate) {
            return List.of();
        }
        return node instanceof Join join ? throughJoin(join, column) : List.of();
    }

    /** Casts between exact numbers that change no value keep the key what it was. */
    private static List<Leaf> behind(RexNode expression, RelNode input) {
        return Lowering.beforeWidening(expression) instanceof RexInputRef ref
                ? leaves(input, ref.getIndex())
                : List.of();
    }

    private static List<Leaf> throughJoin(Join join, int column) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        JoinRelType type = join.getJoinType();
        List<Leaf> found = new ArrayList<>();
        if (column < leftWidth) {
            if (!type.generatesNullsOnLeft()) {
                found.addAll(leaves(join.getLeft(), column));
                found.addAll(partners(join, column, true));
            }
        } else if (!type.generatesNullsOnRight()) {
            found.addAll(leaves(join.getRight(), column - leftWidth));
            found.addAll(partners(join, column - leftWidth, false));
        }
        return found;
    }

    /** Where a row with another key is left out, so may the rows be that only it would have met. */
    private static List<Leaf> partners(Join join, int column, boolean left) {
        JoinInfo info = join.analyzeCondition();
        int at = (left ? info.leftKeys : info.rightKeys).indexOf(column);
        if (at < 0) {
            return List.of();
        }
        return left ? leaves(join.getRight(), info.rightKeys.get(at)) : leaves(join.getLeft(), info.leftKeys.get(at));
    }
}
