package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Mention.Aggregation;
import io.calque.nl2plan.draft.Mention.Compare;
import io.calque.nl2plan.draft.Mention.During;
import io.calque.nl2plan.draft.Mention.Every;
import io.calque.nl2plan.draft.Mention.Like;
import io.calque.nl2plan.draft.Mention.Linked;
import io.calque.nl2plan.draft.Mention.Mark;
import io.calque.nl2plan.draft.Mention.Marker;
import io.calque.nl2plan.draft.Mention.Quoted;
import io.calque.nl2plan.draft.Mention.Rank;
import io.calque.nl2plan.draft.Mention.RankKind;
import io.calque.nl2plan.draft.Mention.Unknown;
import io.calque.nl2plan.draft.Request.Attribute;
import io.calque.nl2plan.draft.Request.Bucket;
import io.calque.nl2plan.draft.Request.ColumnRef;
import io.calque.nl2plan.draft.Request.Distinctness;
import io.calque.nl2plan.draft.Request.Having;
import io.calque.nl2plan.draft.Request.Item;
import io.calque.nl2plan.draft.Request.Measure;
import io.calque.nl2plan.draft.Request.Order;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Reads mentions, left to right, into a request. What a name contributes depends on the role of the phrase it stands in: shown, ranked by,
 * grouped by, ordered by, or a condition. Used for one question.
 */
final class RequestReader {
    private enum Role {
        SHOWN,
        RANKED,
        GROUPED,
        ORDERED,
        CONDITION
    }

    private final List<Mention> mentions;
    private final Context context;
    private final Conditions conditions;
    private final Request request = new Request();
    private final List<String> unexplained = new ArrayList<>();
    private final List<RequestCompletion.Extreme> extremes = new ArrayList<>();
    private final List<RequestCompletion.Timed> times = new ArrayList<>();
    private final List<Every> units = new ArrayList<>();
    private final List<TableDescriptor> grouped = new ArrayList<>();
    private final List<TableDescriptor> shownTables = new ArrayList<>();
    private int at;
    private Role role = Role.SHOWN;
    private boolean returning;
    private boolean negated;
    private boolean askedWhen;
    /** "have a company": what is named next is there, unless more is said of it. */
    private boolean presence;

    private Optional<Rank> pendingTop = Optional.empty();
    private Optional<Direction> pendingDirection = Optional.empty();
    private Optional<Measure> lastMeasure = Optional.empty();
    private Optional<ColumnRef> lastColumn = Optional.empty();
    private Optional<TableDescriptor> lastTable = Optional.empty();

    RequestReader(List<Mention> mentions, Context context) {
        this.mentions = mentions;
        this.context = context;
        this.conditions = new Conditions(context, request);
    }

    /** Words that nothing explained. */
    List<String> unexplained() {
        return unexplained;
    }

    Request read() {
        while (at < mentions.size()) {
            int before = at;
            step(mentions.get(at));
            if (at == before) {
                at++;
            }
        }
        new RequestCompletion(request, context, shownTables, grouped).complete(extremes, times, units);
        return request;
    }

    /** Whether something else than the superlative was asked for before it. */
    private boolean asked() {
        return grouped.isEmpty()
                && (request.subject.isPresent() || request.outputs.stream().anyMatch(o -> o instanceof Attribute));
    }

    private void step(Mention mention) {
        if (mention instanceof Marker marker) {
            marker(marker);
        } else if (mention instanceof Rank rank) {
            rank(rank);
        } else if (mention instanceof Compare compare) {
            compare(compare.comparison());
        } else if (mention instanceof During during) {
            during(during);
        } else if (mention instanceof Every every) {
            units.add(every);
        } else if (mention instanceof Like like) {
            like(like);
        } else if (mention instanceof Quoted quoted) {
            quoted(quoted);
        } else if (mention instanceof Unknown unknown) {
            unknown(unknown);
        } else if (mention instanceof Mention.Number number) {
            number(number);
        } else {
            named();
        }
    }

