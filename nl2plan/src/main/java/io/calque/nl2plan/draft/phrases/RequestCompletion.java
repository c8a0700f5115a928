package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Formula;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What a request leaves unsaid: what is shown of a table, by what rows are grouped and in which order they come. Used for one question. */
final class RequestCompletion {
    /** A superlative over a column; {@code asked}: something else was asked for before it. */
    record Extreme(ColumnRef column, Direction direction, boolean asked) {}

    private final Request request;
    private final Context context;
    private final DatesMeant dates;
    private final List<TableDescriptor> shown;
    private final List<TableDescriptor> grouped;

    RequestCompletion(Request request, Context context, List<TableDescriptor> shown, List<TableDescriptor> grouped) {
        this.request = request;
        this.context = context;
        this.dates = new DatesMeant(request, context);
        this.shown = shown;
        this.grouped = grouped;
    }

    /** "the best customer of each country": what is ranked is neither the group nor a number alone. */
    private void ofEachGroup(boolean ranking, List<Every> units) {
        if (request.ranked.isPresent() && request.measures().isEmpty() && !request.groups.isEmpty()) {
            request.ofEachGroup = true;
        }
        if (!ranking || request.orders.isEmpty() || request.limit.isEmpty() && request.place.isEmpty()) {
            return;
        }
        for (Every unit : units) {
            request.outputs.stream()
                    .filter(o -> o instanceof Request.Bucket b && b.unit() == unit.unit())
                    .forEach(request.groups::add);
        }
        boolean otherShown =
                request.outputs.stream().anyMatch(o -> o instanceof Attribute && !request.groups.contains(o));
        request.ofEachGroup |= !request.groups.isEmpty() && otherShown;
    }

    void complete(List<Extreme> extremes, List<Timed> times, List<Every> units, boolean ranking) {
        extremes.forEach(extreme -> extreme(extreme, units));
        grouped.forEach(this::groupBy);
        rankedRows();
        if (!units.isEmpty()) {
            countRows();
        }
        showSubject(ranking);
        times.forEach(dates::during);
        units.stream().map(Every::unit).distinct().forEach(dates::bucket);
        dropSaidTwice();
        if (request.outputs.isEmpty()) {
            throw new NotUnderstood("it does not say what to show");
        }
        seriesInTime();
        ofEachGroup(ranking, units);
        addHiddenKeys();
        rankMeasuresShown();
        if (request.alphabetical.isPresent() && request.orders.isEmpty()) {
            request.outputs.stream()
                    .filter(o -> o instanceof Attribute)
                    .findFirst()
                    .ifPresent(o -> request.orders.add(new Order(o, request.alphabetical.get())));
        }
    }

    /** What is added up without a period is added up row by row, in the order of time. */
    private void seriesInTime() {
        boolean timed = request.outputs.stream()
                .anyMatch(o -> o instanceof Bucket
                        || o instanceof Attribute a
                                && ColumnKinds.temporal(a.column().column()));
        if (!request.running || timed) {
            return;
        }
        request.measures().stream()
                .findFirst()
                .flatMap(m -> context.times().of(m.of()))
                .ifPresent(time -> {
                    request.outputs.add(0, new Attribute(time));
                    request.orders.add(new Order(new Attribute(time), Direction.ASC));
                });
    }

    /** "books by German authors": that there is an author follows from his being German. */
    private void dropSaidTwice() {
        request.subject.ifPresent(s -> request.required.removeIf(t -> t.name().equals(s.name())));
        List<TableDescriptor> once = request.required.stream().distinct().toList();
        request.required.clear();
        once.stream()
                .filter(t -> request.conditions.stream()
                        .flatMap(c -> Stream.concat(Stream.of(c), c.or().stream()))
                        .noneMatch(c -> c.table().name().equals(t.name())))
                .filter(t ->
                        request.measures().stream().noneMatch(m -> m.of().name().equals(t.name())))
                .filter(t -> request.outputs.stream()
                        .noneMatch(o -> o instanceof Attribute a
                                && a.column().table().name().equals(t.name())))
                .forEach(request.required::add);
    }

