package io.calque.planner.join;

import io.calque.planner.cost.RowBytes;
import io.calque.planner.metadata.StatisticsRowCount;
import io.calque.planner.metadata.StoredValues;
import io.calque.spi.SourceId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * A run of inner joins in figures, which say of any set of its factors how many rows their join has, whatever the order. Sets of factors are
 * bits. Single-threaded; estimates are made when first asked for.
 */
final class JoinGraph {
    /** A run of more has no sets of this kind. */
    static final int MOST_FACTORS = 60;

    /**
     * Columns of several factors that all equal each other.
     *
     * @param factors that have one
     * @param columns by factor, in the run; -1 where it has none
     * @param values that each has among the rows of its factor
     * @param spread over how many values each's rows are spread, for those that refer to them
     * @param domain values that any may have
     */
    record KeyClass(long factors, int[] columns, double[] values, double[] spread, double domain) {
        /** The least number of values among these factors. */
        double least(long set) {
            return least(set, values);
        }

        private double least(long set, double[] of) {
            double least = Double.MAX_VALUE;
            for (long rest = set & factors; rest != 0; rest &= rest - 1) {
                least = Math.min(least, of[Long.numberOfTrailingZeros(rest)]);
            }
            return least;
        }

        /** What the equalities among these factors keep of all pairs: each value is in those that have more of them, too. */
        double selectivity(long set) {
            long within = set & factors;
            if (Long.bitCount(within) < 2) {
                return 1;
            }
            double all = 1;
            for (long rest = within; rest != 0; rest &= rest - 1) {
                all /= spread[Long.numberOfTrailingZeros(rest)];
            }
            return all * least(within, spread);
        }
    }

    /** A condition that is no equality of columns, or how several equalities of two factors depend on each other. */
    private record Share(long factors, double share, boolean dependence) {}

    private final List<RelNode> factors;
    private final int[] first;
    private final RexBuilder rex;
    private final RelMetadataQuery mq;
    private final double[] rows;
    private final List<Optional<SourceId>> sources;
    private final long[] neighbours;
    private final long[] joinable;
    private final List<KeyClass> classes = new ArrayList<>();
    private final List<Share> shares = new ArrayList<>();
    /** For each column, the sets of factors whose conditions need it. */
    private final Map<Integer, List<Long>> uses = new HashMap<>();

    private final ImmutableBitSet neededAbove;
    private final Map<Long, Double> known = new HashMap<>();

    /**
     * @param neededAbove columns of the run that something above it reads
     * @param joinableAtSource whether a join of two factors is one that their source takes
     */
    JoinGraph(
            List<RelNode> factors,
            List<RexNode> conjuncts,
            ColumnEqualities equalities,
            ImmutableBitSet neededAbove,
            Predicate<RelNode> joinableAtSource) {
        this.factors = factors;
        this.neededAbove = neededAbove;
        this.rex = factors.get(0).getCluster().getRexBuilder();
        this.mq = factors.get(0).getCluster().getMetadataQuery();
        int count = factors.size();
        this.first = new int[count];
        this.rows = new double[count];
        this.neighbours = new long[count];
        this.joinable = new long[count];
        this.sources = factors.stream().map(OneSource::of).toList();
        int next = 0;
        for (int f = 0; f < count; f++) {
            first[f] = next;
            rows[f] = mq.getRowCount(factors.get(f));
            next += factors.get(f).getRowType().getFieldCount();
        }
        equalities.classes().forEach(this::addClass);
        addDependences(equalities);
        for (RexNode conjunct : conjuncts) {
            long named = named(conjunct);
            RelOptUtil.InputFinder.bits(conjunct)
                    .forEachInt(column ->
                            uses.computeIfAbsent(column, c -> new ArrayList<>()).add(named));
            if (Long.bitCount(named) > 1 && !equalities.says(conjunct)) {
                shares.add(new Share(named, selectivity(named, conjunct), false));
                if (Long.bitCount(named) == 2) {
                    connect(named);
                }
            }
        }
        for (int f = 0; f < count; f++) {
            for (int g = 0; g < f; g++) {
                markJoinable(f, g, conjuncts, equalities, joinableAtSource);
            }
        }
    }

