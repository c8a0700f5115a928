package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Calculated;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts the order of a superlative into the request, once it is known what ranks: a column of the rows, their time, how many they are, or a
 * figure. Where the question says no number, the first is meant with all that tie with it. Single-threaded.
 */
final class RankOrder {
    private final Reading reading;

    RankOrder(Reading reading) {
        this.reading = reading;
    }

    /** The oldest have the highest age, and the lowest year of birth. */
    Direction towards(ColumnRef column, Rank rank) {
        boolean age = rank.text().toLowerCase(Locale.ROOT).matches("oldest|youngest|eldest")
                && reading.context.words(column).contains("age");
        if (!age) {
            return rank.direction();
        }
        return rank.direction() == Direction.DESC ? Direction.ASC : Direction.DESC;
    }

    Direction towards(Item item, Rank rank) {
        if (item instanceof Attribute attribute) {
            return towards(attribute.column(), rank);
        }
        return item instanceof Measure measure && measure.column().isPresent()
                ? towards(measure.column().get(), rank)
                : rank.direction();
    }

    /** By how many rows of a table belong to each of those asked for; by a column of theirs that says how many. */
    void rankedByCount(TableDescriptor counted, Direction direction) {
        Optional<ColumnRef> own = reading.request
                .subject
                .or(() -> reading.request.outputs.stream()
                        .filter(o -> o instanceof Attribute)
                        .map(o -> ((Attribute) o).column().table())
                        .findFirst())
                .filter(t -> !t.name().equals(counted.name()))
                .flatMap(t -> reading.context.amounts().numberOf(t, counted));
        if (own.isPresent()) {
            first(own.get().table(), own.get(), direction);
        } else {
            Optional<ColumnRef> sum = reading.context.amounts().counts(counted);
            rankedBy(
                    sum.isPresent()
                            ? new Measure(AggregateFunction.SUM, counted, sum, Distinctness.AS_IS)
                            : Reading.count(counted),
                    direction);
        }
    }

    /** "the longest track" is a track; of each genre, one a genre. */
    void first(TableDescriptor table, ColumnRef by, Direction direction) {
        boolean asText =
                KnownValues.numbersAsText(by) && !reading.context.times().isYear(by);
        Item figure = asText ? new Calculated(RowValue.number(by)) : new Attribute(by);
        reading.request.orders.add(new Order(figure, direction));
        if (reading.request.limit.isEmpty()) {
            reading.request.limit = OptionalLong.of(1);
            reading.request.ties = Request.Ties.KEEP;
        }
        reading.request.ranked = Optional.of(table);
    }

    void latest(TableDescriptor table, Rank rank) {
        Direction direction = rank.direction();
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
        Optional<ColumnRef> born = rank.text().matches("oldest|eldest")
                ? reading.context.amounts().measured(table, "old")
                : Optional.<ColumnRef>empty();
        Optional<ColumnRef> time = born.or(() -> reading.context.times().nearest(table))
                .or(() -> reading.context.times().yearOf(table));
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
        reading.request.orders.add(new Order(new Attribute(time.get()), towards(time.get(), rank)));
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