    private void extreme(Extreme extreme, List<Every> units) {
        boolean perGroup = !grouped.isEmpty() || !units.isEmpty() || !request.groups.isEmpty();
        boolean whose = perGroup
                && request.subject
                        .filter(s -> s.name().equals(extreme.column().table().name()))
                        .filter(s -> grouped.stream().noneMatch(g -> g.name().equals(s.name())))
                        .isPresent()
                && shown.stream()
                        .anyMatch(t -> t.name().equals(extreme.column().table().name()));
        if (whose) {
            request.ranked = request.subject;
        }
        if (whose || extreme.asked() && !perGroup) {
            request.orders.add(new Order(new Attribute(extreme.column()), extreme.direction()));
            if (request.limit.isEmpty()) {
                request.limit = OptionalLong.of(1);
                request.ties = Request.Ties.KEEP;
            }
            return;
        }
        if (request.place.isPresent() && !perGroup) {
            // "the third highest salary" is a salary
            request.outputs.add(new Attribute(extreme.column()));
            request.orders.add(new Order(new Attribute(extreme.column()), extreme.direction()));
            request.distinctness = Distinctness.DISTINCT;
            return;
        }
        AggregateFunction function =
                extreme.direction() == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN;
        request.outputs.add(
                new Measure(function, extreme.column().table(), Optional.of(extreme.column()), Distinctness.AS_IS));
    }

    private void groupBy(TableDescriptor table) {
        boolean said = request.outputs.stream()
                .anyMatch(o ->
                        o instanceof Attribute a && a.column().table().name().equals(table.name()));
        if (!said) {
            int at = 0;
            for (ColumnRef column : context.rows().label(table)) {
                request.outputs.add(at++, new Attribute(column));
                request.groups.add(new Attribute(column));
            }
        }
        request.hiddenKeys.addAll(context.rows().key(table));
    }

    /** "the two members with the most points of each city": rows ranked by their own column, where a column groups. */
    private void rankedRows() {
        boolean ownRank = request.orders.stream()
                .findFirst()
                .filter(o -> o.item() instanceof Attribute a
                        && request.subject
                                .filter(s -> s.name().equals(a.column().table().name()))
                                .isPresent())
                .isPresent();
        if (ownRank
                && request.ranked.isEmpty()
                && request.limit.isPresent()
                && !request.groups.isEmpty()
                && request.measures().isEmpty()) {
            request.ranked = request.subject;
        }
    }

    /** "orders by month": how many there are in each; added up, money rather than rows where the rows are about money. */
    private void countRows() {
        boolean rows = request.outputs.isEmpty()
                && grouped.isEmpty()
                && request.orders.isEmpty()
                && request.ranked.isEmpty()
                && request.having.isEmpty()
                && request.limit.isEmpty();
        if (!rows || request.subject.isEmpty()) {
            return;
        }
        TableDescriptor table = request.subject.get();
        Optional<ColumnRef> money = (request.running || request.change)
                        && context.amounts().isAboutMoney(table.name().table())
                ? context.amounts().money(table)
                : Optional.empty();
        request.outputs.add(
                money.isPresent()
                        ? new Measure(AggregateFunction.SUM, table, money, Request.Distinctness.AS_IS)
                        : Reading.count(table));
    }