    private void addClass(Collection<Integer> members) {
        int[] columns = new int[factors.size()];
        Arrays.fill(columns, -1);
        double[] values = new double[factors.size()];
        double[] pairs = new double[factors.size()];
        long set = 0;
        long unknown = 0;
        double most = 1;
        double referred = 0;
        for (int column : members) {
            int f = factorOf(column);
            if (columns[f] >= 0) {
                continue;
            }
            columns[f] = column;
            int own = within(column);
            Double found = mq.getDistinctRowCount(factors.get(f), ImmutableBitSet.of(own), null);
            values[f] = Math.max(1, Math.min(rows[f], found == null ? Math.sqrt(rows[f]) : found));
            OptionalDouble unique = StoredValues.ofUnique(factors.get(f), own, mq);
            referred = Math.max(referred, unique.orElse(0));
            // Whatever a filter leaves of a table that others refer to, their values are spread over all of it.
            pairs[f] = unique.orElse(values[f]);
            if (StoredValues.isUnmeasured(factors.get(f), own, mq)) {
                unknown |= 1L << f;
            } else {
                most = Math.max(most, StoredValues.of(factors.get(f), own, mq).orElse(values[f]));
            }
            set |= 1L << f;
        }
        double domain = referred > 0 ? referred : most;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            int f = Long.numberOfTrailingZeros(rest);
            boolean told = referred > 0 || unknown != set && (unknown & 1L << f) != 0;
            values[f] = told ? Math.min(values[f], domain) : values[f];
            pairs[f] = told ? Math.min(pairs[f], domain) : pairs[f];
        }
        if (Long.bitCount(set) > 1) {
            long whole = set;
            classes.add(new KeyClass(set, columns, values, pairs, domain));
            for (int column : members) {
                uses.computeIfAbsent(column, c -> new ArrayList<>()).add(whole);
            }
            for (long rest = set; rest != 0; rest &= rest - 1) {
                int f = Long.numberOfTrailingZeros(rest);
                neighbours[f] |= whole & ~(1L << f);
            }
        }
    }

    /** Two factors that several equalities join have more pairs than if these were independent of each other. */
    private void addDependences(ColumnEqualities equalities) {
        for (int f = 0; f < factors.size(); f++) {
            for (int g = 0; g < f; g++) {
                long both = 1L << f | 1L << g;
                List<KeyClass> shared = classes.stream()
                        .filter(c -> (c.factors() & both) == both)
                        .toList();
                if (shared.size() > 1) {
                    double independent = shared.stream()
                            .mapToDouble(c -> c.selectivity(both))
                            .reduce(1, (a, b) -> a * b);
                    List<RexNode> all = new ArrayList<>();
                    for (KeyClass one : shared) {
                        all.add(equalities.equality(one.columns()[g], one.columns()[f]));
                    }
                    double together = selectivity(both, RexUtil.composeConjunction(rex, all));
                    shares.add(new Share(both, Math.max(1, together / independent), true));
                }
            }
        }
        shares.sort(Comparator.comparingDouble(Share::share).reversed());
    }

    private int factorOf(int column) {
        int f = Arrays.binarySearch(first, column);
        return f >= 0 ? lastAt(f) : -f - 2;
    }

    /** Factors without columns begin where the next one does. */
    private int lastAt(int factor) {
        int f = factor;
        while (f + 1 < first.length && first[f + 1] == first[f]) {
            f++;
        }
        return f;
    }

    private long named(RexNode conjunct) {
        long set = 0;
        for (int column : RelOptUtil.InputFinder.bits(conjunct)) {
            set |= 1L << factorOf(column);
        }
        return set;
    }

    private void connect(long two) {
        int f = Long.numberOfTrailingZeros(two);
        int g = Long.numberOfTrailingZeros(two & two - 1);
        neighbours[f] |= 1L << g;
        neighbours[g] |= 1L << f;
    }

    /** The share of all combinations of these factors' rows that a condition keeps. */
    private double selectivity(long set, RexNode condition) {
        return StatisticsRowCount.selectivity(joined(set, condition), mq);
    }

    private Join joined(long set, RexNode condition) {
        RelNode left = null;
        int[] offsets = new int[factors.size()];
        int width = 0;
        Join join = null;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            int f = Long.numberOfTrailingZeros(rest);
            offsets[f] = width - first[f];
            width += factors.get(f).getRowType().getFieldCount();
            boolean last = (rest & rest - 1) == 0;
            if (left == null) {
                left = factors.get(f);
            } else {
                RexNode on = last ? Columns.moved(condition, c -> c + offsets[factorOf(c)]) : rex.makeLiteral(true);
                join = LogicalJoin.create(left, factors.get(f), List.of(), on, Set.of(), JoinRelType.INNER);
                left = join;
            }
        }
        return Objects.requireNonNull(join, "a condition of one factor");
    }

    private void markJoinable(
            int f, int g, List<RexNode> conjuncts, ColumnEqualities equalities, Predicate<RelNode> joinableAtSource) {
        if ((neighbours[f] & 1L << g) == 0
                || sources.get(f).isEmpty()
                || !sources.get(f).equals(sources.get(g))) {
            return;
        }
        long both = 1L << f | 1L << g;
        List<RexNode> between =
                new ArrayList<>(conjuncts.stream().filter(c -> named(c) == both).toList());
        if (between.isEmpty()) {
            classes.stream()
                    .filter(c -> (c.factors() & both) == both)
                    .findFirst()
                    .ifPresent(c -> between.add(equalities.equality(c.columns()[g], c.columns()[f])));
        }
        if (joinableAtSource.test(joined(both, RexUtil.composeConjunction(rex, between)))) {
            joinable[f] |= 1L << g;
            joinable[g] |= 1L << f;
        }
    }

    int size() {
        return factors.size();
    }

    RelNode factor(int f) {
        return factors.get(f);
    }

    Optional<SourceId> source(int f) {
        return sources.get(f);
    }

    List<KeyClass> classes() {
        return classes;
    }

    /** The factors that a condition joins with one of these, without themselves. */
    long neighbours(long set) {
        return around(set, neighbours);
    }

    /** Whether the one source that has both can join them. */
    boolean joinableAtSource(long one, long other) {
        return (around(one, joinable) & other) != 0;
    }

    private static long around(long set, long[] each) {
        long all = 0;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            all |= each[Long.numberOfTrailingZeros(rest)];
        }
        return all & ~set;
    }

    boolean isConnected() {
        long reached = 1;
        for (long next = neighbours(reached); next != 0; next = neighbours(reached)) {
            reached |= next;
        }
        return Long.bitCount(reached) == factors.size();
    }

    /** Expected rows of the join of these factors; at least 1. */
    double rows(long set) {
        return known.computeIfAbsent(set, this::estimate);
    }

    private double estimate(long set) {
        double all = 1;
        for (long rest = set; rest != 0; rest &= rest - 1) {
            all *= rows[Long.numberOfTrailingZeros(rest)];
        }
        for (KeyClass equal : classes) {
            all *= equal.selectivity(set);
        }
        long depending = 0;
        for (Share share : shares) {
            if ((share.factors() & set) != share.factors()) {
                continue;
            }
            // What two factors say of each other must not be said again by way of a third one.
            boolean again = share.dependence() && (depending & share.factors()) == share.factors();
            all *= again ? 1 : share.share();
            depending |= share.dependence() ? share.factors() : 0;
        }
        return Math.max(1, all);
    }

    /** Which columns of these factors are read by conditions on others, or above the run. */
    BitSet needed(long set) {
        BitSet columns = new BitSet();
        for (long rest = set; rest != 0; rest &= rest - 1) {
            int f = Long.numberOfTrailingZeros(rest);
            int end = first[f] + factors.get(f).getRowType().getFieldCount();
            for (int column = first[f]; column < end; column++) {
                boolean outside = uses.getOrDefault(column, List.of()).stream().anyMatch(use -> (use & ~set) != 0);
                columns.set(column, outside || neededAbove.get(column));
            }
        }
        return columns;
    }

    /** Mean bytes of a column's values. */
    double bytes(int column) {
        int f = factorOf(column);
        return RowBytes.of(factors.get(f), column - first[f], mq);
    }

    /** A column's position among those of its factor. */
    int within(int column) {
        return column - first[factorOf(column)];
    }

    RelMetadataQuery metadata() {
        return mq;
    }
}