    /** A time is said of the nearest word before it that a date is named after. */
    private void during(During during) {
        List<String> before = new ArrayList<>();
        for (int i = at - 1; i >= 0; i--) {
            Mention mention = mentions.get(i);
            if (mention instanceof Marker marker && marker.mark() == Mark.STOP) {
                break;
            }
            if (mention instanceof Unknown || mention instanceof Linked) {
                String[] words = mention.text().split("[ _]");
                for (int w = words.length - 1; w >= 0; w--) {
                    before.add(Stems.of(words[w]));
                }
            }
        }
        times.add(new RequestCompletion.Timed(during, before));
        boolean each = at > 0 && mentions.get(at - 1) instanceof Marker per && per.mark() == Mark.PER;
        if (each) {
            // "in each of the last 8 weeks"
            String last = during.text().substring(during.text().lastIndexOf(' ') + 1);
            PeriodReader.unit(last).ifPresent(unit -> units.add(new Every(unit, last)));
        }
    }

    /** "'M5' in its number": text within a column that is named after it. */
    private boolean within(Quoted quoted) {
        boolean in = at + 2 < mentions.size()
                && mentions.get(at + 1) instanceof Marker marker
                && marker.text().equals("in")
                && mentions.get(at + 2) instanceof Linked;
        Optional<Link> column = in
                ? context.pick(
                        (Linked) mentions.get(at + 2),
                        l -> l instanceof Link.ToColumn c && Context.text(c.column()) && l.score() > 0.6)
                : Optional.empty();
        if (column.isEmpty()) {
            return false;
        }
        Link.ToColumn to = (Link.ToColumn) column.get();
        if (at > 0 && mentions.get(at - 1) instanceof Marker or && or.mark() == Mark.OR) {
            unexplained.add("or");
        }
        conditions.like(
                new ColumnRef(to.table(), to.column()),
                Mention.LikeKind.CONTAINS,
                quoted.text(),
                negation(),
                Conditions.Choice.AND);
        at += 3;
        return true;
    }

    /** A name in capitals is a value only where a column or a condition waits for one. */
    private void quoted(Quoted quoted) {
        boolean expected = quoted.source() == Quoted.Source.QUOTES
                || role == Role.CONDITION
                || lastColumn.filter(c -> Context.text(c.column())).isPresent() && !returning;
        if (within(quoted)) {
            return;
        }
        if (!expected) {
            unexplained.add(quoted.text());
            return;
        }
        conditions.text(quoted.text(), lastColumn, lastTable, negation());
    }

    private boolean negation() {
        boolean was = negated;
        negated = false;
        return was;
    }

    private void marker(Marker marker) {
        switch (marker.mark()) {
            case STOP -> {
                role = Role.SHOWN;
                returning = false;
                negated = false;
                lastMeasure = Optional.empty();
            }
            case RETURN -> {
                role = Role.SHOWN;
                // a second sentence that lists what to show; what came before was only the subject
                returning = at > 0
                        && mentions.get(at - 1) instanceof Marker stop
                        && (stop.mark() == Mark.STOP || stop.mark() == Mark.COMMA || stop.mark() == Mark.AND);
                if (returning) {
                    shownTables.clear();
                }
            }
            case BY -> role = pendingTop.isPresent() ? Role.RANKED : role == Role.ORDERED ? Role.ORDERED : grouping();
            case PER -> role = Role.GROUPED;
            case ORDER -> role = Role.ORDERED;
            case ASCENDING -> direction(Direction.ASC);
            case DESCENDING -> direction(Direction.DESC);
            case NOT -> negated = true;
            case RELATIVE, PREPOSITION, WITH -> {
                if (!(returning && marker.mark() != Mark.RELATIVE && marker.mark() != Mark.PREPOSITION)) {
                    role = Role.CONDITION;
                }
            }
            case WEEKEND -> weekend(true);
            case WEEKDAY -> weekend(false);
            case DISTINCT -> request.distinctness = Distinctness.DISTINCT;
            case ABOVE_AVERAGE -> average(Comparison.GT, marker);
            case BELOW_AVERAGE -> average(Comparison.LT, marker);
            case ALPHABETICAL -> request.alphabetical = true;
            case WHEN -> askedWhen = true;
            case IGNORED -> {
                // "in total" says what a sum is anyway
            }
            case HAVING_A -> {
                role = Role.CONDITION;
                presence = true;
            }
            case SHARE -> share(marker);
            case UNSUPPORTED -> unexplained.add(marker.text());
            case TRUE, FALSE -> conditions.truth(lastColumn, (marker.mark() == Mark.TRUE) != negation());
            case COUNT -> measure();
            case AND, OR, COMMA, WHICH -> {
                // they end nothing: the role goes on through a list
            }
        }
    }

