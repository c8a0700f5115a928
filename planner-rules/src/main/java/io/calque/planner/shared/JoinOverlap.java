package io.calque.planner.shared;

import io.calque.planner.pushdown.SharedPart;
import io.calque.planner.shared.InnerJoins.Factor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * What two runs of inner joins have in common: the same tables joined by the same equalities. Each run keeps its other factors, conditions and
 * filters, above the common rows.
 *
 * <pre>
 * Join(p.k = a.k)                            Join(c.k = a.k)
 *   Join(p, s, Filter(part))        to         Join(c, Filter(part))
 *   Aggregate(k, MIN(cost)) AS a                 SharedPart(1) AS c
 *     Join(Filter(p, k IS NOT NULL), s)        Aggregate(k, MIN(cost)) AS a
 *                                                Filter(k IS NOT NULL)
 *                                                  SharedPart(1)
 * </pre>
 *
 * <p>One run may hold both: a view joined with itself. Single-threaded, used once.
 */
final class JoinOverlap {
    /** More runs are not compared. */
    private static final int MOST_RUNS = 8;

    private final RelNode plan;
    private final int number;
    private final InnerJoins one;
    private final InnerJoins other;
    private final RexBuilder rex;
    /** Factors of one run, each with the factor of the other that it equals. */
    private final Map<Integer, Integer> matched = new LinkedHashMap<>();

    private JoinOverlap(RelNode plan, int number, InnerJoins one, InnerJoins other) {
        this.plan = plan;
        this.number = number;
        this.one = one;
        this.other = other;
        this.rex = plan.getCluster().getRexBuilder();
    }

