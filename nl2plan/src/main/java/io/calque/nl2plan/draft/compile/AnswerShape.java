package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Formula;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Ranked;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.plan.PlanNode;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.plan.PlanNode.Nulls;
import io.calque.nl2plan.plan.PlanNode.OrderKey;
import io.calque.nl2plan.plan.PlanNode.WindowCall;
import io.calque.nl2plan.plan.PlanNode.WindowFunction;
import io.calque.nl2plan.plan.PlanNodes;
import io.calque.nl2plan.plan.SqlNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is done to rows at the end: series, figures made of others, places, order, limit and the columns asked for. Used once. */
final class AnswerShape {
    private final Request request;
    private final PlanNodes nodes;
    private final OutputNames names;
    /** What is made of figures and already among the columns. */
    private final List<Item> computed = new ArrayList<>();

    AnswerShape(Request request, PlanNodes nodes, OutputNames names) {
        this.request = request;
        this.nodes = nodes;
        this.names = names;
    }

    /** Order, limit, and only the columns asked for. */
    String finished(String input, boolean exact) {
        String rows = input;
        List<OrderKey> keys = request.orders.stream().map(this::key).toList();
        OptionalLong limit = request.limit;
        if (request.running || request.change) {
            rows = series(rows);
        }
        rows = computed(rows);
        if (request.place.isPresent() && !keys.isEmpty()) {
            rows = placed(
                    rows,
                    request.placeOfRows ? WindowFunction.ROW_NUMBER : WindowFunction.DENSE_RANK,
                    keys,
                    "\"place\" = " + request.place.getAsInt());
            limit = OptionalLong.empty();
        } else if (limit.isPresent() && (request.ties == Request.Ties.KEEP || request.ofEachGroup) && !keys.isEmpty()) {
            rows = placed(rows, WindowFunction.RANK, keys, "\"place\" <= " + limit.getAsLong());
            limit = OptionalLong.empty();
        }
        List<PlanNode.Column> columns = new ArrayList<>();
        for (Item output : request.outputs) {
            String name = names.of(output);
            boolean added = output instanceof Measure && request.running;
            columns.add(added ? PlanNode.Column.kept("running_" + name) : PlanNode.Column.kept(name));
            if (output instanceof Measure && request.change) {
                String before = SqlNames.quoted("previous_" + name);
                String change = SqlNames.quoted(name) + " - " + before;
                columns.add(
                        request.growth
                                ? new PlanNode.Column(
                                        "100.0 * (" + change + ") / NULLIF(" + before + ", 0)", "growth_of_" + name)
                                : new PlanNode.Column(change, "change_of_" + name));
            }
        }
        boolean orderShown = request.orders.stream().allMatch(o -> request.outputs.contains(o.item()));
        String unprojected = rows;
        if (orderShown && !exact) {
            rows = nodes.add("answer", id -> new PlanNode.Project(id, unprojected, columns));
        }
        if (!keys.isEmpty() || limit.isPresent()) {
            String unsorted = rows;
            OptionalLong count = limit;
            rows = nodes.add("sorted", id -> new PlanNode.Sort(id, unsorted, keys, count, OptionalLong.empty()));
        }
        if (!orderShown) {
            String sorted = rows;
            rows = nodes.add("answer", id -> new PlanNode.Project(id, sorted, columns));
        }
        return rows;
    }

    /** Figures made of others, beside them; what is made before stays. */
    private String computed(String rows) {
        List<Item> made = new ArrayList<>(request.outputs);
        request.orders.forEach(o -> made.add(o.item()));
        made.removeIf(i -> !Request.isMade(i));
        return made(rows, made.stream().distinct().toList());
    }

    /** Rows with these figures made of those there are. */
    String made(String rows, List<Item> wanted) {
        String all = rows;
        // a rank by a formula has that made first
        List<Item> ranked = wanted.stream()
                .filter(i -> i instanceof Ranked r && Request.isMade(r.by()))
                .map(i -> ((Ranked) i).by())
                .filter(i -> !wanted.contains(i))
                .toList();
        all = step(all, ranked);
        all = step(all, wanted.stream().filter(i -> !(i instanceof Ranked)).toList());
        return step(all, wanted.stream().filter(i -> i instanceof Ranked).toList());
    }

