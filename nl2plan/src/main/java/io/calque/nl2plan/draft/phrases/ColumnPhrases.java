package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a column that is named says of the request, by the role of the phrase: a column to show, to group by, to rank or order by, or one that
 * waits for what it is held against. Single-threaded.
 */
final class ColumnPhrases {
    /** Words that only introduce what is grouped by: "for each service level". */
    private static final Pattern HEADS =
            Pattern.compile("(?i)levels?|types?|kinds?|category|categories|class|classes|groups?");

    private final Reading reading;

    ColumnPhrases(Reading reading) {
        this.reading = reading;
    }

    void column(ColumnRef column) {
        reading.lastColumn = Optional.of(column);
        if (reading.lastTime.isPresent() && reading.askedWhen && ColumnKinds.temporal(column.column())) {
            // "when did each member last check in"
            boolean latest = reading.lastTime.get().direction() == Direction.DESC;
            reading.lastTime = Optional.empty();
            reading.show(new Measure(
                    latest ? AggregateFunction.MAX : AggregateFunction.MIN,
                    column.table(),
                    Optional.of(column),
                    Distinctness.AS_IS));
            return;
        }
        reading.lastFigure = reading.role == Role.CONDITION ? Optional.empty() : reading.lastFigure;
        if (column.column().type().kind() == TypeKind.BOOLEAN) {
            boolean said = reading.at < reading.mentions.size()
                    && reading.mentions.get(reading.at) instanceof Marker m
                    && (m.mark() == Mark.TRUE || m.mark() == Mark.FALSE);
            if (!said && reading.role != Role.SHOWN || !said && !reading.returning) {
                reading.conditions.truth(Optional.of(column), !reading.negation());
            }
            return;
        }
        boolean present = reading.presence && reading.role == Role.CONDITION;
        reading.presence = false;
        boolean more = reading.at < reading.mentions.size()
                && (reading.mentions.get(reading.at) instanceof Compare
                        || reading.mentions.get(reading.at) instanceof Like
                        || reading.mentions.get(reading.at) instanceof During
                        || reading.mentions.get(reading.at) instanceof Quoted
                        || reading.mentions.get(reading.at) instanceof Mention.Number
                        || reading.mentions.get(reading.at) instanceof Marker after
                                && (after.mark() == Mark.ABOVE_AVERAGE || after.mark() == Mark.BELOW_AVERAGE)
                        || reading.mentions.get(reading.at) instanceof Linked);
        if (present && !more && !reading.negated) {
            reading.conditions.present(column);
            return;
        }
        boolean said = reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof During
                && (ColumnKinds.temporal(column.column())
                        || reading.context.times().isYear(column));
        if (said) {
            // "hired after 2002": the time is a condition on it
            return;
        }
        if (reading.negated && valueFollows()) {
            // "not from the city of Lyon": the value is denied, and the city is there
            reading.role = Role.CONDITION;
            return;
        }
        if (reading.negated) {
            reading.negated = false;
            reading.conditions.missing(column);
            return;
        }
        boolean summed = column.column().type().isNumeric()
                && !reading.context.rows().isKey(column)
                && (reading.series || reading.context.amounts().isAboutMoney(reading.wordsBefore()))
                && reading.role == Role.SHOWN;
        if (summed) {
            reading.series = false;
            reading.show(new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS));
            return;
        }
        boolean made = reading.askedWho
                && ColumnKinds.text(column.column())
                && reading.ahead(-2)
                        .filter(m -> m.text().equalsIgnoreCase("who"))
                        .isPresent();
        if (made) {
            // "who wrote": whoever the column names
            reading.askedWho = false;
            reading.show(new Attribute(column));
            return;
        }
        switch (reading.role) {
            case SHOWN -> {
                reading.valuesAsked |= isAskedByValue(column);
                if (saysMoreOfCounted()) {
                    // "how many storms had victims": a condition that was not understood, and no column to show
                    reading.unexplained.add(reading.wordsBefore());
                    return;
                }
                if (reading.wordsBefore().matches("(?i)dates?|days?")) {
                    reading.bareDates.add(new Attribute(column));
                }
                reading.show(new Attribute(column));
            }
            case GROUPED -> {
                boolean head =
                        reading.ahead(-2).filter(m -> m instanceof Linked).isPresent()
                                && HEADS.matcher(reading.wordsBefore()).matches()
                                && !reading.request.groups.isEmpty();
                if (head) {
                    // "for each service level": the service
                    return;
                }
                if (ColumnKinds.temporal(column.column()) && !reading.units.isEmpty()) {
                    return;
                }
                reading.show(new Attribute(column));
                reading.request.groups.add(new Attribute(column));
            }
            case RANKED -> rankColumn(column);
            case ORDERED -> reading.order(orderItem(column));
            case CONDITION -> {
                // waits for a value or a comparison; where none comes, "who built a mill" still says that there is one
                if (isSaidOfTable(column)) {
                    reading.request.required.add(column.table());
                } else {
                    reading.waiting.add(column, reading.wordsBefore());
                }
            }
        }
    }

    /** Whether what is said next is what a column is held against. */
    private boolean valueFollows() {
        int next = 0;
        while (reading.isMark(next, Mark.PREPOSITION)) {
            next++;
        }
        Mention mention = reading.ahead(next).orElse(null);
        return mention instanceof Mention.Quoted
                || mention instanceof Mention.Number
                || mention instanceof Compare
                || mention instanceof Like
                || mention instanceof Linked value && value.links().get(0) instanceof Link.ToValue;
    }

    /** Whether the words that name a column name its table, too. */
    private boolean isSaidOfTable(ColumnRef column) {
        List<String> said = Arrays.stream(reading.wordsBefore().split("[_\\s]+"))
                .map(Stems::of)
                .toList();
        return said.containsAll(reading.context.words(column.table()));
    }

    /** After "how many storms", before any word that lists, groups or asks anew. */
    private boolean saysMoreOfCounted() {
        boolean counted = reading.lastMeasure()
                .filter(m ->
                        m.function() == AggregateFunction.COUNT && m.column().isEmpty())
                .isPresent();
        // "have the black membership card": the value is said beside it
        boolean said = reading.ahead(0).filter(m -> !(m instanceof Marker)).isPresent()
                || reading.isMark(0, Mark.PREPOSITION)
                        && reading.ahead(1)
                                .filter(m -> !(m instanceof Marker || m instanceof Linked))
                                .isPresent()
                || reading.linked(-2)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToValue)
                        .isPresent();
        if (!counted || said || reading.returning || reading.request.outputs.size() != 1) {
            return false;
        }
        for (int back = -2; ; back--) {
            Optional<Mention> mention = reading.ahead(back);
            if (mention.isEmpty() || !(mention.get() instanceof Linked || mention.get() instanceof Marker)) {
                return false;
            }
            if (mention.get() instanceof Marker marker && marker.mark() != Mark.NOT) {
                return marker.mark() == Mark.COUNT && marker.text().equalsIgnoreCase("how many");
            }
        }
    }

    /** "which towns do they come from": each town once, however many rows have it. */
    boolean isAskedByValue(ColumnRef column) {
        return reading.isMark(-2, Mark.WHICH)
                && reading.ahead(-2).orElseThrow().text().matches("(?i)which|what|what are|what were")
                && ColumnKinds.text(column.column())
                && !reading.context.rows().isKey(column)
                && !reading.context.rows().label(column.table()).contains(column);
    }

    private void rankColumn(ColumnRef column) {
        Direction direction = reading.pendingTop.map(Rank::direction).orElse(Direction.DESC);
        boolean own = reading.request
                .subject
                .filter(s -> s.name().equals(column.table().name()))
                .isPresent();
        if (own || !column.column().type().isNumeric()) {
            reading.request.orders.add(new Order(new Attribute(column), direction));
            return;
        }
        reading.rankOrder()
                .rankedBy(
                        new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                        direction);
    }

    /** A column that is already shown under an aggregate is ordered by as shown. */
    private Item orderItem(ColumnRef column) {
        return reading.request.outputs.stream()
                .filter(o -> o instanceof Measure m
                                && m.column().filter(column::equals).isPresent()
                        || o instanceof Bucket b && b.column().equals(column))
                .findFirst()
                .orElse(new Attribute(column));
    }
}
