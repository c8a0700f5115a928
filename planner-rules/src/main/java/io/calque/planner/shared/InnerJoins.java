package io.calque.planner.shared;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** A run of inner joins, flat: its factors, and the conditions over all of their columns. Immutable once made. */
final class InnerJoins {
    /**
     * What is joined.
     *
     * @param whole with its filters
     * @param base below them
     * @param own what the filters ask, over the columns of {@code base}
     * @param offset of its first column in the run
     */
    record Factor(RelNode whole, RelNode base, List<RexNode> own, int offset) {
        RelDigest digest() {
            return base.getRelDigest();
        }

        int width() {
            return base.getRowType().getFieldCount();
        }
    }

    private final RelNode root;
    private final List<Factor> factors = new ArrayList<>();
    private final List<RexNode> conjuncts = new ArrayList<>();

    private InnerJoins(RelNode root) {
        this.root = root;
        flatten(root, 0);
    }

    /** The runs of a plan, each from its topmost join on. */
    static List<InnerJoins> in(RelNode plan) {
        List<InnerJoins> runs = new ArrayList<>();
        collect(plan, false, runs);
        return runs;
    }

    private static void collect(RelNode node, boolean withinRun, List<InnerJoins> runs) {
        boolean inner = isInner(node);
        if (inner && !withinRun && runs.stream().noneMatch(run -> run.root == node)) {
            runs.add(new InnerJoins(node));
        }
        node.getInputs().forEach(input -> collect(input, inner, runs));
    }

    private static boolean isInner(RelNode node) {
        return node instanceof Join join
                && join.getJoinType() == JoinRelType.INNER
                && join.getVariablesSet().isEmpty();
    }

    private int flatten(RelNode node, int offset) {
        if (!isInner(node)) {
            factors.add(factor(node, offset));
            return offset + node.getRowType().getFieldCount();
        }
        Join join = (Join) node;
        int middle = flatten(join.getLeft(), offset);
        int end = flatten(join.getRight(), middle);
        RelOptUtil.conjunctions(join.getCondition()).forEach(c -> conjuncts.add(moved(c, i -> i + offset)));
        return end;
    }

    private static Factor factor(RelNode node, int offset) {
        List<RexNode> own = new ArrayList<>();
        RelNode base = node;
        while (base instanceof Filter filter && filter.getVariablesSet().isEmpty()) {
            own.addAll(RelOptUtil.conjunctions(filter.getCondition()));
            base = filter.getInput();
        }
        return new Factor(node, base, own, offset);
    }

    RelNode root() {
        return root;
    }

    List<Factor> factors() {
        return factors;
    }

    List<RexNode> conjuncts() {
        return conjuncts;
    }

    /** The factors that a condition names. */
    ImmutableBitSet factorsOf(RexNode conjunct) {
        ImmutableBitSet.Builder named = ImmutableBitSet.builder();
        for (int column : RelOptUtil.InputFinder.bits(conjunct)) {
            named.set(factorOf(column));
        }
        return named.build();
    }

    int factorOf(int column) {
        int found = 0;
        while (found + 1 < factors.size() && factors.get(found + 1).offset() <= column) {
            found++;
        }
        return found;
    }

    /** A text that is the same for {@code a = b} and {@code b = a}. */
    static String text(RexNode conjunct) {
        if (conjunct.getKind() == SqlKind.EQUALS && conjunct instanceof RexCall call) {
            String left = call.getOperands().get(0).toString();
            String right = call.getOperands().get(1).toString();
            return left.compareTo(right) <= 0 ? left + " = " + right : right + " = " + left;
        }
        return conjunct.toString();
    }

    /** Where a column goes. */
    interface Columns {
        int at(int column);
    }

    static RexNode moved(RexNode expression, Columns columns) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(columns.at(ref.getIndex()), ref.getType());
            }
        });
    }
}
