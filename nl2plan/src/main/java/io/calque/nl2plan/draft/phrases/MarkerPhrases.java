package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import java.util.Locale;
import java.util.Optional;

/**
 * The small words of the grammar: most of them name nothing but say which role the names after them have, or how the request as a whole is
 * meant. Single-threaded.
 */
final class MarkerPhrases {
    private final Reading reading;
    private final SharePhrases shares;

    MarkerPhrases(Reading reading) {
        this.reading = reading;
        this.shares = new SharePhrases(reading);
    }

    void marker(Marker marker) {
        switch (marker.mark()) {
            case STOP -> {
                reading.role = Role.SHOWN;
                reading.returning = false;
                if (reading.negation()) {
                    // "courses that were never offered": of what it is denied was not understood
                    reading.unexplained.add("not");
                }
                reading.lastFigure = Optional.empty();
            }
            case RETURN -> {
                reading.role = Role.SHOWN;
                // a second sentence that lists what to show; what came before was only the subject
                reading.returning = reading.at > 0
                        && reading.mentions.get(reading.at - 1) instanceof Marker stop
                        && (stop.mark() == Mark.STOP || stop.mark() == Mark.COMMA || stop.mark() == Mark.AND);
                if (reading.returning) {
                    reading.shownTables.clear();
                }
            }
            case BY ->
                reading.role = reading.pendingTop.isPresent()
                        ? Role.RANKED
                        : reading.role == Role.ORDERED ? Role.ORDERED : grouping();
            case PER -> {
                if (reading.pendingTop.filter(Frequencies::isFrequency).isPresent()
                        && marker.text().startsWith("across")) {
                    // "the most common colour across products": of these
                    reading.role = Role.CONDITION;
                    return;
                }
                if (perRow()) {
                    reading.perRow = true;
                    reading.at += 2;
                    return;
                }
                if (GroupsMeant.isWhole(marker, reading)) {
                    reading.wholes++;
                    reading.lastFigure = Optional.empty();
                    reading.lastColumn = Optional.empty();
                    reading.role = Role.CONDITION;
                    return;
                }
                reading.groupsFirst = reading.request.outputs.isEmpty() && reading.request.subject.isEmpty();
                reading.role = Role.GROUPED;
                // "for all customers" leaves out none of them, "for each" only tells what a row is
                reading.request.zeros |= marker.text().equalsIgnoreCase("for all");
            }
            case ZEROS -> reading.request.zeros = true;
            case KEEP_TIES -> reading.request.ties = Request.Ties.KEEP;
            case RUNNING -> {
                boolean listed = reading.isMark(-1, Mark.AND) || reading.isMark(-1, Mark.COMMA);
                if (listed && !reading.request.measures().isEmpty()) {
                    // "the total and the running total" are two figures
                    reading.unexplained.add(marker.text());
                }
                reading.request.running = true;
                reading.series = true;
            }
            case CHANGE -> {
                reading.request.change = true;
                reading.series = true;
            }
            case BOTH -> reading.both = true;
            case EITHER -> {
                // a list with "or" follows
            }
            case ORDER -> reading.role = Role.ORDERED;
            case ASCENDING -> reading.orders().direction(Direction.ASC);
            case DESCENDING -> reading.orders().direction(Direction.DESC);
            case NOT -> reading.negated = true;
            case RELATIVE, PREPOSITION, WITH, SHARED -> {
                boolean asks = marker.text().toLowerCase(Locale.ROOT).startsWith("who ")
                        && (reading.at == 0 || reading.isMark(-1, Mark.STOP));
                if (asks && reading.request.outputs.isEmpty() && reading.request.subject.isEmpty()) {
                    reading.askedWho = true;
                }
                if (marker.text().equalsIgnoreCase("when") && reading.isMark(-1, Mark.AND)) {
                    // "and when they started"
                    reading.askedWhen = true;
                }
                if (!(reading.returning && marker.mark() != Mark.RELATIVE && marker.mark() != Mark.PREPOSITION)) {
                    reading.role = Role.CONDITION;
                }
            }
            case WEEKEND -> weekend(true);
            case WEEKDAY -> weekend(false);
            case DISTINCT -> reading.request.distinctness = Distinctness.DISTINCT;
            case ALPHABETICAL -> reading.orders().alphabetical();
            case WHEN -> reading.askedWhen = true;
            case DETAILS -> reading.details = true;
            case IGNORED -> {
                // "in total" says what a sum is anyway
            }
            case HAVING_A -> {
                reading.role = Role.CONDITION;
                reading.presence = true;
            }
            case SHARE -> shares.share(marker);
            case ITS_FIGURE -> reading.figureToo = true;
            case DATED -> dated(marker);
            case RANK -> reading.places().rankOf();
            case JOINT -> {
                // "than" and "as" belong to constructions
            }
            case ABOVE_AVERAGE, BELOW_AVERAGE -> reading.unexplained.add(marker.text());
            case UNSUPPORTED -> {
                if (!reading.comparisons().age(marker)) {
                    reading.unexplained.add(marker.text());
                }
            }
            case TRUE, FALSE ->
                reading.conditions.truth(reading.lastColumn, (marker.mark() == Mark.TRUE) != reading.negation());
            case COUNT -> {
                if (reading.ranks().countsRanked()) {
                    return;
                }
                if (reading.isMark(-1, Mark.STOP) && !reading.request.measures().isEmpty()) {
                    // a second question
                    reading.unexplained.add(marker.text());
                }
                reading.measures().measure();
            }
            case COMMA -> {
                if (marker.text().equals(":") && reading.role == Role.GROUPED) {
                    // "of each customer: the date and the amount"
                    reading.role = Role.SHOWN;
                    reading.returning = true;
                }
                // "for every country, who ..." groups first and then asks
                if (reading.groupsFirst && reading.role == Role.GROUPED) {
                    reading.role = Role.SHOWN;
                    reading.groupsFirst = false;
                }
            }
            case WHICH -> {
                boolean open = marker.text().equalsIgnoreCase("what")
                        && reading.at > 0
                        && !reading.isMark(-1, Mark.STOP)
                        && (reading.ahead(1).isEmpty() || reading.isMark(1, Mark.STOP));
                if (open) {
                    // "along with what they do"
                    reading.unexplained.add("what");
                }
                boolean where = (reading.at == 1 || reading.isMark(-2, Mark.STOP))
                        && (reading.isMark(-1, Mark.PREPOSITION)
                                || reading.isMark(-1, Mark.WITH)
                                || reading.isMark(-1, Mark.BY))
                        && marker.text().matches("(?i)which|what");
                boolean asksMore = marker.text().toLowerCase(Locale.ROOT).matches("what (is|are|was|were)")
                        && reading.isMark(-1, Mark.AND)
                        && !reading.request.outputs.isEmpty();
                if (where || asksMore) {
                    // "in which towns": they are what is asked for; "... of the bridges, and what are the names of ..."
                    reading.role = Role.SHOWN;
                }
                boolean who =
                        marker.text().equalsIgnoreCase("who") || marker.text().equalsIgnoreCase("whom");
                if (who
                        && reading.request.outputs.isEmpty()
                        && reading.request.subject.isEmpty()
                        && (reading.role == Role.SHOWN || reading.role == Role.GROUPED)) {
                    reading.askedWho = true;
                    reading.role = Role.CONDITION;
                }
                boolean relative = (who || marker.text().equalsIgnoreCase("which"))
                        && reading.role == Role.SHOWN
                        && reading.linked(-1).isPresent()
                        && !reading.returning
                        && reading.asked();
                if (relative) {
                    // "the doctor who treated most patients" asks for no treatment
                    reading.role = Role.CONDITION;
                }
            }
            case OR -> reading.alternatives().or();
            case AND -> {
                // it ends nothing: the role goes on through a list
            }
        }
    }

