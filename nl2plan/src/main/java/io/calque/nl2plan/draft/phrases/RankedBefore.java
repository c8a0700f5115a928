package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import java.util.Optional;

/** Superlatives that come last: what ranks was said before them, by a name or by a verb. Single-threaded. */
final class RankedBefore {
    private final Reading reading;

    RankedBefore(Reading reading) {
        this.reading = reading;
    }

    /** "whose price is the highest", "whose total weight is the lowest": what ranks was said before. */
    boolean predicate(Rank rank) {
        boolean last = reading.ahead(0).isEmpty() || reading.isMark(0, Mark.STOP) || reading.isMark(0, Mark.COMMA);
        boolean adjective = rank.kind() == RankKind.MOST && !rank.text().matches("most|least|fewest");
        if (!last
                || !adjective
                || reading.role != Reading.Role.CONDITION
                || reading.linked(-2).isEmpty()) {
            return false;
        }
        Optional<Measure> figure = reading.lastMeasure().filter(reading.request.outputs::contains);
        if (figure.isPresent()) {
            reading.request.outputs.remove(figure.get());
            reading.rankOrder().rankedBy(figure.get(), reading.rankOrder().towards(figure.get(), rank));
            return true;
        }
        Optional<ColumnRef> column = reading.lastColumn.filter(c -> reading.asked()
                && KnownValues.numbers(c)
                && !reading.context.rows().isKey(c)
                && !reading.request.outputs.contains(new Attribute(c)));
        column.ifPresent(
                c -> reading.rankOrder().first(c.table(), c, reading.rankOrder().towards(c, rank)));
        return column.isPresent();
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
            reading.rankOrder().first(own.table(), own, rank.direction());
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
        boolean own = reading.request
                        .subject
                        .filter(s -> s.name().equals(column.table().name()))
                        .isPresent()
                && reading.request.outputs.stream()
                        .allMatch(o -> o instanceof Measure m
                                && m.column().filter(column::equals).isPresent());
        if (own) {
            // "which doctor earns most": his own salary
            reading.request.outputs.clear();
            reading.rankOrder().first(column.table(), column, rank.direction());
            return true;
        }
        reading.rankOrder()
                .rankedBy(
                        new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                        rank.direction());
        return true;
    }
}
