package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a table that is named says of the request, by the role of the phrase: rows to show, to group by, to rank or order by, or rows that
 * have to be there. Single-threaded.
 */
final class TablePhrases {
    /** Verbs that name what happened to the rows, and no table to group by. */
    private static final Pattern EVENT =
            Pattern.compile("(?i)sells?|sold|buys?|bought|purchased|ordered|spend|spent|pay|paid");

    private final Reading reading;
    private final ListPhrases lists;

    TablePhrases(Reading reading) {
        this.reading = reading;
        this.lists = new ListPhrases(reading);
    }

    void table(TableDescriptor table) {
        reading.lastTable = Optional.of(table);
        if (reading.wordsBefore().equalsIgnoreCase("dr")) {
            // "Dr. Okafor": the title says who is meant and asks for nobody
            return;
        }
        if (reading.role == Role.SHOWN && reading.isMark(-2, Mark.WHICH) && reading.request.outputs.isEmpty()) {
            reading.askedFirst = Optional.of(table);
        }
        if (reading.lastTime.isPresent()
                && reading.role != Role.GROUPED
                && reading.context.times().of(table).isPresent()) {
            reading.show(new Measure(
                    reading.lastTime.get().direction() == Direction.DESC
                            ? AggregateFunction.MAX
                            : AggregateFunction.MIN,
                    table,
                    reading.context.times().of(table),
                    Distinctness.AS_IS));
            reading.lastTime = Optional.empty();
            return;
        }
        if (reading.negated) {
            reading.negated = false;
            reading.request.absent.add(table);
            return;
        }
        if (RoleTables.isRole(table) && !reading.roles.add(table.name())) {
            // "the manager of his manager" is yet another row
            reading.unexplained.add(table.name().table());
        }
        if (reading.role == Role.GROUPED
                && EVENT.matcher(reading.ahead(-1).map(Mention::text).orElse(""))
                        .matches()) {
            // "tracks of every genre did we sell" groups by no sales
            reading.request.required.add(table);
            return;
        }
        switch (reading.role) {
            case SHOWN -> {
                if (reading.series) {
                    // "running total of orders" adds up how many there are
                    reading.series = false;
                    Optional<ColumnRef> money = reading.context.amounts().isAboutMoney(reading.wordsBefore())
                            ? reading.context.amounts().money(table)
                            : Optional.empty();
                    reading.show(
                            money.isPresent()
                                    ? new Measure(AggregateFunction.SUM, table, money, Distinctness.AS_IS)
                                    : Reading.count(table));
                    return;
                }
                if (lists.isBesideFigure()) {
                    reading.grouped.add(table);
                    return;
                }
                if (lists.isTableToo()) {
                    lists.table(table);
                    return;
                }
                reading.shownTables.add(table);
                boolean listed = reading.at >= 2
                        && reading.mentions.get(reading.at - 2) instanceof Marker before
                        && (before.mark() == Mark.AND || before.mark() == Mark.COMMA || before.mark() == Mark.RETURN);
                boolean counted = reading.request.subject.isEmpty()
                        && reading.request.outputs.stream()
                                .anyMatch(o -> o instanceof Measure m
                                        && m.column().isEmpty()
                                        && !m.of().name().equals(table.name()));
                if (counted && !reading.returning && !listed) {
                    // "how many songs have been sold": those of which there is a sale
                    reading.request.required.add(table);
                } else if (reading.request.subject.isEmpty()) {
                    reading.request.subject = Optional.of(table);
                } else if (!reading.returning && !listed) {
                    // "customers placed an order": there is one
                    reading.request.required.add(table);
                }
            }
            case GROUPED -> grouped(table);
            case RANKED -> {
                boolean said = reading.pendingTop.isEmpty()
                        && reading.lastMeasure()
                                .filter(m -> m.of().name().equals(table.name()))
                                .isPresent();
                if (said) {
                    // "by total amount paid": what ranks is said
                    reading.request.required.add(table);
                    return;
                }
                reading.rankOrder()
                        .rankedBy(
                                Reading.count(table),
                                reading.pendingTop.map(Rank::direction).orElse(Direction.DESC));
            }
            case ORDERED -> reading.orders().table(table);
            case CONDITION -> reading.request.required.add(table);
        }
    }

    /** "per region of the customers": whose regions they are, and nothing to group by. */
    private void grouped(TableDescriptor table) {
        boolean whose = reading.ahead(-2).filter(m -> m instanceof Linked).isPresent()
                && !reading.grouped.isEmpty()
                && !reading.grouped.get(reading.grouped.size() - 1).name().equals(table.name())
                && reading.context.rows().refers(table, reading.grouped.get(reading.grouped.size() - 1));
        if (whose) {
            reading.request.required.add(table);
            return;
        }
        reading.grouped.add(table);
    }
}
