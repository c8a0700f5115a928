package io.calque.planner.metadata;

import io.calque.planner.PlanningBudget;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows of a join by the containment assumption: an equality keeps one pair in max(distinct left, distinct right)
 * (Selinger et al., 1979). Calcite's own guess is a constant per equality. Stateless.
 */
public final class StatisticsRowCount implements MetadataHandler<BuiltInMetadata.RowCount> {
    private static final double OTHER_CONDITION = 0.33;

    @Override
    public MetadataDef<BuiltInMetadata.RowCount> getDef() {
        return BuiltInMetadata.RowCount.DEF;
    }

    /** Estimated rows; at least 1. */
    public Double getRowCount(Join join, RelMetadataQuery mq) {
        PlanningBudget.check(join.getCluster());
        double left = mq.getRowCount(join.getLeft());
        double right = mq.getRowCount(join.getRight());
        double inner = left * right * selectivity(join, mq, left, right);
        JoinRelType type = join.getJoinType();
        double rows = switch (type) {
            case LEFT, LEFT_MARK -> Math.max(inner, left);
            case RIGHT -> Math.max(inner, right);
            case FULL -> Math.max(inner, left + right);
            case SEMI -> Math.min(left, inner);
            case ANTI -> Math.max(left - Math.min(left, inner), left * 0.1);
            default -> inner;
        };
        return Math.max(1, rows);
    }

    /** The share of all pairs that the condition keeps. */
    public static double selectivity(Join join, RelMetadataQuery mq) {
        return selectivity(join, mq, mq.getRowCount(join.getLeft()), mq.getRowCount(join.getRight()));
    }

    private static double selectivity(Join join, RelMetadataQuery mq, double left, double right) {
        JoinInfo keys = join.analyzeCondition();
        double selectivity = ofKeys(join, keys, mq, left, right);
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        for (RexNode conjunct : keys.nonEquiConditions) {
            selectivity *= ofOther(conjunct, join, leftWidth, mq);
        }
        return selectivity;
    }

    /**
     * All equalities together. Those that name a whole key of one side have one partner at most in its table; others are taken to
     * depend on each other the more of them there are.
     */
    private static double ofKeys(Join join, JoinInfo keys, RelMetadataQuery mq, double left, double right) {
        List<Double> distinct = new ArrayList<>();
        for (int i = 0; i < keys.leftKeys.size(); i++) {
            distinct.add(values(join, keys.leftKeys.get(i), keys.rightKeys.get(i), mq, left, right));
        }
        if (distinct.size() > 1) {
            double product = distinct.stream().reduce(1.0, (a, b) -> a * b);
            double domain = Math.min(
                    keyDomain(join.getLeft(), keys.leftSet(), mq), keyDomain(join.getRight(), keys.rightSet(), mq));
            if (domain < Double.POSITIVE_INFINITY) {
                return 1 / Math.min(product, domain);
            }
        }
        distinct.sort(Comparator.reverseOrder());
        double selectivity = 1;
        double exponent = 1;
        for (double count : distinct) {
            selectivity *= Math.pow(1 / count, exponent);
            exponent /= 2;
        }
        return selectivity;
    }

    /**
     * How many values the pairs of a column are spread over. A column that refers to a unique one has all its values among those of that one's
     * table; of a column that nobody has measured the other one tells.
     */
    private static double values(
            Join join, int leftColumn, int rightColumn, RelMetadataQuery mq, double left, double right) {
        RelNode one = join.getLeft();
        RelNode other = join.getRight();
        double referred = Math.max(
                StoredValues.ofUnique(one, leftColumn, mq).orElse(0),
                StoredValues.ofUnique(other, rightColumn, mq).orElse(0));
        if (referred > 0) {
            return referred;
        }
        double ofLeft = distinct(one, leftColumn, mq, left);
        double ofRight = distinct(other, rightColumn, mq, right);
        boolean leftUnknown = StoredValues.isUnmeasured(one, leftColumn, mq);
        boolean rightUnknown = StoredValues.isUnmeasured(other, rightColumn, mq);
        if (leftUnknown != rightUnknown) {
            return leftUnknown ? ofRight : ofLeft;
        }
        return Math.max(ofLeft, ofRight);
    }

    private static double distinct(RelNode side, int column, RelMetadataQuery mq, double rows) {
        Double count = mq.getDistinctRowCount(side, ImmutableBitSet.of(column), null);
        return Math.max(1, Math.min(rows, count == null ? Math.sqrt(rows) : count));
    }

    /** Rows of the table of which the columns are a key, before any filter; infinite where they are none. */
    private static double keyDomain(RelNode side, ImmutableBitSet columns, RelMetadataQuery mq) {
        if (!Boolean.TRUE.equals(mq.areColumnsUnique(side, columns))) {
            return Double.POSITIVE_INFINITY;
        }
        double most = mq.getRowCount(side);
        for (int column : columns) {
            RelColumnOrigin origin = mq.getColumnOrigin(side, column);
            if (origin != null && !origin.isDerived()) {
                most = Math.max(most, origin.getOriginTable().getRowCount());
            }
        }
        return most;
    }

    private static double ofOther(RexNode condition, Join join, int leftWidth, RelMetadataQuery mq) {
        switch (condition.getKind()) {
            case AND -> {
                double all = 1;
                for (RexNode conjunct : RelOptUtil.conjunctions(condition)) {
                    all *= ofOther(conjunct, join, leftWidth, mq);
                }
                return all;
            }
            case OR -> {
                double none = 1;
                for (RexNode branch : RelOptUtil.disjunctions(condition)) {
                    none *= 1 - ofOther(branch, join, leftWidth, mq);
                }
                return 1 - none;
            }
            default -> {
                ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
                boolean fromLeft = !columns.isEmpty() && columns.length() <= leftWidth;
                boolean fromRight = !columns.isEmpty() && columns.nth(0) >= leftWidth;
                if (!fromLeft && !fromRight) {
                    return OTHER_CONDITION;
                }
                Double known = fromLeft
                        ? mq.getSelectivity(join.getLeft(), condition)
                        : mq.getSelectivity(join.getRight(), RexUtil.shift(condition, -leftWidth));
                return known == null ? OTHER_CONDITION : known;
            }
        }
    }
}
