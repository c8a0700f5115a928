package io.calque.planner.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** One run of inner joins being ordered. Single-threaded, used once. */
final class JoinRun {
    /** With nearly as many rows, the statement's own order stays. */
    private static final double CLEARLY_FEWER = 0.9;

    /**
     * A part already joined.
     *
     * @param factors which factors it holds
     * @param columns for each of its columns, the position in the whole run
     * @param tree the order in which its factors were joined
     */
    private record Part(RelNode rel, ImmutableBitSet factors, int[] columns, JoinTree tree) {}

    /** One condition, with the parts of the run that it names. */
    private record Conjunct(RexNode condition, ImmutableBitSet factors) {}

    private record Pair(ImmutableBitSet one, ImmutableBitSet other) {}

    private record Candidate(Part one, Part other, Part joined, boolean atSource, double rows) {
        boolean betterThan(Candidate other) {
            return atSource != other.atSource ? atSource : rows < other.rows * CLEARLY_FEWER;
        }
    }

    private final List<Part> parts = new ArrayList<>();
    /** Joins that were weighed already: of many parts, only those with the newest are new. */
    private final Map<Pair, Candidate> weighed = new HashMap<>();

    private final List<Conjunct> open;
    private final ColumnEqualities equalities;
    private final Predicate<RelNode> joinableAtSource;
    private final RexBuilder rex;
    private final RelMetadataQuery mq;
    private final int[] factorOfColumn;
    private final List<String> names = new ArrayList<>();
    private final List<JoinTree.Pair> joins = new ArrayList<>();

    JoinRun(
            List<RelNode> factors,
            List<RexNode> conjuncts,
            ColumnEqualities equalities,
            Predicate<RelNode> joinableAtSource) {
        this.equalities = equalities;
        this.joinableAtSource = joinableAtSource;
        this.rex = factors.get(0).getCluster().getRexBuilder();
        this.mq = factors.get(0).getCluster().getMetadataQuery();
        int width =
                factors.stream().mapToInt(f -> f.getRowType().getFieldCount()).sum();
        this.factorOfColumn = new int[width];
        int next = 0;
        for (int f = 0; f < factors.size(); f++) {
            int[] columns = new int[factors.get(f).getRowType().getFieldCount()];
            names.addAll(factors.get(f).getRowType().getFieldNames());
            for (int c = 0; c < columns.length; c++) {
                factorOfColumn[next] = f;
                columns[c] = next++;
            }
            parts.add(new Part(factors.get(f), ImmutableBitSet.of(f), columns, new JoinTree.Leaf(f)));
        }
        this.open = new ArrayList<>();
        conjuncts.forEach(c -> open.add(new Conjunct(c, factorsOf(c))));
    }

    /** Greedily. */
    RelNode order() {
        while (parts.size() > 1) {
            take(best());
        }
        return restoreColumnOrder(parts.get(0));
    }

    /** The joins made, in their order. */
    List<JoinTree.Pair> joins() {
        return joins;
    }

    /** As a tree of all factors says. */
    RelNode order(JoinTree tree) {
        return restoreColumnOrder(made(tree));
    }

    private Part made(JoinTree tree) {
        if (tree instanceof JoinTree.Pair pair) {
            return take(candidate(made(pair.one()), made(pair.other())));
        }
        int factor = ((JoinTree.Leaf) tree).factor();
        return parts.stream()
                .filter(part -> part.factors().get(factor))
                .findFirst()
                .orElseThrow();
    }

    private Part take(Candidate candidate) {
        Part joined = candidate.joined();
        int place = Math.min(parts.indexOf(candidate.one()), parts.indexOf(candidate.other()));
        parts.removeIf(part -> part == candidate.one() || part == candidate.other());
        parts.add(place, joined);
        open.removeIf(c -> joined.factors().contains(c.factors()));
        if (joined.tree() instanceof JoinTree.Pair pair) {
            joins.add(pair);
        }
        return joined;
    }

    private Candidate best() {
        Candidate best = null;
        for (int i = 0; i < parts.size(); i++) {
            for (int j = i + 1; j < parts.size(); j++) {
                if (connected(parts.get(i), parts.get(j))) {
                    Candidate candidate = weighed(parts.get(i), parts.get(j));
                    best = best == null || candidate.betterThan(best) ? candidate : best;
                }
            }
        }
        return best == null ? smallestProduct() : best;
    }

