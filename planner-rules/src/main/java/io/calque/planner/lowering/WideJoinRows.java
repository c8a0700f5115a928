package io.calque.planner.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/**
 * Lets the stock joins tell equal rows of their right side apart.
 *
 * <p>A RIGHT or FULL join that tests a condition keeps the rows that found no partner in a set of objects. A row of one column is
 * the value itself, and a row of none one object for all: equal ones would be kept once. Here such a side gets columns until its
 * rows are arrays, each its own.
 */
final class WideJoinRows {
    private static final int ARRAY_WIDTH = 2;

    private WideJoinRows() {}

    static RelNode lower(Join join) {
        int width = join.getRight().getRowType().getFieldCount();
        boolean remembers = join.getJoinType() == JoinRelType.RIGHT || join.getJoinType() == JoinRelType.FULL;
        boolean tests = !join.analyzeCondition().isEqui()
                || join.analyzeCondition().leftKeys.isEmpty();
        if (!remembers || !tests || width >= ARRAY_WIDTH) {
            return join;
        }
        RexBuilder rexBuilder = join.getCluster().getRexBuilder();
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            columns.add(rexBuilder.makeInputRef(join.getRight(), i));
        }
        while (columns.size() < ARRAY_WIDTH) {
            columns.add(rexBuilder.makeLiteral(true));
        }
        RelNode wide = LogicalProject.create(join.getRight(), List.of(), columns, (List<String>) null, Set.of());
        // Columns are added at the end only, so that the condition stays as it is.
        RelNode joined = LogicalJoin.create(
                join.getLeft(), wide, join.getHints(), join.getCondition(), join.getVariablesSet(), join.getJoinType());
        List<RexNode> outputs = new ArrayList<>();
        for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
            outputs.add(rexBuilder.makeInputRef(joined, i));
        }
        return LogicalProject.create(
                joined, List.of(), outputs, join.getRowType().getFieldNames(), Set.of());
    }
}
