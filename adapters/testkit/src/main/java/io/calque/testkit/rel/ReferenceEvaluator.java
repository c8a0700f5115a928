package io.calque.testkit.rel;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.FragmentColumns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.core.Window;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Says what a fragment means, by the plainest means: every operator over lists of rows in memory, nested loops for joins.
 * Values follow {@link io.calque.spi.batch.ColumnVector#get}. Not thread-safe.
 */
public final class ReferenceEvaluator {
    private final Function<TableDescriptor, List<List<@Nullable Object>>> tables;
    private final List<? extends @Nullable Object> parameters;

    /**
     * @param tables the rows of each table, in the order of its columns
     * @param parameters values of the statement's parameters
     */
    public ReferenceEvaluator(
            Function<TableDescriptor, List<List<@Nullable Object>>> tables,
            List<? extends @Nullable Object> parameters) {
        this.tables = tables;
        this.parameters = parameters;
    }

    /**
     * @throws io.calque.spi.QueryException where SQL says that the fragment fails: an overflow, a division by zero
     */
    public List<List<@Nullable Object>> rows(RelNode node) {
        if (node instanceof TableScan scan) {
            return tables.apply(FragmentColumns.table(scan));
        }
        if (node instanceof Filter filter) {
            return rows(filter.getInput()).stream()
                    .filter(row -> Boolean.TRUE.equals(value(filter.getCondition(), row)))
                    .toList();
        }
        if (node instanceof Project project) {
            return rows(project.getInput()).stream()
                    .map(row -> projected(project, row))
                    .toList();
        }
        if (node instanceof Sort sort) {
            return sorted(sort);
        }
        if (node instanceof Aggregate aggregate) {
            return grouped(aggregate);
        }
        if (node instanceof Join join) {
            return joined(join);
        }
        if (node instanceof SetOp set) {
            return combined(set);
        }
        if (node instanceof Window window) {
            return new ReferenceWindows(window, rows(window.getInput())).rows();
        }
        throw new IllegalArgumentException("the reference does not know " + node.getRelTypeName());
    }

    private @Nullable Object value(RexNode expression, List<@Nullable Object> row) {
        return new ReferenceExpressions(row, parameters).value(expression);
    }

    private List<@Nullable Object> projected(Project project, List<@Nullable Object> row) {
        List<@Nullable Object> values = new ArrayList<>();
        project.getProjects().forEach(e -> values.add(value(e, row)));
        return values;
    }

    private List<List<@Nullable Object>> sorted(Sort sort) {
        List<List<@Nullable Object>> rows = new ArrayList<>(rows(sort.getInput()));
        rows.sort(ValueOrder.rows(sort.getCollation().getFieldCollations()));
        long offset = sort.offset == null ? 0 : bound(sort.offset);
        long fetch = sort.fetch == null ? Long.MAX_VALUE : bound(sort.fetch);
        return rows.stream().skip(offset).limit(fetch).toList();
    }

    private long bound(RexNode bound) {
        Object value = value(bound, List.of());
        if (!(value instanceof Number number)) {
            throw new IllegalArgumentException("a bound without a value: " + bound);
        }
        return number.longValue();
    }

    private List<List<@Nullable Object>> grouped(Aggregate aggregate) {
        List<List<@Nullable Object>> result = new ArrayList<>();
        List<List<@Nullable Object>> input = rows(aggregate.getInput());
        aggregate.getGroupSets().forEach(set -> {
            Map<List<@Nullable Object>, List<List<@Nullable Object>>> groups = new LinkedHashMap<>();
            if (set.isEmpty()) {
                groups.put(List.of(), new ArrayList<>());
            }
            input.forEach(row -> groups.computeIfAbsent(identities(row, set), k -> new ArrayList<>())
                    .add(row));
            groups.values().forEach(group -> {
                List<@Nullable Object> row = new ArrayList<>();
                aggregate
                        .getGroupSet()
                        .forEach(key -> row.add(set.get(key) ? group.get(0).get(key) : null));
                aggregate
                        .getAggCallList()
                        .forEach(call -> row.add(
                                call.getAggregation().getKind() == SqlKind.GROUPING
                                        ? grouping(call, set)
                                        : ReferenceAggregates.value(call, group)));
                result.add(row);
            });
        });
        return result;
    }

    /** One bit for each argument, set where the row is a total over it. */
    private static Long grouping(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return bits;
    }

    private static List<@Nullable Object> identities(List<@Nullable Object> row, Iterable<Integer> columns) {
        List<@Nullable Object> key = new ArrayList<>();
        columns.forEach(column -> key.add(ValueOrder.identity(row.get(column))));
        return key;
    }

    private static List<@Nullable Object> identities(List<@Nullable Object> row) {
        List<@Nullable Object> key = new ArrayList<>();
        row.forEach(value -> key.add(ValueOrder.identity(value)));
        return key;
    }

    private List<List<@Nullable Object>> joined(Join join) {
        List<List<@Nullable Object>> lefts = rows(join.getLeft());
        List<List<@Nullable Object>> rights = rows(join.getRight());
        JoinRelType kind = join.getJoinType();
        int leftWidth = join.getLeft().getRowType().getFieldCount();
        int rightWidth = join.getRight().getRowType().getFieldCount();
        List<List<@Nullable Object>> result = new ArrayList<>();
        Set<Integer> matchedRights = new HashSet<>();
        for (List<@Nullable Object> left : lefts) {
            boolean matched = false;
            for (int i = 0; i < rights.size(); i++) {
                List<@Nullable Object> pair = concatenated(left, rights.get(i));
                if (Boolean.TRUE.equals(value(join.getCondition(), pair))) {
                    matched = true;
                    matchedRights.add(i);
                    if (kind.projectsRight()) {
                        result.add(pair);
                    }
                }
            }
            if (kind == JoinRelType.SEMI && matched || kind == JoinRelType.ANTI && !matched) {
                result.add(left);
            } else if (!matched && kind.generatesNullsOnRight()) {
                result.add(concatenated(left, nulls(rightWidth)));
            }
        }
        if (kind.generatesNullsOnLeft()) {
            for (int i = 0; i < rights.size(); i++) {
                if (!matchedRights.contains(i)) {
                    result.add(concatenated(nulls(leftWidth), rights.get(i)));
                }
            }
        }
        return result;
    }

    private static List<@Nullable Object> concatenated(List<@Nullable Object> left, List<@Nullable Object> right) {
        List<@Nullable Object> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    private static List<@Nullable Object> nulls(int width) {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            row.add(null);
        }
        return row;
    }

    private List<List<@Nullable Object>> combined(SetOp set) {
        List<List<@Nullable Object>> result = new ArrayList<>(rows(set.getInput(0)));
        for (RelNode input : set.getInputs().subList(1, set.getInputs().size())) {
            List<List<@Nullable Object>> other = rows(input);
            if (!set.all) {
                // Without ALL a row counts once, however often it stands on either side.
                result = distinct(result);
                other = distinct(other);
            }
            if (set instanceof Union) {
                result.addAll(other);
            } else if (set instanceof Intersect) {
                result = kept(result, other, true);
            } else if (set instanceof Minus) {
                result = kept(result, other, false);
            }
        }
        return set.all ? result : distinct(result);
    }

    /** Rows of {@code rows} that have, or have not, a partner in {@code other}; each partner serves once. */
    private static List<List<@Nullable Object>> kept(
            List<List<@Nullable Object>> rows, List<List<@Nullable Object>> other, boolean partnered) {
        Map<List<@Nullable Object>, Integer> partners = new HashMap<>();
        other.forEach(row -> partners.merge(identities(row), 1, Integer::sum));
        List<List<@Nullable Object>> result = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = identities(row);
            boolean found = partners.getOrDefault(key, 0) > 0;
            if (found) {
                partners.merge(key, -1, Integer::sum);
            }
            if (found == partnered) {
                result.add(row);
            }
        }
        return result;
    }

    private static List<List<@Nullable Object>> distinct(List<List<@Nullable Object>> rows) {
        Map<List<@Nullable Object>, List<@Nullable Object>> first = new LinkedHashMap<>();
        rows.forEach(row -> first.putIfAbsent(identities(row), row));
        return new ArrayList<>(first.values());
    }
}