    private Candidate smallestProduct() {
        int first = smallest(-1);
        return weighed(parts.get(first), parts.get(smallest(first)));
    }

    private int smallest(int except) {
        int smallest = -1;
        for (int i = 0; i < parts.size(); i++) {
            if (i != except && (smallest < 0 || rows(i) < rows(smallest))) {
                smallest = i;
            }
        }
        return smallest;
    }

    private double rows(int part) {
        return mq.getRowCount(parts.get(part).rel());
    }

    private boolean connected(Part one, Part other) {
        ImmutableBitSet both = one.factors().union(other.factors());
        return open.stream()
                .map(Conjunct::factors)
                .anyMatch(f -> both.contains(f) && f.intersects(one.factors()) && f.intersects(other.factors()));
    }

    private Candidate weighed(Part one, Part other) {
        return weighed.computeIfAbsent(new Pair(one.factors(), other.factors()), pair -> candidate(one, other));
    }

    /** The larger side goes left: the hash join builds its table from the right. */
    private Candidate candidate(Part one, Part other) {
        boolean swap = mq.getRowCount(one.rel()) < mq.getRowCount(other.rel());
        Part left = swap ? other : one;
        Part right = swap ? one : other;
        int[] columns = Arrays.copyOf(left.columns(), left.columns().length + right.columns().length);
        System.arraycopy(right.columns(), 0, columns, left.columns().length, right.columns().length);
        ImmutableBitSet factors = left.factors().union(right.factors());
        Optional<RexNode> implied =
                equated(one, other) ? Optional.empty() : equalities.between(one.columns(), other.columns());
        List<RexNode> conditions = Stream.concat(
                        implied.stream(),
                        open.stream().filter(c -> factors.contains(c.factors())).map(Conjunct::condition))
                .map(condition -> localised(condition, columns))
                .toList();
        RelNode join = LogicalJoin.create(
                left.rel(),
                right.rel(),
                List.of(),
                RexUtil.composeConjunction(rex, conditions),
                Set.of(),
                JoinRelType.INNER);
        Part joined = new Part(join, factors, columns, new JoinTree.Pair(left.tree(), right.tree()));
        double rows = mq.getRowCount(join);
        if (implied.isEmpty() && !equated(one, other)) {
            // every row meets every other one; where one side is a single row, that is no more than a filter
            double pairs = mq.getRowCount(one.rel()) * mq.getRowCount(other.rel());
            boolean single = isSingle(one) || isSingle(other);
            return new Candidate(one, other, joined, single && joinableAtSource.test(join), Math.max(rows, pairs));
        }
        boolean fewer = rows <= mq.getRowCount(one.rel()) + mq.getRowCount(other.rel());
        return new Candidate(one, other, joined, fewer && joinableAtSource.test(join), rows);
    }

    private boolean isSingle(Part part) {
        Double most = mq.getMaxRowCount(part.rel());
        return most != null && most <= 1;
    }

    private boolean equated(Part one, Part other) {
        ImmutableBitSet both = one.factors().union(other.factors());
        return open.stream()
                .filter(c -> c.condition().getKind() == SqlKind.EQUALS)
                .map(Conjunct::factors)
                .anyMatch(f -> both.contains(f) && f.intersects(one.factors()) && f.intersects(other.factors()));
    }

    private RexNode localised(RexNode conjunct, int[] columns) {
        int[] positions = new int[factorOfColumn.length];
        for (int i = 0; i < columns.length; i++) {
            positions[columns[i]] = i;
        }
        return Columns.moved(conjunct, column -> positions[column]);
    }

    private ImmutableBitSet factorsOf(RexNode conjunct) {
        ImmutableBitSet.Builder factors = ImmutableBitSet.builder();
        RelOptUtil.InputFinder.bits(conjunct).forEachInt(column -> factors.set(factorOfColumn[column]));
        return factors.build();
    }

    private RelNode restoreColumnOrder(Part whole) {
        RexNode[] columns = new RexNode[factorOfColumn.length];
        for (int i = 0; i < whole.columns().length; i++) {
            columns[whole.columns()[i]] = RexInputRef.of(i, whole.rel().getRowType());
        }
        return LogicalProject.create(
                whole.rel(),
                List.of(),
                List.of(columns),
                org.apache.calcite.sql.validate.SqlValidatorUtil.uniquify(names, true),
                Set.of());
    }
}