    private String step(String rows, List<Item> wanted) {
        List<Item> made = wanted.stream().filter(i -> !computed.contains(i)).toList();
        if (made.isEmpty()) {
            return rows;
        }
        List<WindowCall> totals = new ArrayList<>();
        List<PlanNode.Column> columns = new ArrayList<>();
        request.keys().forEach(k -> columns.add(PlanNode.Column.kept(names.of(k))));
        request.orders.stream()
                .map(Order::item)
                .filter(i -> !Request.isFigure(i)
                        && !request.keys().contains(i)
                        && request.measures().isEmpty())
                .forEach(k -> columns.add(PlanNode.Column.kept(names.of(k))));
        request.measures().forEach(m -> columns.add(PlanNode.Column.kept(names.of(m))));
        computed.forEach(i -> columns.add(PlanNode.Column.kept(names.of(i))));
        for (Item item : made) {
            if (item instanceof Request.PartOfAll part) {
                String name = SqlNames.quoted(names.of(part.measure()));
                String total = "all_" + names.of(part.measure());
                totals.add(ofAll(WindowFunction.SUM, Optional.of(name), List.of(), total));
                columns.add(new PlanNode.Column(
                        "100.0 * " + name + " / NULLIF(" + SqlNames.quoted(total) + ", 0)", names.of(item)));
            } else if (item instanceof Ranked ranked) {
                totals.add(ofAll(
                        WindowFunction.RANK,
                        Optional.empty(),
                        List.of(key(new Order(ranked.by(), ranked.direction()))),
                        names.of(item)));
                columns.add(PlanNode.Column.kept(names.of(item)));
            } else if (item instanceof Formula formula) {
                columns.add(new PlanNode.Column(formula.sql(names::of), names.of(item)));
            } else {
                columns.add(new PlanNode.Column(arithmetic((Request.Computed) item), names.of(item)));
            }
        }
        computed.addAll(made);
        String input = totals.isEmpty() ? rows : nodes.add("of_all", id -> new PlanNode.Window(id, rows, totals));
        return nodes.add("computed", id -> new PlanNode.Project(id, input, columns));
    }

    private static WindowCall ofAll(
            WindowFunction function, Optional<String> argument, List<OrderKey> order, String name) {
        return new WindowCall(function, argument, OptionalLong.empty(), List.of(), order, Optional.empty(), name);
    }

    private String arithmetic(Request.Computed item) {
        String left = SqlNames.quoted(names.of(item.left()));
        String right = SqlNames.quoted(names.of(item.right()));
        return switch (item.how()) {
            case DIFFERENCE -> left + " - " + right;
            case GROWTH -> "100.0 * (" + left + " - " + right + ") / NULLIF(" + right + ", 0)";
            case LOSS -> "100.0 * (" + right + " - " + left + ") / NULLIF(" + right + ", 0)";
            case PERCENT -> "100.0 * " + left + " / NULLIF(" + right + ", 0)";
            case RATIO -> "1.0 * " + left + " / NULLIF(" + right + ", 0)";
        };
    }

    private String placed(String rows, WindowFunction function, List<OrderKey> keys, String wanted) {
        WindowCall place = new WindowCall(
                function, Optional.empty(), OptionalLong.empty(), partition(), keys, Optional.empty(), "place");
        String ranked = nodes.add("ranked", id -> new PlanNode.Window(id, rows, List.of(place)));
        return nodes.add("first", id -> new PlanNode.Filter(id, ranked, wanted));
    }

    /** Measures added up over the periods, or beside those of the period before; groups each have a series of their own. */
    private String series(String rows) {
        List<Item> keys = request.keys();
        List<OrderKey> time = keys.stream()
                .filter(k -> k instanceof Bucket
                        || keys.stream().noneMatch(b -> b instanceof Bucket)
                                && ColumnKinds.temporal(Request.column(k).column()))
                .map(k -> OrderKey.of(SqlNames.quoted(names.of(k)), Direction.ASC))
                .limit(1)
                .toList();
        if (time.isEmpty()) {
            throw new NotUnderstood("no date tells the order in which to add up");
        }
        List<String> groups = keys.stream()
                .map(names::of)
                .filter(n -> !time.get(0).expression().equals(SqlNames.quoted(n)))
                .toList();
        List<WindowCall> calls = new ArrayList<>();
        for (Measure measure : request.measures()) {
            String name = names.of(measure);
            calls.add(new WindowCall(
                    request.running ? WindowFunction.SUM : WindowFunction.LAG,
                    Optional.of(SqlNames.quoted(name)),
                    OptionalLong.empty(),
                    groups,
                    time,
                    Optional.empty(),
                    (request.running ? "running_" : "previous_") + name));
        }
        return nodes.add("series", id -> new PlanNode.Window(id, rows, calls));
    }

    /** Each group has its own first where a superlative is asked of each. */
    private List<String> partition() {
        return request.ofEachGroup ? request.groups.stream().map(names::of).toList() : List.of();
    }

    /** NULLs are high, so that a descending order would begin with them. */
    private OrderKey key(Order order) {
        return new OrderKey(
                SqlNames.quoted(names.of(order.item())),
                order.direction(),
                order.direction() == Direction.DESC ? Nulls.LAST : Nulls.DEFAULT);
    }
}
