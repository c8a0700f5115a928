package io.calque.planner.bind;

import io.calque.planner.physical.ColumnSpread;
import io.calque.planner.physical.KeyColumn;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.physical.KeyedQueries;
import io.calque.planner.physical.SourceFetch;
import io.calque.planner.pushdown.KeyFilter;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.spi.pushdown.ReadCosts;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinInfo;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;

/**
 * The ways in which one side of a join may restrict a fetch of the other, each with what it wins. Single-threaded.
 *
 * @param ranges whether joins are bound for what lies between their keys, and not for the keys themselves
 */
record KeyChoices(PushdownGate gate, KeyEstimates estimates, boolean ranges) {
    /**
     * A column of one side restricts a fetch of the other, or several columns together do.
     *
     * @param fromRight whether the right side's keys restrict the left one
     * @param sourceColumns of the side that the keys come from
     * @param fetch that they restrict
     */
    record Choice(boolean fromRight, List<Integer> sourceColumns, SourceFetch fetch, KeyUse use, double gain) {
        Choice {
            sourceColumns = List.copyOf(sourceColumns);
        }
    }

    /** A pair of columns that the join compares, of which the target's is a column of a fetch. */
    private record Pair(int sourceColumn, KeyPath.End end) {}

    /**
     * @param keySet the number that the set will have
     */
    List<Choice> of(EnumerableHashJoin join, int keySet) {
        List<Choice> all = new ArrayList<>();
        JoinRelType type = join.getJoinType();
        if (type == JoinRelType.INNER || type == JoinRelType.SEMI || type == JoinRelType.RIGHT) {
            collect(join, true, keySet, all);
        }
        if (type == JoinRelType.INNER
                || type == JoinRelType.LEFT
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI) {
            collect(join, false, keySet, all);
        }
        return all;
    }

