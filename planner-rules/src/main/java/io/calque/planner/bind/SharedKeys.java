package io.calque.planner.bind;

import io.calque.planner.lowering.Lowering;
import io.calque.planner.physical.SharedRows;
import io.calque.planner.physical.SourceFetch;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.calcite.adapter.enumerable.EnumerableHashJoin;
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
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/**
 * Finds the keys that all readers of shared rows agree on: where every one of them joins a column with values of one and the same fetch, rows
 * with other values need not be made.
 *
 * <pre>
 * Join(k = p)                                        Join(k = p)
 *   SharedRows(1: Fetch(t: k))                         SharedRows(1: Fetch(t: k, where k is among keys 0))
 *   Join(k = p)                              to        Join(k = p)
 *     Aggregate(k, MIN(x): SharedRows(1))                Aggregate(k, MIN(x): SharedRows(1))
 *     Fetch(part: p)                                     KeySource(keys 0: Fetch(part: p))
 * </pre>
 *
 * <p>Must not take keys of a fetch that stands among the shared rows themselves: they would wait for each other. Single-threaded, used once.
 */
final class SharedKeys {
    /** A column of a fetch, all of whose values the readers know. */
    private record Origin(SourceFetch fetch, int column) {}

    /**
     * Keys that may restrict a part.
     *
     * @param source where they come from; it reads no shared rows and waits for no keys
     * @param sourceColumn of it
     * @param maker what makes the shared rows
     * @param column of the shared rows
     */
    record Option(SourceFetch source, int sourceColumn, RelNode maker, int column) {}

    /** For each reader, what restricts each of its columns. */
    private final Map<SharedRows, Map<Integer, Set<Origin>>> restrictions = new IdentityHashMap<>();

    private final Map<Integer, List<SharedRows>> readers = new TreeMap<>();
    private final Map<Integer, RelNode> makers = new TreeMap<>();

    private SharedKeys() {}

    static List<Option> of(RelNode plan) {
        SharedKeys keys = new SharedKeys();
        keys.readers(plan);
        if (keys.readers.isEmpty()) {
            return List.of();
        }
        keys.joins(plan);
        List<Option> options = new ArrayList<>();
        keys.readers.forEach((part, all) -> keys.agreed(part, all, options));
        return options;
    }

    private void readers(RelNode node) {
        if (node instanceof SharedRows rows) {
            int number = rows.part().number();
            readers.computeIfAbsent(number, n -> new ArrayList<>()).add(rows);
            rows.getInputs().forEach(maker -> makers.put(number, maker));
        }
        node.getInputs().forEach(this::readers);
    }

    /** Joins of the plan itself; what makes shared rows is left out. */
    private void joins(RelNode node) {
        if (node instanceof SharedRows) {
            return;
        }
        if (node instanceof EnumerableHashJoin join) {
            JoinRelType type = join.getJoinType();
            if (type == JoinRelType.INNER || type == JoinRelType.SEMI || type == JoinRelType.RIGHT) {
                restrict(join, true);
            }
            if (type == JoinRelType.INNER
                    || type == JoinRelType.LEFT
                    || type == JoinRelType.SEMI
                    || type == JoinRelType.ANTI) {
                restrict(join, false);
            }
        }
        for (int i = 0; i < node.getInputs().size(); i++) {
            // The right side of a correlation is made anew for every row of the left one.
            if (!(node instanceof Correlate && i == 1)) {
                joins(node.getInput(i));
            }
        }
    }

    private void restrict(EnumerableHashJoin join, boolean fromRight) {
        JoinInfo keys = join.analyzeCondition();
        RelNode source = fromRight ? join.getRight() : join.getLeft();
        RelNode target = fromRight ? join.getLeft() : join.getRight();
        for (int i = 0; i < keys.leftKeys.size(); i++) {
            if (!keys.nullExclusionFlags.get(i)) {
                continue;
            }
            Set<Origin> origins = new LinkedHashSet<>();
            origins(source, (fromRight ? keys.rightKeys : keys.leftKeys).get(i), origins);
            int targetColumn = (fromRight ? keys.leftKeys : keys.rightKeys).get(i);
            for (KeyPath.SharedEnd end : KeyPath.sharedEnds(target, targetColumn)) {
                restrictions
                        .computeIfAbsent(end.rows(), r -> new TreeMap<>())
                        .computeIfAbsent(end.column(), c -> new LinkedHashSet<>())
                        .addAll(origins);
            }
        }
    }

    /** Columns of fetches among whose values all values of a column are; NULL does not count. */
    private static void origins(RelNode node, int column, Set<Origin> found) {
        if (node instanceof SourceFetch fetch) {
            if (fetch.keyed().isEmpty()) {
                found.add(new Origin(fetch, column));
            }
        } else if (node instanceof Filter || node instanceof Sort || node instanceof KeySource) {
            origins(node.getInput(0), column, found);
        } else if (node instanceof Calc calc) {
            RexNode value = calc.getProgram()
                    .expandLocalRef(calc.getProgram().getProjectList().get(column));
            behind(value, calc.getInput(), found);
        } else if (node instanceof Project project) {
            behind(project.getProjects().get(column), project.getInput(), found);
        } else if (node instanceof Aggregate aggregate) {
            if (column < aggregate.getGroupCount()) {
                origins(aggregate.getInput(), aggregate.getGroupSet().nth(column), found);
            }
        } else if (node instanceof Join join && !(node instanceof Correlate)) {
            ofJoin(join, column, found);
        }
    }

    private static void behind(RexNode value, RelNode input, Set<Origin> found) {
        if (Lowering.beforeWidening(value) instanceof RexInputRef ref) {
            origins(input, ref.getIndex(), found);
        }
    }

    private static void ofJoin(Join join, int column, Set<Origin> found) {
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        boolean left = column < leftWidth;
        int own = left ? column : column - leftWidth;
        origins(left ? join.getLeft() : join.getRight(), own, found);
        JoinInfo info = join.analyzeCondition();
        int at = (left ? info.leftKeys : info.rightKeys).indexOf(own);
        boolean meets = join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.SEMI;
        if (at >= 0 && meets) {
            origins(left ? join.getRight() : join.getLeft(), (left ? info.rightKeys : info.leftKeys).get(at), found);
        }
    }

    private void agreed(int part, List<SharedRows> all, List<Option> options) {
        Optional<RelNode> maker = Optional.ofNullable(makers.get(part));
        Map<Integer, Set<Origin>> first = restrictions.getOrDefault(all.get(0), Map.of());
        first.forEach((column, origins) -> {
            Set<Origin> common = new LinkedHashSet<>(origins);
            for (SharedRows reader : all) {
                common.retainAll(restrictions.getOrDefault(reader, Map.of()).getOrDefault(column, Set.of()));
            }
            common.forEach(origin ->
                    maker.ifPresent(rows -> options.add(new Option(origin.fetch(), origin.column(), rows, column))));
        });
    }
}
