package io.calque.testkit.rel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.sql.SqlAggFunction;
import org.jspecify.annotations.Nullable;

/** What windows mean: every function over every row, frame by frame. Single use. */
final class ReferenceWindows {
    private final Window window;
    private final List<List<@Nullable Object>> input;
    private final List<List<@Nullable Object>> result = new ArrayList<>();

    ReferenceWindows(Window window, List<List<@Nullable Object>> input) {
        this.window = window;
        this.input = input;
    }

    List<List<@Nullable Object>> rows() {
        input.forEach(row -> result.add(new ArrayList<>(row)));
        window.groups.forEach(this::append);
        return result;
    }

    private void append(Window.Group group) {
        Map<List<@Nullable Object>, List<Integer>> partitions = new LinkedHashMap<>();
        for (int i = 0; i < input.size(); i++) {
            List<@Nullable Object> key = new ArrayList<>();
            for (int column : group.keys) {
                key.add(ValueOrder.identity(input.get(i).get(column)));
            }
            partitions.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
        }
        Comparator<List<@Nullable Object>> order = ValueOrder.rows(group.orderKeys.getFieldCollations());
        for (List<Integer> members : partitions.values()) {
            members.sort((a, b) -> order.compare(input.get(a), input.get(b)));
            List<List<@Nullable Object>> sorted =
                    members.stream().map(input::get).toList();
            for (int at = 0; at < sorted.size(); at++) {
                for (Window.RexWinAggCall call : group.aggCalls) {
                    result.get(members.get(at)).add(value(group, call, sorted, at, order));
                }
            }
        }
    }

    private @Nullable Object value(
            Window.Group group,
            Window.RexWinAggCall call,
            List<List<@Nullable Object>> rows,
            int at,
            Comparator<List<@Nullable Object>> order) {
        return switch (call.getKind()) {
            case ROW_NUMBER -> at + 1L;
            case RANK -> firstPeer(rows, at, order) + 1L;
            case DENSE_RANK ->
                1L
                        + IntStream.rangeClosed(1, at)
                                .filter(i -> order.compare(rows.get(i - 1), rows.get(i)) != 0)
                                .count();
            case NTILE -> tile(rows.size(), at, number(call.getOperands().get(0)));
            case LAG -> neighbour(call, rows, at, -1);
            case LEAD -> neighbour(call, rows, at, 1);
            default -> framed(group, call, rows, at, order);
        };
    }

    private static long tile(int size, int at, int tiles) {
        int small = size / tiles;
        int large = size % tiles;
        int inLarge = large * (small + 1);
        return at < inLarge ? at / (small + 1) + 1L : large + (at - inLarge) / small + 1L;
    }

    private @Nullable Object neighbour(
            Window.RexWinAggCall call, List<List<@Nullable Object>> rows, int at, int direction) {
        int distance = call.getOperands().size() > 1 ? number(call.getOperands().get(1)) : 1;
        int other = at + direction * distance;
        boolean exists = other >= 0 && other < rows.size();
        if (!exists && call.getOperands().size() < 3) {
            return null;
        }
        return operand(call.getOperands().get(exists ? 0 : 2), rows.get(exists ? other : at));
    }

    private @Nullable Object framed(
            Window.Group group,
            Window.RexWinAggCall call,
            List<List<@Nullable Object>> rows,
            int at,
            Comparator<List<@Nullable Object>> order) {
        int from = Math.max(0, bound(group, group.lowerBound, rows, at, order, true));
        int to = Math.min(rows.size() - 1, bound(group, group.upperBound, rows, at, order, false));
        List<List<@Nullable Object>> frame = from > to ? List.of() : rows.subList(from, to + 1);
        return switch (call.getKind()) {
            case FIRST_VALUE ->
                frame.isEmpty() ? null : operand(call.getOperands().get(0), frame.get(0));
            case LAST_VALUE ->
                frame.isEmpty() ? null : operand(call.getOperands().get(0), frame.get(frame.size() - 1));
            case NTH_VALUE -> {
                int place = number(call.getOperands().get(1));
                yield place > frame.size() ? null : operand(call.getOperands().get(0), frame.get(place - 1));
            }
            default -> ReferenceAggregates.value(aggregate(call), frame);
        };
    }

    private static AggregateCall aggregate(Window.RexWinAggCall call) {
        List<Integer> arguments = call.getOperands().stream()
                .map(o -> ((RexInputRef) o).getIndex())
                .toList();
        return AggregateCall.create(
                (SqlAggFunction) call.getOperator(),
                call.distinct,
                false,
                call.ignoreNulls,
                List.of(),
                arguments,
                -1,
                null,
                RelCollations.EMPTY,
                call.getType(),
                null);
    }

    private int bound(
            Window.Group group,
            RexWindowBound bound,
            List<List<@Nullable Object>> rows,
            int at,
            Comparator<List<@Nullable Object>> order,
            boolean lower) {
        if (bound.isUnbounded()) {
            return bound.isPreceding() ? 0 : rows.size() - 1;
        }
        if (bound.isCurrentRow()) {
            return group.isRows ? at : lower ? firstPeer(rows, at, order) : lastPeer(rows, at, order);
        }
        RexNode offset = bound.getOffset();
        if (offset == null || !group.isRows) {
            throw new IllegalArgumentException("the reference does not know the frame " + bound);
        }
        return bound.isPreceding() ? at - number(offset) : at + number(offset);
    }

    private static int firstPeer(List<List<@Nullable Object>> rows, int at, Comparator<List<@Nullable Object>> order) {
        int first = at;
        while (first > 0 && order.compare(rows.get(first - 1), rows.get(at)) == 0) {
            first--;
        }
        return first;
    }

    private static int lastPeer(List<List<@Nullable Object>> rows, int at, Comparator<List<@Nullable Object>> order) {
        int last = at;
        while (last + 1 < rows.size() && order.compare(rows.get(last + 1), rows.get(at)) == 0) {
            last++;
        }
        return last;
    }

    /** A literal is referred to as if it were a column behind the last one. */
    private @Nullable Object operand(RexNode operand, List<@Nullable Object> row) {
        int width = window.getInput().getRowType().getFieldCount();
        RexNode node = operand instanceof RexInputRef ref && ref.getIndex() >= width
                ? window.constants.get(ref.getIndex() - width)
                : operand;
        return new ReferenceExpressions(row, List.of()).value(node);
    }

    private int number(RexNode operand) {
        int width = window.getInput().getRowType().getFieldCount();
        RexNode node = operand instanceof RexInputRef ref ? window.constants.get(ref.getIndex() - width) : operand;
        Integer value = ((RexLiteral) node).getValueAs(Integer.class);
        if (value == null) {
            throw new IllegalArgumentException("NULL for a number");
        }
        return value;
    }
}