    /** A table that was asked for is shown by what names its rows. */
    private void showSubject(boolean ranking) {
        if (request.ranked.isPresent() && !request.groups.isEmpty()) {
            showRanked(request.ranked.get());
            return;
        }
        boolean ranksOther = ranking
                && !request.groups.isEmpty()
                && request.subject
                        .filter(s -> grouped.stream().noneMatch(g -> g.name().equals(s.name())))
                        .isPresent()
                && request.orders.stream().anyMatch(o -> o.item() instanceof Measure);
        if (ranksOther) {
            context.rows().label(request.subject.get()).stream()
                    .map(Attribute::new)
                    .filter(a -> !request.outputs.contains(a))
                    .forEach(request.outputs::add);
            return;
        }
        boolean attributes = request.outputs.stream().anyMatch(o -> o instanceof Attribute);
        if (attributes || request.subject.isEmpty() || !grouped.isEmpty()) {
            return;
        }
        TableDescriptor subject = request.subject.get();
        boolean measuresShown = !request.outputs.isEmpty();
        boolean ranked =
                request.orders.stream().anyMatch(o -> o.item() instanceof Measure) || !request.having.isEmpty();
        boolean ofItself =
                request.measures().stream().anyMatch(m -> m.of().name().equals(subject.name()));
        if (measuresShown && (!ranked || ofItself && request.having.isEmpty())) {
            return;
        }
        if (measuresShown && ofItself) {
            return;
        }
        int at = 0;
        List<TableDescriptor> tables = shown.isEmpty() ? List.of(subject) : List.of(shown.get(0));
        for (TableDescriptor table : tables) {
            for (ColumnRef column : context.rows().label(table)) {
                request.outputs.add(at++, new Attribute(column));
            }
            if (context.rows().label(table).isEmpty()) {
                table.columns().forEach(c -> request.outputs.add(new Attribute(new ColumnRef(table, c))));
            }
        }
    }

    /** The first of each group: beside the group, what names the row and what it was ranked by. */
    private void showRanked(TableDescriptor table) {
        context.rows().label(table).stream()
                .map(Attribute::new)
                .filter(a -> !request.outputs.contains(a))
                .forEach(request.outputs::add);
        request.orders.stream()
                .map(Order::item)
                .filter(o -> o instanceof Attribute && !request.outputs.contains(o))
                .findFirst()
                .ifPresent(request.outputs::add);
    }

    /** Two customers of one name are two rows. */
    private void addHiddenKeys() {
        if (request.measures().isEmpty()) {
            return;
        }
        Map<TableDescriptor, List<ColumnRef>> labels = new LinkedHashMap<>();
        for (Item output : request.outputs) {
            if (output instanceof Attribute attribute) {
                TableDescriptor table = attribute.column().table();
                labels.computeIfAbsent(table, context.rows()::label);
                // each row of "how many products have this code" would be a group of its own
                boolean counted = request.measures().stream()
                        .allMatch(m -> m.column().isEmpty()
                                && m.value().isEmpty()
                                && m.of().name().equals(table.name()));
                if (!counted && labels.get(table).contains(attribute.column())) {
                    request.hiddenKeys.addAll(context.rows().key(table));
                }
            }
        }
    }

    /** What rows are ranked by is shown too, unless the question lists what to show. */
    private void rankMeasuresShown() {
        boolean aggregates = request.outputs.stream().anyMatch(o -> o instanceof Measure || o instanceof Formula);
        if (!aggregates) {
            request.orders.stream()
                    .map(Order::item)
                    .filter(item -> item instanceof Measure || item instanceof Formula)
                    .findFirst()
                    .ifPresent(request.outputs::add);
        }
        orderByExtremes();
        boolean grouped = !request.measures().isEmpty();
        request.orders.forEach(order -> {
            if (grouped && order.item() instanceof Attribute a && !request.outputs.contains(a)) {
                request.hiddenKeys.add(a.column());
            }
        });
    }

    /** "highest price for each make, ordered by price" is ordered by that highest price. */
    private void orderByExtremes() {
        for (int i = 0; i < request.orders.size(); i++) {
            Order order = request.orders.get(i);
            if (order.item() instanceof Attribute attribute) {
                Optional<Item> measure = request.outputs.stream()
                        .filter(o -> o instanceof Measure m
                                && m.column().filter(attribute.column()::equals).isPresent())
                        .findFirst();
                if (measure.isPresent()) {
                    request.orders.set(i, new Order(measure.get(), order.direction()));
                }
            }
        }
    }
}