    /** "percentage of tracks that are Rock": what is said after is no condition but what is counted. */
    private void share(Marker marker) {
        at++;
        Optional<Link> table = at < mentions.size() && mentions.get(at) instanceof Linked linked
                ? context.pick(linked, l -> true).filter(l -> l instanceof Link.ToTable)
                : Optional.empty();
        if (table.isEmpty() || request.shareFrom.isPresent()) {
            unexplained.add(marker.text());
            return;
        }
        at++;
        role = Role.CONDITION;
        lastTable = Optional.of(table.get().table());
        request.shareFrom = OptionalInt.of(request.conditions.size());
        show(new Measure(AggregateFunction.AVG, table.get().table(), Optional.empty(), Distinctness.AS_IS));
    }

    private void weekend(boolean weekend) {
        if (at > 0 && mentions.get(at - 1) instanceof Marker and && and.mark() == Mark.AND) {
            // "in total and on weekends" asks for two figures
            unexplained.add("and " + mentions.get(at).text());
            return;
        }
        conditions.weekend(request, lastTable, weekend);
    }

    /** "priced above average": the average of all rows of the column's table. */
    private void average(Comparison comparison, Marker marker) {
        at++;
        Optional<ColumnRef> column = lastColumn.filter(c -> c.column().type().isNumeric());
        if (column.isEmpty() && at < mentions.size() && mentions.get(at) instanceof Linked next) {
            column = context.pick(next, Context::numeric)
                    .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
            at = column.isPresent() ? at + 1 : at;
        }
        if (column.isEmpty()) {
            unexplained.add(marker.text());
            return;
        }
        request.outputs.remove(new Attribute(column.get()));
        conditions.average(column.get(), comparison);
    }

    /** "by users who joined" tells whose, "by user" groups. */
    private Role grouping() {
        boolean adjective = at + 2 < mentions.size()
                && mentions.get(at + 1) instanceof Linked value
                && value.links().get(0) instanceof Link.ToValue
                && mentions.get(at + 2) instanceof Linked;
        if (adjective) {
            return Role.CONDITION;
        }
        boolean plural = at + 1 < mentions.size()
                && mentions.get(at + 1) instanceof Linked linked
                && linked.text().matches(".*[^s]s")
                && context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .isPresent();
        boolean qualified = at + 2 < mentions.size()
                && (mentions.get(at + 2) instanceof Marker next
                                && (next.mark() == Mark.RELATIVE
                                        || next.mark() == Mark.PREPOSITION
                                        || next.mark() == Mark.WITH
                                        || next.mark() == Mark.WHICH)
                        || mentions.get(at + 2) instanceof Linked value
                                && value.links().get(0) instanceof Link.ToValue);
        return plural && qualified ? Role.CONDITION : Role.GROUPED;
    }

    private void direction(Direction direction) {
        boolean before = at > 0 && mentions.get(at - 1) instanceof Marker marker && marker.mark() == Mark.ORDER;
        if (before) {
            // "ordered from highest to lowest price": the item is still to come, or was the only measure
            pendingDirection = Optional.of(direction);
            boolean last = at + 1 >= mentions.size()
                    || mentions.get(at + 1) instanceof Marker stop && stop.mark() == Mark.STOP;
            if (last) {
                request.outputs.stream()
                        .filter(o -> o instanceof Measure)
                        .findFirst()
                        .ifPresent(this::order);
            }
            return;
        }
        if (!request.orders.isEmpty()) {
            int last = request.orders.size() - 1;
            request.orders.set(last, new Order(request.orders.get(last).item(), direction));
        }
    }