    /** "average cost per visit", of a cost that visits have. */
    private boolean perRow() {
        return reading.lastMeasure()
                .filter(m -> m.function() == AggregateFunction.AVG && m.column().isPresent())
                .filter(m -> reading.linked(1)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l ->
                                l instanceof Link.ToTable && l.table().name().equals(m.of().name()))
                        .isPresent())
                .isPresent();
    }

    /** "going by the booking date": times are those of this date, whatever else has one. */
    private void dated(Marker marker) {
        reading.at++;
        Optional<Link> date = reading.linked(0)
                .flatMap(l ->
                        reading.context.pick(l, x -> x instanceof Link.ToColumn c && ColumnKinds.temporal(c.column())));
        if (date.isEmpty()) {
            reading.unexplained.add(marker.text());
            return;
        }
        reading.at++;
        reading.request.dated = Optional.of(new ColumnRef(date.get().table(), ((Link.ToColumn) date.get()).column()));
    }

    private void weekend(boolean weekend) {
        if (reading.at > 0 && reading.mentions.get(reading.at - 1) instanceof Marker and && and.mark() == Mark.AND) {
            // "in total and on weekends" asks for two figures
            reading.unexplained.add("and " + reading.mentions.get(reading.at).text());
            return;
        }
        reading.conditions.weekend(reading.request, reading.lastTable, weekend);
    }

    private boolean isValue(int at) {
        return at < reading.mentions.size()
                && reading.mentions.get(at) instanceof Linked value
                && value.links().get(0) instanceof Link.ToValue;
    }

    /** "by users who joined" tells whose, "by user" groups. */
    private Role grouping() {
        int last = reading.at + 1;
        while (isValue(last)
                && (reading.isMark(last + 1 - reading.at, Mark.OR)
                        || reading.isMark(last + 1 - reading.at, Mark.AND))) {
            last += 2;
        }
        // "by German or Dutch users"
        boolean adjective =
                isValue(last) && last + 1 < reading.mentions.size() && reading.mentions.get(last + 1) instanceof Linked;
        if (adjective) {
            return Role.CONDITION;
        }
        boolean plural = reading.at + 1 < reading.mentions.size()
                && reading.mentions.get(reading.at + 1) instanceof Linked linked
                && linked.text().matches(".*[^s]s")
                && reading.context
                        .pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .isPresent();
        boolean qualified = reading.at + 2 < reading.mentions.size()
                && (reading.mentions.get(reading.at + 2) instanceof Marker next
                                && (next.mark() == Mark.RELATIVE
                                        || next.mark() == Mark.PREPOSITION
                                        || next.mark() == Mark.WITH
                                        || next.mark() == Mark.WHICH)
                        || reading.mentions.get(reading.at + 2) instanceof Linked value
                                && value.links().get(0) instanceof Link.ToValue);
        boolean superlative = reading.linked(1).isPresent()
                && (reading.isMark(2, Mark.WITH) || reading.isMark(2, Mark.RELATIVE))
                && reading.ahead(3)
                        .filter(m -> m instanceof Rank || m instanceof Mention.Aggregation)
                        .isPresent();
        return plural && qualified || superlative ? Role.CONDITION : Role.GROUPED;
    }
}
