package io.calque.nl2plan.draft.phrases;

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
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Places among all: "the second longest", "rank of each customer by revenue". Single-threaded. */
final class PlacePhrases {
    private final Reading reading;
    private boolean pendingRank;

    PlacePhrases(Reading reading) {
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
}