    private void rank(Rank rank) {
        at++;
        OptionalLong count = OptionalLong.empty();
        if (at < mentions.size()
                && mentions.get(at) instanceof Mention.Number number
                && number.value().scale() <= 0) {
            count = OptionalLong.of(number.value().longValue());
            at++;
        }
        boolean limitsSubject = rank.kind() == RankKind.TOP || count.isPresent();
        if (count.isEmpty() && rankedByVerb(rank)) {
            return;
        }
        if (count.isPresent()) {
            request.limit = count;
            request.ties = Request.Ties.CUT;
        }
        skipAdjectives();
        Optional<Measure> measure = atMeasure() ? Optional.of(parseMeasure()) : Optional.empty();
        if (measure.isPresent()) {
            rankedBy(measure.get(), rank.direction());
            return;
        }
        Optional<Linked> next =
                at < mentions.size() && mentions.get(at) instanceof Linked l ? Optional.of(l) : Optional.empty();
        if (next.isEmpty()) {
            if (limitsSubject) {
                pendingTop = Optional.of(rank);
            } else {
                unexplained.add(rank.text());
            }
            return;
        }
        Optional<Link> best = context.pick(next.get(), l -> true);
        Optional<Link> value = context.pick(
                next.get(),
                l -> l instanceof Link.ToColumn c
                        && (c.column().type().isNumeric() && !context.isKey(new ColumnRef(c.table(), c.column()))
                                || Context.temporal(c.column())));
        boolean table = best.filter(l -> l instanceof Link.ToTable).isPresent();
        Optional<ColumnRef> measured = table && rank.kind() == RankKind.MOST
                ? context.measured(best.get().table(), rank.text())
                : Optional.empty();
        boolean counts = rank.text().endsWith("most")
                || rank.text().endsWith("fewest")
                || rank.text().endsWith("least");
        if (measured.isPresent() && !counts) {
            first(best.get().table(), measured.get(), rank.direction());
            return;
        }
        boolean countedFirst =
                rank.kind() == RankKind.TIME && count.isPresent() && rank.text().equals("first");
        if (rank.kind() == RankKind.TIME && table && !countedFirst) {
            latest(best.get().table(), rank.direction());
            return;
        }
        if (!limitsSubject
                && table
                && (value.isEmpty() || best.get().score() >= value.get().score())) {
            at++;
            rankedBy(count(best.get().table()), rank.direction());
            return;
        }
        if (value.isPresent()
                && !limitsSubject
                && best.get().score() <= value.get().score() + 0.25) {
            at++;
            Link.ToColumn column = (Link.ToColumn) value.get();
            lastColumn = Optional.of(new ColumnRef(column.table(), column.column()));
            extremes.add(new RequestCompletion.Extreme(lastColumn.get(), rank.direction(), asked()));
            return;
        }
        if (limitsSubject) {
            pendingTop = Optional.of(rank);
            return;
        }
        unexplained.add(rank.text());
    }