    static List<Finding> of(RelNode plan, int number) {
        List<InnerJoins> runs = InnerJoins.in(plan);
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_RUNS, runs.size()); i++) {
            for (int j = i; j < Math.min(MOST_RUNS, runs.size()); j++) {
                Finding finding = new JoinOverlap(plan, number, runs.get(i), runs.get(j)).find();
                if (finding != null) {
                    found.add(finding);
                }
            }
        }
        return found;
    }

    private @Nullable Finding find() {
        Map<Integer, Integer> most = Map.of();
        for (int i = 0; i < one.factors().size(); i++) {
            for (int j = 0; j < other.factors().size(); j++) {
                matched.clear();
                if (fits(i, j)) {
                    matched.put(i, j);
                    grow();
                }
                if (matched.size() > most.size()) {
                    most = new LinkedHashMap<>(matched);
                }
            }
        }
        if (most.size() < 2) {
            return null;
        }
        matched.clear();
        matched.putAll(most);
        return shared();
    }

    private boolean fits(int i, int j) {
        boolean free = !matched.containsKey(i) && !matched.containsValue(j);
        boolean apart = one != other || (i < j && !matched.containsKey(j) && !matched.containsValue(i));
        Factor factor = one.factors().get(i);
        return free && apart && factor.digest().equals(other.factors().get(j).digest()) && Shareable.is(factor.base());
    }

    /** Takes further factors as long as one is joined with those taken by an equality that both runs have. */
    private void grow() {
        for (boolean grown = true; grown; ) {
            grown = false;
            for (int i = 0; i < one.factors().size() && !grown; i++) {
                for (int j = 0; j < other.factors().size() && !grown; j++) {
                    if (fits(i, j)) {
                        matched.put(i, j);
                        grown = isJoined(i);
                        if (!grown) {
                            matched.remove(i);
                        }
                    }
                }
            }
        }
    }

    private boolean isJoined(int factor) {
        return common().stream()
                .filter(c -> c.getKind() == SqlKind.EQUALS)
                .map(one::factorsOf)
                .anyMatch(named -> named.cardinality() > 1 && named.get(factor));
    }

    /** Conditions of the one run, over matched factors only, that the other has too. */
    private List<RexNode> common() {
        ImmutableBitSet taken = ImmutableBitSet.of(matched.keySet());
        Set<String> there = other.conjuncts().stream().map(InnerJoins::text).collect(Collectors.toSet());
        return one.conjuncts().stream()
                .filter(c -> taken.contains(one.factorsOf(c)))
                .filter(c -> there.contains(InnerJoins.text(InnerJoins.moved(c, this::inOther))))
                .filter(Shareable::isStable)
                .toList();
    }

    private int inOther(int column) {
        int factor = one.factorOf(column);
        return column
                - one.factors().get(factor).offset()
                + other.factors().get(matchOf(factor)).offset();
    }

    private Finding shared() {
        List<RexNode> common = common();
        List<Integer> ours = List.copyOf(matched.keySet());
        List<List<RexNode>> filters = new ArrayList<>();
        for (int factor : ours) {
            List<RexNode> own = one.factors().get(factor).own();
            List<RexNode> theirs = other.factors().get(matchOf(factor)).own();
            filters.add(own.stream()
                    .filter(theirs::contains)
                    .filter(Shareable::isStable)
                    .toList());
        }
        SharedPart part = SharedPart.of(number, core(ours, filters, common));
        Reader first =
                new Reader(ours, filters, common.stream().map(InnerJoins::text).collect(Collectors.toSet()));
        Reader second = new Reader(
                ours.stream().map(this::matchOf).toList(),
                filters,
                common.stream()
                        .map(c -> InnerJoins.text(InnerJoins.moved(c, this::inOther)))
                        .collect(Collectors.toSet()));
        Map<RelDigest, RelNode> runs = new HashMap<>();
        if (one == other) {
            runs.put(one.root().getRelDigest(), reading(one, part, List.of(first, second), runs));
            return new Finding(CommonParts.replaced(plan, runs), part);
        }
        // The second may stand below a factor of the first; never the other way, for runs are listed from the root
        // down.
        runs.put(other.root().getRelDigest(), reading(other, part, List.of(second), Map.of()));
        runs.put(one.root().getRelDigest(), reading(one, part, List.of(first), Map.copyOf(runs)));
        return new Finding(CommonParts.replaced(plan, runs), part);
    }

    private int matchOf(int factor) {
        return Objects.requireNonNull(matched.get(factor));
    }

    /**
     * One place where the common rows are read.
     *
     * @param factors of its run that they stand for, in the order of their columns
     * @param filters what of each factor's own conditions they fulfil
     * @param conditions those of the run that they fulfil
     */
    private record Reader(List<Integer> factors, List<List<RexNode>> filters, Set<String> conditions) {}

    /** The common rows: columns are those of the factors, one after the other. */
    private RelNode core(List<Integer> factors, List<List<RexNode>> filters, List<RexNode> conditions) {
        int[] places = new int[one.root().getRowType().getFieldCount()];
        Arrays.fill(places, -1);
        Set<RexNode> open = new HashSet<>(conditions);
        ImmutableBitSet taken = ImmutableBitSet.of();
        RelNode rows = null;
        int width = 0;
        for (int i = 0; i < factors.size(); i++) {
            Factor factor = one.factors().get(factors.get(i));
            RelNode base = filtered(factor.base(), filters.get(i));
            for (int c = 0; c < factor.width(); c++) {
                places[factor.offset() + c] = width + c;
            }
            width += factor.width();
            taken = taken.set(factors.get(i));
            List<RexNode> here = new ArrayList<>();
            for (RexNode condition : conditions) {
                if (taken.contains(one.factorsOf(condition)) && open.remove(condition)) {
                    here.add(InnerJoins.moved(condition, c -> places[c]));
                }
            }
            rows = rows == null ? filtered(base, here) : join(rows, base, here);
        }
        return Objects.requireNonNull(rows);
    }

    private RelNode filtered(RelNode rows, List<RexNode> conditions) {
        return conditions.isEmpty() ? rows : LogicalFilter.create(rows, RexUtil.composeConjunction(rex, conditions));
    }

    private RelNode join(RelNode left, RelNode right, List<RexNode> conditions) {
        return LogicalJoin.create(
                left, right, List.of(), RexUtil.composeConjunction(rex, conditions), Set.of(), JoinRelType.INNER);
    }

    /** The run over the common rows, with the columns that it had. */
    private RelNode reading(
            InnerJoins run, SharedPart part, List<Reader> readers, Map<RelDigest, RelNode> replacedBelow) {
        int[] places = new int[run.root().getRowType().getFieldCount()];
        List<RelNode> inputs = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        Set<Integer> gone = new HashSet<>();
        Set<String> done = new HashSet<>();
        int width = 0;
        for (Reader reader : readers) {
            inputs.add(part);
            done.addAll(reader.conditions());
            for (int i = 0; i < reader.factors().size(); i++) {
                Factor factor = run.factors().get(reader.factors().get(i));
                gone.add(reader.factors().get(i));
                for (int c = 0; c < factor.width(); c++) {
                    places[factor.offset() + c] = width + c;
                }
                int first = width;
                List<RexNode> fulfilled = reader.filters().get(i);
                factor.own().stream()
                        .filter(c -> !fulfilled.contains(c))
                        .forEach(c -> rest.add(InnerJoins.moved(c, column -> first + column)));
                width += factor.width();
            }
        }
        for (int f = 0; f < run.factors().size(); f++) {
            if (!gone.contains(f)) {
                Factor factor = run.factors().get(f);
                inputs.add(CommonParts.replaced(factor.whole(), replacedBelow));
                for (int c = 0; c < factor.width(); c++) {
                    places[factor.offset() + c] = width + c;
                }
                width += factor.width();
            }
        }
        run.conjuncts().stream()
                .filter(c -> !done.contains(InnerJoins.text(c)))
                .forEach(c -> rest.add(InnerJoins.moved(c, column -> places[column])));
        return inOrder(run, joined(inputs, rest), places);
    }

    /** Conditions stand on top: the order of joins, and where each condition goes, is found later. */
    private RelNode joined(List<RelNode> inputs, List<RexNode> conditions) {
        if (inputs.size() == 1) {
            return filtered(inputs.get(0), conditions);
        }
        RelNode rows = inputs.get(0);
        for (int i = 1; i < inputs.size(); i++) {
            rows = join(rows, inputs.get(i), i + 1 == inputs.size() ? conditions : List.of());
        }
        return rows;
    }

    private static RelNode inOrder(InnerJoins run, RelNode rows, int[] places) {
        List<RexInputRef> columns = Arrays.stream(places)
                .mapToObj(place -> RexInputRef.of(place, rows.getRowType()))
                .toList();
        List<String> names = SqlValidatorUtil.uniquify(run.root().getRowType().getFieldNames(), true);
        return LogicalProject.create(rows, List.of(), columns, names, Set.of());
    }
}