    private void collect(EnumerableHashJoin join, boolean fromRight, int keySet, List<Choice> found) {
        JoinInfo keys = join.analyzeCondition();
        RelNode source = fromRight ? join.getRight() : join.getLeft();
        RelNode target = fromRight ? join.getLeft() : join.getRight();
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < keys.leftKeys.size(); i++) {
            int sourceColumn = (fromRight ? keys.rightKeys : keys.leftKeys).get(i);
            int targetColumn = (fromRight ? keys.leftKeys : keys.rightKeys).get(i);
            if (!keys.nullExclusionFlags.get(i)) {
                // IS NOT DISTINCT FROM: the rows whose key is NULL have partners that no set of keys names.
                continue;
            }
            for (KeyPath.End end : KeyPath.ends(target, targetColumn)) {
                pairs.add(new Pair(sourceColumn, end));
                one(source, sourceColumn, fromRight, end, keySet).ifPresent(found::add);
            }
        }
        if (!ranges && gate.keyRanges() != KeyRanges.ALWAYS) {
            together(source, pairs, fromRight, keySet, found);
        }
    }

    /** The choice by one column, where it pays. */
    Optional<Choice> one(RelNode source, int sourceColumn, boolean fromRight, KeyPath.End end, int keySet) {
        SourceFetch fetch = end.fetch();
        Optional<KeyColumn> column = sendable(source, sourceColumn, end);
        if (column.isEmpty() || isFull(fetch)) {
            return Optional.empty();
        }
        double keys = estimates.keys(source, sourceColumn);
        double domain = estimates.domain(end, source, sourceColumn, keys);
        double keptShare = Math.min(1, keys / domain);
        double rows = estimates.rows(fetch);
        int fields = fetch.getRowType().getFieldCount();
        ReadCosts costs = gate.readCosts(fetch.query().source());
        double work = estimates.work(fetch.query().fragment(), costs);
        double before = before(source);
        Optional<ColumnSpread> spread = gate.keyRanges() == KeyRanges.OFF ? Optional.empty() : estimates.spread(end);
        double between = spread.map(known -> estimates.between(source, sourceColumn, known))
                .orElse(1.0);
        boolean narrow = between <= BindCost.MOST_BETWEEN;
        double byRange = narrow ? BindCost.gain(costs, rows, fields, work, between, 0, before) : 0;
        double gain = ranges ? byRange : BindCost.gain(costs, rows, fields, work, keptShare, keys, before);
        if (gain <= 0 && (ranges || !gate.bindsAlways())) {
            return Optional.empty();
        }
        long most = gate.bindsAlways() ? Long.MAX_VALUE : BindCost.mostKeys(costs, rows, fields, work, domain);
        KeyLookup lookup = KeyLookup.of(fetch.query(), end.column(), gate);
        KeyUse use = new KeyUse(
                keySet,
                List.of(column.get()),
                keys,
                most,
                lookup.untriedKeys(),
                lookup.keysAtOnce(),
                rows + work / costs.transfer(1, fields),
                ranges ? between : keptShare,
                gate.keyFiltering(),
                gate.keyRanges(),
                spread);
        return Optional.of(new Choice(fromRight, List.of(sourceColumn), fetch, use, gain));
    }

    /** The choices by all columns of a fetch that the join compares: where their pairs win more than each column by itself, and all of these. */
    private void together(RelNode source, List<Pair> pairs, boolean fromRight, int keySet, List<Choice> found) {
        List<SourceFetch> fetches =
                pairs.stream().map(p -> p.end().fetch()).distinct().toList();
        for (SourceFetch fetch : fetches) {
            List<Pair> own = new ArrayList<>();
            for (Pair pair : pairs) {
                boolean known = own.stream()
                        .anyMatch(p -> p.sourceColumn() == pair.sourceColumn()
                                || p.end().column() == pair.end().column());
                if (pair.end().fetch() == fetch && !known) {
                    own.add(pair);
                }
            }
            if (own.size() > 1) {
                tuple(source, own, fromRight, keySet, found).ifPresent(found::add);
            }
        }
    }

    private Optional<Choice> tuple(
            RelNode source, List<Pair> pairs, boolean fromRight, int keySet, List<Choice> singles) {
        SourceFetch fetch = pairs.get(0).end().fetch();
        List<KeyColumn> columns = new ArrayList<>();
        pairs.forEach(pair -> sendable(source, pair.sourceColumn(), pair.end()).ifPresent(columns::add));
        if (columns.size() < pairs.size() || isFull(fetch)) {
            return Optional.empty();
        }
        List<Integer> sourceColumns = pairs.stream().map(Pair::sourceColumn).toList();
        List<KeyPath.End> ends = pairs.stream().map(Pair::end).toList();
        double keys = estimates.keys(source, sourceColumns);
        double domain = Math.max(keys, estimates.domain(source, sourceColumns, ends));
        double keptShare = Math.min(1, keys / domain);
        double rows = estimates.rows(fetch);
        int fields = fetch.getRowType().getFieldCount();
        ReadCosts costs = gate.readCosts(fetch.query().source());
        double work = estimates.work(fetch.query().fragment(), costs);
        double before = before(source);
        double sent = keys * columns.size();
        double gain = BindCost.gain(costs, rows, fields, work, keptShare, sent, before);
        double apart = apart(singles, fromRight, fetch, rows, work, before);
        if (!gate.bindsAlways() && gain <= apart) {
            return Optional.empty();
        }
        KeyUse use = new KeyUse(
                keySet,
                columns,
                keys,
                gate.bindsAlways()
                        ? Long.MAX_VALUE
                        : Math.max(1, BindCost.mostKeys(costs, rows, fields, work, domain) / columns.size()),
                gate.untriedKeys(fetch.query().source()),
                KeyLookup.MANY_AT_ONCE,
                rows + work / costs.transfer(1, fields),
                keptShare,
                gate.keyFiltering(),
                KeyRanges.OFF,
                Optional.empty());
        boolean taken = KeyFilter.restrict(fetch.query(), columnsOf(use), keySet, KeyForm.KEYS, gate)
                .isPresent();
        double most = gate.bindsAlways() ? Math.max(gain, apart) + 1 : gain;
        return taken ? Optional.of(new Choice(fromRight, sourceColumns, fetch, use, most)) : Optional.empty();
    }

    /** What the columns win that may restrict the fetch, each by a set of its own; zero where none does. */
    private double apart(
            List<Choice> singles, boolean fromRight, SourceFetch fetch, double rows, double work, double before) {
        double kept = 1;
        double keys = 0;
        double largest = 0;
        for (Choice single : singles) {
            if (single.fromRight() == fromRight && single.fetch() == fetch) {
                kept *= single.use().keptShare();
                keys += single.use().expectedKeys();
                largest = Math.max(largest, single.gain());
            }
        }
        int fields = fetch.getRowType().getFieldCount();
        double all = BindCost.gain(gate.readCosts(fetch.query().source()), rows, fields, work, kept, keys, before);
        return Math.max(largest, all);
    }

    static List<Integer> columnsOf(KeyUse use) {
        return use.columns().stream().map(KeyColumn::column).toList();
    }

    private boolean isFull(SourceFetch fetch) {
        return fetch.keyed().uses().size() >= mostSets(fetch);
    }

    /** What finds keys by one index only is sent no second set, beside which it might not. */
    private int mostSets(SourceFetch fetch) {
        boolean anyNumber = gate.untriedKeys(fetch.query().source()) == Integer.MAX_VALUE;
        return anyNumber || gate.bindsAlways() ? KeyedQueries.MOST_SETS : 1;
    }

    /** Microseconds until the rows below have arrived, one fetch after the other. */
    private double before(RelNode node) {
        return node instanceof SourceFetch fetch
                ? gate.readCosts(fetch.query().source())
                        .transfer(estimates.rows(fetch), fetch.getRowType().getFieldCount())
                : node.getInputs().stream().mapToDouble(this::before).sum();
    }

    /** Types whose equality is the same here and in every source, value by value. */
    private static Optional<KeyColumn> sendable(RelNode source, int sourceColumn, KeyPath.End end) {
        RelDataType fetched = end.fetch().getRowType();
        DataType sent = RelTypes.toData(fetched.getFieldList().get(end.column()).getType());
        DataType given = RelTypes.toData(
                source.getRowType().getFieldList().get(sourceColumn).getType());
        boolean alike = switch (sent.kind()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL -> given.isExactNumeric();
            case VARCHAR, DATE -> given.kind() == sent.kind();
            default -> false;
        };
        return alike
                ? Optional.of(
                        new KeyColumn(end.column(), fetched.getFieldNames().get(end.column()), sent))
                : Optional.empty();
    }
}