    /** "the most sell transactions": a value before a name restricts it. */
    private void skipAdjectives() {
        while (at + 1 < mentions.size()
                && mentions.get(at) instanceof Linked linked
                && mentions.get(at + 1) instanceof Linked
                && context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToValue)
                        .isPresent()) {
            conditions.value((Link.ToValue) context.pickValue(linked, Optional.empty()), negation());
            at++;
        }
    }

    /** "which genres earned most": the verb before is what is summed. */
    private boolean rankedByVerb(Rank rank) {
        boolean verb = rank.kind() == RankKind.MOST
                && at >= 2
                && mentions.get(at - 2) instanceof Linked before
                && context.pick(before, Context::numeric).isPresent()
                && lastColumn.isPresent()
                && request.subject.isPresent()
                && !(at < mentions.size() && mentions.get(at) instanceof Linked);
        if (!verb) {
            return false;
        }
        ColumnRef column = lastColumn.orElseThrow();
        request.outputs.remove(new Attribute(column));
        rankedBy(
                new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                rank.direction());
        return true;
    }

    /** "the longest track" is a track; of each genre, one a genre. */
    private void first(TableDescriptor table, ColumnRef by, Direction direction) {
        request.orders.add(new Order(new Attribute(by), direction));
        if (request.limit.isEmpty()) {
            request.limit = OptionalLong.of(1);
            request.ties = Request.Ties.KEEP;
        }
        request.ranked = Optional.of(table);
    }

    private void latest(TableDescriptor table, Direction direction) {
        Optional<ColumnRef> time = context.time(table);
        if (time.isEmpty()) {
            unexplained.add("when " + table.name().table());
            return;
        }
        if (askedWhen) {
            at++;
            show(new Measure(
                    direction == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN,
                    table,
                    time,
                    Distinctness.AS_IS));
            return;
        }
        request.orders.add(new Order(new Attribute(time.get()), direction));
        if (request.limit.isEmpty()) {
            request.limit = OptionalLong.of(1);
        }
    }

    private void rankedBy(Measure measure, Direction direction) {
        request.orders.add(0, new Order(measure, direction));
        pendingTop = Optional.empty();
        lastMeasure = Optional.of(measure);
        if (request.limit.isEmpty()) {
            request.limit = OptionalLong.of(1);
            request.ties = Request.Ties.KEEP;
        }
    }

    private boolean atMeasure() {
        return at < mentions.size()
                && (mentions.get(at) instanceof Aggregation
                        || mentions.get(at) instanceof Marker marker && marker.mark() == Mark.COUNT);
    }

    private void measure() {
        Measure measure = parseMeasure();
        lastMeasure = Optional.of(measure);
        place(measure);
    }

    private void place(Measure measure) {
        switch (role) {
            case RANKED -> rankedBy(measure, pendingTop.map(Rank::direction).orElse(Direction.DESC));
            case ORDERED -> order(measure);
            case SHOWN, GROUPED -> show(measure);
            case CONDITION -> {
                boolean compared = at < mentions.size() && mentions.get(at) instanceof Compare
                        || at + 1 < mentions.size() && mentions.get(at + 1) instanceof Compare;
                if (!compared) {
                    show(measure);
                }
            }
        }
    }

    private void show(Item item) {
        if (!request.outputs.contains(item)) {
            request.outputs.add(item);
        }
    }

    /** At a count or an aggregate: reads it and the name it is of. */
    private Measure parseMeasure() {
        AggregateFunction function = AggregateFunction.COUNT;
        boolean counted = false;
        boolean distinct = false;
        String words = "";
        for (; at < mentions.size(); at++) {
            Mention mention = mentions.get(at);
            words = words.isEmpty() ? mention.text() : words;
            if (mention instanceof Aggregation aggregation) {
                function = aggregation.function();
            } else if (mention instanceof Marker marker && marker.mark() == Mark.COUNT) {
                counted = true;
            } else if (mention instanceof Marker marker && marker.mark() == Mark.DISTINCT) {
                distinct = true;
            } else if (mention instanceof Every every) {
                units.add(every);
            } else if (mention instanceof Linked linked
                    && context.pick(linked, l -> true)
                            .filter(l -> l instanceof Link.ToValue)
                            .isPresent()
                    && at + 1 < mentions.size()
                    && mentions.get(at + 1) instanceof Linked) {
                conditions.value(
                        (Link.ToValue) context.pick(linked, l -> l instanceof Link.ToValue)
                                .orElseThrow(),
                        negation());
            } else {
                break;
            }
        }
        if (at >= mentions.size() || !(mentions.get(at) instanceof Linked linked)) {
            throw new NotUnderstood("'" + words + "' of what?");
        }
        at++;
        return counted && function == AggregateFunction.COUNT || counted && function == AggregateFunction.SUM
                ? counted(linked, distinct)
                : aggregated(function, linked);
    }

    private Measure counted(Linked linked, boolean distinct) {
        Optional<Link> best = context.pick(linked, l -> !(l instanceof Link.ToValue));
        if (best.isEmpty()) {
            throw new NotUnderstood("'" + linked.text() + "' cannot be counted");
        }
        if (best.get() instanceof Link.ToColumn column) {
            ColumnRef ref = new ColumnRef(column.table(), column.column());
            Optional<Link> table = context.pick(linked, l -> l instanceof Link.ToTable && l.score() >= 0.7);
            if (table.isPresent()) {
                return count(table.get().table());
            }
            if (column.column().type().isNumeric() && !context.isKey(ref)) {
                return new Measure(AggregateFunction.SUM, column.table(), Optional.of(ref), Distinctness.AS_IS);
            }
            return new Measure(AggregateFunction.COUNT, column.table(), Optional.of(ref), Distinctness.DISTINCT);
        }
        lastTable = Optional.of(best.get().table());
        return distinct
                ? new Measure(AggregateFunction.COUNT, best.get().table(), Optional.empty(), Distinctness.DISTINCT)
                : count(best.get().table());
    }

    private static Measure count(TableDescriptor table) {
        return new Measure(AggregateFunction.COUNT, table, Optional.empty(), Distinctness.AS_IS);
    }

    private Measure aggregated(AggregateFunction function, Linked linked) {
        Optional<Link> number = context.pick(
                linked,
                l -> Context.numeric(l) && !context.isKey(new ColumnRef(l.table(), ((Link.ToColumn) l).column())));
        Optional<Link> table = context.pick(linked, l -> l instanceof Link.ToTable);
        boolean tableFits = table.isPresent()
                && (number.isEmpty() || table.get().score() > number.get().score() + 0.15);
        if (number.isPresent() && !tableFits) {
            Link.ToColumn column = (Link.ToColumn) number.get();
            ColumnRef ref = new ColumnRef(column.table(), column.column());
            lastColumn = Optional.of(ref);
            lastTable = Optional.of(ref.table());
            return new Measure(function, column.table(), Optional.of(ref), Distinctness.AS_IS);
        }
        if (tableFits && at < mentions.size() && mentions.get(at) instanceof Linked next) {
            // "total sales amount" where the words are no one name
            Optional<Link> of = context.pick(
                    next,
                    l -> Context.numeric(l)
                            && l.table().name().equals(table.get().table().name())
                            && !context.isKey(new ColumnRef(l.table(), ((Link.ToColumn) l).column())));
            if (of.isPresent()) {
                at++;
                Link.ToColumn column = (Link.ToColumn) of.get();
                return new Measure(
                        function,
                        column.table(),
                        Optional.of(new ColumnRef(column.table(), column.column())),
                        Distinctness.AS_IS);
            }
        }
        if (tableFits && at < mentions.size() && mentions.get(at).text().equalsIgnoreCase("count")) {
            at++;
            return count(table.get().table());
        }
        Optional<ColumnRef> money =
                tableFits && function != AggregateFunction.COUNT && context.isAboutMoney(linked.text())
                        ? context.money(table.get().table())
                        : Optional.empty();
        if (money.isPresent()) {
            request.assumptions.add("'" + linked.text() + "' is measured by " + money.get());
            return new Measure(function, money.get().table(), money, Distinctness.AS_IS);
        }
        if (tableFits && function == AggregateFunction.SUM) {
            request.assumptions.add("'total " + linked.text() + "' counts them");
            return count(table.get().table());
        }
        Optional<Link> date = context.pick(linked, l -> l instanceof Link.ToColumn c && Context.temporal(c.column()));
        if (date.isPresent() && (function == AggregateFunction.MAX || function == AggregateFunction.MIN)) {
            Link.ToColumn column = (Link.ToColumn) date.get();
            return new Measure(
                    function,
                    column.table(),
                    Optional.of(new ColumnRef(column.table(), column.column())),
                    Distinctness.AS_IS);
        }
        throw new NotUnderstood("'" + linked.text() + "' is no number in the data");
    }

    private void compare(Comparison comparison) {
        at++;
        if (at >= mentions.size() || !(mentions.get(at) instanceof Mention.Number number)) {
            unexplained.add(mentions.get(at - 1).text());
            return;
        }
        at++;
        Comparison held = negation() ? Conditions.opposite(comparison) : comparison;
        Optional<Linked> next =
                at < mentions.size() && mentions.get(at) instanceof Linked l ? Optional.of(l) : Optional.empty();
        boolean measureNext = atMeasure() && mentions.get(at) instanceof Aggregation;
        if (measureNext) {
            request.having.add(new Having(parseMeasure(), held, number.value()));
            return;
        }
        Optional<Link> table = next.flatMap(l -> context.pick(l, x -> true)).filter(l -> l instanceof Link.ToTable);
        if (table.isPresent()) {
            at++;
            request.having.add(new Having(count(table.get().table()), held, number.value()));
            return;
        }
        if (lastMeasure.isPresent()
                && lastColumn
                        .filter(c -> !c.equals(lastMeasure.get().column().orElse(null)))
                        .isEmpty()) {
            request.having.add(new Having(lastMeasure.get(), held, number.value()));
            request.outputs.remove(role == Role.CONDITION ? lastMeasure.get() : null);
            return;
        }
        if (lastColumn.filter(c -> c.column().type().isNumeric()).isPresent()) {
            ColumnRef column = lastColumn.get();
            if (isOfSubject(column)) {
                request.outputs.remove(new Attribute(column));
                Measure sum =
                        new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS);
                request.assumptions.add("'" + held.sql() + " " + number.text() + "' is said of the total of " + column);
                request.having.add(new Having(sum, held, number.value()));
                return;
            }
            conditions.number(column, held, number.value());
            return;
        }
        Optional<Link> column = next.flatMap(l -> context.pick(l, Context::numeric));
        if (column.isPresent()) {
            at++;
            Link.ToColumn c = (Link.ToColumn) column.get();
            conditions.number(new ColumnRef(c.table(), c.column()), held, number.value());
            return;
        }
        unexplained.add(number.text());
    }

    /** "customers who spent over 40": a column of rows that the subject has many of, which are not named themselves. */
    private boolean isOfSubject(ColumnRef column) {
        return request.subject
                        .filter(s -> !s.name().equals(column.table().name()))
                        .isPresent()
                && lastTable.filter(t -> t.name().equals(column.table().name())).isEmpty()
                && context.refers(column.table(), request.subject.get());
    }

    private void number(Mention.Number number) {
        boolean beforeName = at + 1 < mentions.size()
                && (mentions.get(at + 1) instanceof Linked
                        || mentions.get(at + 1) instanceof Rank
                        || mentions.get(at + 1) instanceof Marker m && m.mark() == Mark.DISTINCT);
        if (lastColumn.filter(c -> c.column().type().isNumeric()).isPresent()
                && role == Role.CONDITION
                && !beforeName) {
            conditions.number(lastColumn.get(), negation() ? Comparison.NE : Comparison.EQ, number.value());
            return;
        }
        if (beforeName && role == Role.SHOWN && number.value().scale() <= 0) {
            request.limit = OptionalLong.of(number.value().longValue());
            return;
        }
        unexplained.add(number.text());
    }

    private void like(Like like) {
        at++;
        Optional<ColumnRef> column = lastColumn.filter(c -> Context.text(c.column()));
        boolean text = at < mentions.size()
                && (mentions.get(at) instanceof Quoted
                        || mentions.get(at) instanceof Unknown
                        || mentions.get(at) instanceof Linked value
                                && value.links().get(0) instanceof Link.ToValue);
        if (like.kind() == Mention.LikeKind.CONTAINS && (!text || column.isEmpty())) {
            // "playlists that contain more than 20 tracks"
            role = Role.CONDITION;
            return;
        }
        if (at >= mentions.size() || column.isEmpty()) {
            unexplained.add(like.text());
            return;
        }
        boolean either = at >= 2 && mentions.get(at - 2) instanceof Marker marker && marker.mark() == Mark.OR;
        conditions.like(
                column.get(),
                like.kind(),
                mentions.get(at).text(),
                negation(),
                either ? Conditions.Choice.OR : Conditions.Choice.AND);
        at++;
    }

    private void unknown(Unknown unknown) {
        if (!context.explains(unknown.text())) {
            unexplained.add(unknown.text());
        }
    }

    private void named() {
        if (mentions.get(at) instanceof Aggregation) {
            measure();
            return;
        }
        if (!(mentions.get(at) instanceof Linked linked)) {
            return;
        }
        at++;
        Optional<TableDescriptor> focus =
                role == Role.SHOWN ? grouped.stream().findFirst().or(() -> request.subject) : Optional.empty();
        Link link = context.pick(linked, focus);
        if (link instanceof Link.ToValue) {
            Link.ToValue value = (Link.ToValue) context.pickValue(linked, lastColumn);
            boolean adjective = at < mentions.size()
                    && mentions.get(at) instanceof Linked noun
                    && context.pick(noun, l -> true)
                            .filter(l -> l instanceof Link.ToTable)
                            .isPresent();
            // "no Rock tracks" denies the tracks, not the Rock
            conditions.value(value, !adjective && negation());
            lastTable = lastTable.or(() -> Optional.of(value.table()));
            return;
        }
        if (link instanceof Link.ToTable table) {
            table(table.table());
            return;
        }
        Link.ToColumn column = (Link.ToColumn) link;
        ColumnRef ref = new ColumnRef(column.table(), column.column());
        List<ColumnRef> label = context.label(ref.table());
        boolean wholeName = label.size() > 1
                && label.contains(ref)
                && role == Role.SHOWN
                && linked.text().matches("(?i)(\\w+ )?names?")
                && !linked.text().matches("(?i)(first|last|sur|given|family|middle).*");
        if (wholeName) {
            label.forEach(part -> show(new Attribute(part)));
            return;
        }
        if (column.score() < 0.9 && context.isKey(ref) && !linked.text().matches("(?i).*\\bids?\\b.*")) {
            // "supports" is no wish to see support_rep_id
            return;
        }
        column(ref);
    }

    private void table(TableDescriptor table) {
        lastTable = Optional.of(table);
        if (negated) {
            negated = false;
            request.absent.add(table);
            return;
        }
        switch (role) {
            case SHOWN -> {
                shownTables.add(table);
                boolean listed = at >= 2
                        && mentions.get(at - 2) instanceof Marker before
                        && (before.mark() == Mark.AND || before.mark() == Mark.COMMA || before.mark() == Mark.RETURN);
                if (request.subject.isEmpty()) {
                    request.subject = Optional.of(table);
                } else if (!returning && !listed) {
                    // "customers placed an order": there is one
                    request.required.add(table);
                }
            }
            case GROUPED -> grouped.add(table);
            case RANKED ->
                rankedBy(count(table), pendingTop.map(Rank::direction).orElse(Direction.DESC));
            case ORDERED -> orderByTable(table);
            case CONDITION -> request.required.add(table);
        }
    }

    /** "from most to least sales" orders by their number. */
    private void orderByTable(TableDescriptor table) {
        Optional<Item> counted = request.outputs.stream()
                .filter(o -> o instanceof Measure m && m.of().name().equals(table.name()))
                .findFirst();
        if (counted.isPresent()) {
            order(counted.get());
            return;
        }
        context.label(table).forEach(c -> order(new Attribute(c)));
    }

    private void order(Item item) {
        request.orders.add(new Order(item, pendingDirection.orElse(Direction.ASC)));
        pendingDirection = Optional.empty();
    }

    private void column(ColumnRef column) {
        lastColumn = Optional.of(column);
        lastMeasure = role == Role.CONDITION ? Optional.empty() : lastMeasure;
        if (column.column().type().kind() == TypeKind.BOOLEAN) {
            boolean said = at < mentions.size()
                    && mentions.get(at) instanceof Marker m
                    && (m.mark() == Mark.TRUE || m.mark() == Mark.FALSE);
            if (!said && role != Role.SHOWN || !said && !returning) {
                conditions.truth(Optional.of(column), !negation());
            }
            return;
        }
        boolean present = presence && role == Role.CONDITION;
        presence = false;
        boolean more = at < mentions.size()
                && (mentions.get(at) instanceof Compare
                        || mentions.get(at) instanceof Like
                        || mentions.get(at) instanceof Quoted
                        || mentions.get(at) instanceof Mention.Number
                        || mentions.get(at) instanceof Marker after
                                && (after.mark() == Mark.ABOVE_AVERAGE || after.mark() == Mark.BELOW_AVERAGE)
                        || mentions.get(at) instanceof Linked);
        if (present && !more && !negated) {
            conditions.present(column);
            return;
        }
        boolean said = at < mentions.size() && mentions.get(at) instanceof During && Context.temporal(column.column());
        if (said) {
            // "hired after 2002": the time is a condition on it
            return;
        }
        if (negated) {
            negated = false;
            conditions.missing(column);
            return;
        }
        switch (role) {
            case SHOWN -> show(new Attribute(column));
            case GROUPED -> {
                if (Context.temporal(column.column()) && !units.isEmpty()) {
                    return;
                }
                show(new Attribute(column));
                request.groups.add(new Attribute(column));
            }
            case RANKED -> rankColumn(column);
            case ORDERED -> order(orderItem(column));
            case CONDITION -> {
                // waits for a value or a comparison
            }
        }
    }

    private void rankColumn(ColumnRef column) {
        Direction direction = pendingTop.map(Rank::direction).orElse(Direction.DESC);
        boolean own = request.subject
                .filter(s -> s.name().equals(column.table().name()))
                .isPresent();
        if (own || !column.column().type().isNumeric()) {
            request.orders.add(new Order(new Attribute(column), direction));
            return;
        }
        rankedBy(
                new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS), direction);
    }

    /** A column that is already shown under an aggregate is ordered by as shown. */
    private Item orderItem(ColumnRef column) {
        return request.outputs.stream()
                .filter(o -> o instanceof Measure m
                                && m.column().filter(column::equals).isPresent()
                        || o instanceof Bucket b && b.column().equals(column))
                .findFirst()
                .orElse(new Attribute(column));
    }
}
