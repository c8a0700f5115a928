package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Ranked;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Superlatives and places: "the top five by revenue", "most", "latest". Single-threaded. */
final class RankPhrases {
    private final Reading reading;
    private boolean pendingRank;

    RankPhrases(Reading reading) {
        this.reading = reading;
    }

    /** "second longest": only this place; "third purchase": the third in time. */
    void place(Mention.Place place) {
        reading.at++;
        reading.request.place = OptionalInt.of(place.place());
        if (reading.ahead(0).filter(m -> m instanceof Rank).isPresent()) {
            return;
        }
        Optional<TableDescriptor> table = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToTable)
                .map(Link::table);
        Optional<ColumnRef> time = table.flatMap(reading.context.times()::of);
        if (time.isEmpty()) {
            reading.unexplained.add(place.text());
            return;
        }
        reading.request.placeOfRows = true;
        reading.request.orders.add(new Order(new Attribute(time.get()), Direction.ASC));
    }

    /** "rank of each customer by revenue", "rank the genres by number of tracks": by the one figure shown where none is said. */
    void rankOf() {
        boolean asks = reading.at == 0 || reading.isMark(-1, Mark.STOP);
        reading.at++;
        boolean each = reading.isMark(0, Mark.PER);
        reading.at += each || reading.isMark(0, Mark.PREPOSITION) ? 1 : 0;
        Optional<TableDescriptor> whose = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> true))
                .filter(l -> l instanceof Link.ToTable)
                .map(Link::table);
        Optional<Link> column = each
                ? reading.linked(0)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToColumn)
                : Optional.empty();
        if (column.isPresent()) {
            reading.at++;
            Attribute group =
                    new Attribute(new ColumnRef(column.get().table(), ((Link.ToColumn) column.get()).column()));
            reading.show(group);
            reading.request.groups.add(group);
        }
        if (whose.isPresent()) {
            reading.at++;
            reading.lastTable = whose;
            if (reading.grouped.stream()
                    .noneMatch(g -> g.name().equals(whose.get().name()))) {
                reading.grouped.add(whose.get());
            }
        }
        if (!reading.isMark(0, Mark.BY) && !reading.isMark(0, Mark.ORDER)) {
            pendingRank = true;
            return;
        }
        reading.at++;
        Item by = figure();
        boolean ascending = reading.isMark(0, Mark.ASCENDING);
        reading.at += ascending || reading.isMark(0, Mark.DESCENDING) ? 1 : 0;
        Direction direction = ascending ? Direction.ASC : Direction.DESC;
        if (asks) {
            reading.show(by);
            reading.request.orders.add(new Order(by, direction));
        }
        reading.show(new Ranked(by, direction));
    }

    private Item figure() {
        if (reading.ahead(0).filter(FormulaPhrases::isFormula).isPresent()) {
            return reading.formulas().figure(Optional.empty());
        }
        if (reading.measures().atMeasure()) {
            return reading.measures().parseFigure();
        }
        Link link = reading.linked(0)
                .flatMap(l -> reading.context.pick(l, x -> !(x instanceof Link.ToValue)))
                .orElseThrow(() -> new NotUnderstood("a rank by what?"));
        reading.at++;
        if (link instanceof Link.ToTable) {
            return Reading.count(link.table());
        }
        ColumnRef column = new ColumnRef(link.table(), ((Link.ToColumn) link).column());
        boolean own = reading.grouped.stream()
                        .anyMatch(g -> g.name().equals(link.table().name()))
                || reading.request
                        .subject
                        .filter(s -> s.name().equals(link.table().name()))
                        .isPresent();
        if (own) {
            // rows themselves are ranked: nothing is added up
            reading.grouped.removeIf(g -> g.name().equals(link.table().name()));
            reading.askFor(link.table());
            return new Attribute(column);
        }
        return new Measure(AggregateFunction.SUM, link.table(), Optional.of(column), Distinctness.AS_IS);
    }

    /** A rank of which only that it is one was said. */
    void rankShown() {
        if (!pendingRank) {
            return;
        }
        List<Item> figures =
                reading.request.outputs.stream().filter(Request::isFigure).toList();
        if (figures.size() == 1) {
            reading.show(new Ranked(figures.get(0), Direction.DESC));
        } else {
            reading.unexplained.add("rank");
        }
    }

    void rank(Rank rank) {
        reading.at++;
        reading.ranking = true;
        OptionalLong count = OptionalLong.empty();
        if (reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof Mention.Number number
                && number.value().scale() <= 0) {
            count = OptionalLong.of(number.value().longValue());
            reading.at++;
        }
        boolean limitsSubject = rank.kind() == RankKind.TOP || count.isPresent();
        if (count.isEmpty() && rankedByVerb(rank)) {
            return;
        }
        if (count.isPresent()) {
            reading.request.limit = count;
            reading.request.ties = Request.Ties.CUT;
        }
        skipAdjectives();
        boolean formula = reading.ahead(0).filter(FormulaPhrases::isFormula).isPresent();
        Optional<Item> measure = formula
                ? Optional.of(reading.formulas().figure(Optional.empty()))
                : reading.measures().atMeasure()
                        ? Optional.of(reading.measures().parseFigure())
                        : Optional.empty();
        if (measure.isPresent()) {
            rankedBy(measure.get(), rank.direction());
            return;
        }
        Optional<Linked> next =
                reading.at < reading.mentions.size() && reading.mentions.get(reading.at) instanceof Linked l
                        ? Optional.of(l)
                        : Optional.empty();
        if (rank.kind() == RankKind.TIME
                && reading.askedWhen
                && next.flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable)
                        .isEmpty()) {
            // "when did we last get an order"
            reading.lastTime = Optional.of(rank);
            reading.ranking = false;
            return;
        }
        if (next.isEmpty()) {
            if (limitsSubject) {
                reading.pendingTop = Optional.of(rank);
            } else {
                reading.unexplained.add(rank.text());
            }
            return;
        }
        Optional<Link> best = reading.context.pick(next.get(), l -> true);
        Optional<Link> value = reading.context.pick(
                next.get(),
                l -> l instanceof Link.ToColumn c
                        && (c.column().type().isNumeric()
                                        && !reading.context.rows().isKey(new ColumnRef(c.table(), c.column()))
                                || ColumnKinds.temporal(c.column())));
        boolean table = best.filter(l -> l instanceof Link.ToTable).isPresent();
        Optional<ColumnRef> measured = table && rank.kind() == RankKind.MOST
                ? reading.context.amounts().measured(best.get().table(), rank.text())
                : Optional.empty();
        boolean counts = rank.text().endsWith("number of")
                || rank.text().endsWith("most")
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
            reading.at++;
            rankedBy(Reading.count(best.get().table()), rank.direction());
            return;
        }
        boolean timeOfNumber = rank.kind() == RankKind.TIME
                && value.filter(ColumnKinds::numeric).isPresent();
        if (value.isPresent()
                && !limitsSubject
                && !timeOfNumber
                && best.get().score() <= value.get().score() + 0.25) {
            reading.at++;
            Link.ToColumn column = (Link.ToColumn) value.get();
            reading.lastColumn = Optional.of(new ColumnRef(column.table(), column.column()));
            reading.extremes.add(
                    new RequestCompletion.Extreme(reading.lastColumn.get(), rank.direction(), reading.asked()));
            return;
        }
        if (limitsSubject) {
            reading.pendingTop = Optional.of(rank);
            return;
        }
        reading.unexplained.add(rank.text());
    }

    /** "the most sell transactions": a value before a name restricts it. */
    void skipAdjectives() {
        while (reading.at + 1 < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof Linked linked
                && reading.mentions.get(reading.at + 1) instanceof Linked
                && reading.context
                        .pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToValue)
                        .isPresent()) {
            reading.conditions.value(
                    (Link.ToValue) reading.context.pickValue(linked, Optional.empty()), reading.negation());
            reading.at++;
        }
    }

    /** "which genres earned most": the verb before is what is summed. */
    boolean rankedByVerb(Rank rank) {
        boolean people = rank.kind() == RankKind.MOST
                && reading.askedWho
                && reading.lastColumn
                        .filter(c -> c.column().type().isNumeric()
                                && !reading.context.rows().isKey(c)
                                && WhoAsked.isPeople(c.table(), reading.context))
                        .isPresent()
                && !(reading.ahead(0).orElse(null) instanceof Linked);
        if (people) {
            // "who earns the most": of whom it is the own figure
            ColumnRef own = reading.lastColumn.orElseThrow();
            reading.request.outputs.remove(new Attribute(own));
            reading.askedWho = false;
            reading.request.subject = Optional.of(own.table());
            reading.shownTables.add(own.table());
            first(own.table(), own, rank.direction());
            return true;
        }
        boolean verb = rank.kind() == RankKind.MOST
                && reading.at >= 2
                && reading.mentions.get(reading.at - 2) instanceof Linked before
                && reading.context.pick(before, ColumnKinds::numeric).isPresent()
                && reading.lastColumn.isPresent()
                && (reading.request.subject.isPresent()
                        || reading.request.outputs.stream()
                                .anyMatch(o -> o instanceof Attribute a
                                        && ColumnKinds.text(a.column().column())))
                && !(reading.at < reading.mentions.size() && reading.mentions.get(reading.at) instanceof Linked);
        if (!verb) {
            return false;
        }
        ColumnRef column = reading.lastColumn.orElseThrow();
        reading.request.outputs.remove(new Attribute(column));
        rankedBy(
                new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                rank.direction());
        return true;
    }

    /** "the longest track" is a track; of each genre, one a genre. */
    void first(TableDescriptor table, ColumnRef by, Direction direction) {
        reading.request.orders.add(new Order(new Attribute(by), direction));
        if (reading.request.limit.isEmpty()) {
            reading.request.limit = OptionalLong.of(1);
            reading.request.ties = Request.Ties.KEEP;
        }
        reading.request.ranked = Optional.of(table);
    }

    void latest(TableDescriptor table, Direction direction) {
        if (reading.request.ranked.isPresent() && !reading.askedWhen) {
            // "the first and the last order" are two
            reading.unexplained.add("another " + table.name().table());
            return;
        }
        boolean ofOther = reading.request
                .subject
                .filter(s -> !s.name().equals(table.name()))
                .isPresent();
        if (ofOther && !reading.askedWhen) {
            // "the songs on the latest invoice" are not one row
            reading.unexplained.add("latest " + table.name().table());
            return;
        }
        String said = reading.ahead(-1).map(Mention::text).orElse("");
        Optional<ColumnRef> born =
                said.equals("oldest") ? reading.context.amounts().measured(table, "old") : Optional.<ColumnRef>empty();
        Optional<ColumnRef> time = born.or(() -> reading.context.times().nearest(table));
        if (time.isEmpty()) {
            reading.unexplained.add("when " + table.name().table());
            return;
        }
        if (reading.askedWhen) {
            reading.at++;
            reading.show(new Measure(
                    direction == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN,
                    table,
                    time,
                    Distinctness.AS_IS));
            return;
        }
        reading.request.orders.add(new Order(new Attribute(time.get()), direction));
        reading.request.ranked = Optional.of(table);
        if (reading.request.limit.isEmpty()) {
            reading.request.limit = OptionalLong.of(1);
            reading.request.ties = Request.Ties.KEEP;
        }
    }

    void rankedBy(Item measure, Direction direction) {
        reading.request.orders.add(0, new Order(measure, direction));
        reading.pendingTop = Optional.empty();
        reading.lastFigure = Optional.of(measure);
        if (reading.request.limit.isEmpty()) {
            reading.request.limit = OptionalLong.of(1);
            reading.request.ties = Request.Ties.KEEP;
        }
    }
}
