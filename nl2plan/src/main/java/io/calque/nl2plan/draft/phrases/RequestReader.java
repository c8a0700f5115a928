package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.KnownValues;
import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.draft.words.PeriodReader;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reads mentions, left to right, into a request: words of the grammar here, each larger phenomenon in a piece of its own. Used for one
 * question.
 */
public final class RequestReader {
    private final Reading reading;

    /** @param alone reads words as a question of their own */
    public RequestReader(List<Mention> mentions, Context context, Function<List<Mention>, Understood> alone) {
        this.reading = new Reading(
                Superlatives.inOrder(Coordination.spread(mentions)).stream()
                        .filter(m -> !(m instanceof Marker joint && joint.mark() == Mark.JOINT))
                        .toList(),
                context,
                alone);
    }

    /** Words that nothing explained. */
    public List<String> unexplained() {
        return reading.unexplained;
    }

    public Request read() {
        return read(r -> {});
    }

    /** @param amend what a construction has to say of the request before what it leaves unsaid is filled in */
    public Request read(Consumer<Reading> amend) {
        while (reading.at < reading.mentions.size()) {
            int before = reading.at;
            step(reading.mentions.get(reading.at));
            if (reading.at == before) {
                reading.at++;
            }
            reading.alternatives().read();
        }
        reading.alternatives().finish();
        if (reading.both) {
            // no guest is from both Lyon and Graz
            reading.bothOf
                    .filter(c -> !reading.isOfOne(c.table()))
                    .ifPresentOrElse(reading.conditions::allOf, () -> reading.unexplained.add("both"));
        }
        if (reading.pendingTop.isPresent()
                && reading.request.orders.isEmpty()
                && reading.request.alphabetical.isEmpty()) {
            Frequencies.rank(reading, reading.pendingTop.get());
        }
        dates();
        boolean per = reading.wholes
                < reading.mentions.stream()
                        .filter(m -> m instanceof Marker g && g.mark() == Mark.PER)
                        .count();
        boolean grouped = !reading.grouped.isEmpty()
                || !reading.request.groups.isEmpty()
                || !reading.units.isEmpty()
                || reading.request.averagedOver.isPresent()
                || reading.perRow
                || reading.lastMeasure()
                        .filter(m -> m.function() == AggregateFunction.AVG)
                        .isPresent();
        if (per && !grouped && !GroupsMeant.isOfShown(reading)) {
            reading.unexplained.add("each");
        }
        if (reading.negated) {
            reading.unexplained.add("not");
        }
        WhoAsked.fill(reading);
        reading.places().rankShown();
        if (per) {
            FiguresPerGroup.addUp(reading);
        }
        CountedPerGroup.count(reading);
        reading.formulas().settle();
        amend.accept(reading);
        ListPhrases.details(reading);
        AskedToo.show(reading);
        if (reading.valuesAsked
                && reading.request.outputs.size() == 1
                && reading.request.measures().isEmpty()) {
            reading.request.distinctness = Distinctness.DISTINCT;
        }
        new RequestCompletion(reading.request, reading.context, reading.shownTables, reading.grouped)
                .complete(reading.extremes, reading.times, reading.units, reading.ranking);
        boolean asksWhich = reading.mentions.stream().anyMatch(m -> m instanceof Marker w && w.mark() == Mark.WHICH);
        if (asksWhich && repeatsItself()) {
            throw new NotUnderstood("the answer would only repeat what the question says");
        }
        reading.waiting.finish(reading);
        return reading.request;
    }

    /** "what kind of plane is OE-LBC": a column that one value is asked with tells nothing. */
    private boolean repeatsItself() {
        return reading.request.outputs.stream()
                .allMatch(o -> o instanceof Request.Attribute a
                        && reading.request.conditions.stream().anyMatch(c -> c.fixes(a.column())));
    }

    /** "the date and the value of the newest order": its own date. */
    private void dates() {
        Optional<ColumnRef> time = reading.request.ranked.flatMap(reading.context.times()::of);
        time.ifPresent(t ->
                reading.request.outputs.replaceAll(o -> reading.bareDates.contains(o) ? new Request.Attribute(t) : o));
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

    private void step(Mention mention) {
        if (mention instanceof Marker marker) {
            marker(marker);
        } else if (mention instanceof Rank rank) {
            reading.ranks().rank(rank);
        } else if (reading.ranks().isExtreme()) {
            reading.ranks().extreme();
        } else if (mention instanceof Compare compare) {
            reading.comparisons().compare(compare.comparison());
        } else if (mention instanceof Mention.Between between) {
            reading.comparisons().between(between);
        } else if (mention instanceof During during) {
            during(during);
        } else if (mention instanceof Mention.Place place) {
            reading.places().place(place);
        } else if (mention instanceof Mention.DayOfWeek day) {
            reading.conditions.days(reading.request, reading.lastTable, " = " + day.day(), " is " + day.text());
        } else if (mention instanceof Every every) {
            if (!isOfName(every)) {
                reading.units.add(every);
            }
        } else if (mention instanceof Like like) {
            reading.texts().like(like);
        } else if (mention instanceof Quoted quoted) {
            reading.texts().quoted(quoted);
        } else if (mention instanceof Unknown unknown) {
            unknown(unknown);
        } else if (FormulaPhrases.isFormula(mention)) {
            reading.formulas().formula();
        } else if (mention instanceof Mention.Number number) {
            reading.comparisons().number(number);
        } else {
            reading.names().named();
        }
    }

    /** "what does it cost per month", of a price that is one per month. */
    private boolean isOfName(Every every) {
        String unit = Stems.of(every.unit().name().toLowerCase(Locale.ROOT));
        return reading.isMark(-1, Mark.PER)
                && reading.lastColumn
                        .filter(c -> c.column().type().isNumeric()
                                && reading.context.words(c).stream().anyMatch(w -> w.startsWith(unit)))
                        .isPresent();
    }

    /** A time is said of the nearest word before it that a date is named after. */
    private void during(During during) {
        Optional<ColumnRef> beside = reading.linked(-1).isPresent()
                ? reading.lastColumn.filter(
                        c -> KnownValues.numbers(c) && !reading.context.times().isYear(c))
                : Optional.empty();
        if (beside.isPresent() && during.text().matches("\\d+|between \\d+ and \\d+")) {
            // "a population between 1900 and 2000"
            reading.unshow(beside.get(), -1);
            List<BigDecimal> numbers = Stream.of(during.text().split("\\D+"))
                    .filter(n -> !n.isEmpty())
                    .map(BigDecimal::new)
                    .toList();
            reading.conditions.number(
                    beside.get(), numbers.size() == 1 ? Comparison.EQ : Comparison.GE, numbers.get(0));
            numbers.stream().skip(1).forEach(n -> reading.conditions.number(beside.get(), Comparison.LE, n));
            return;
        }
        List<String> before = new ArrayList<>();
        for (int i = reading.at - 1; i >= 0; i--) {
            Mention mention = reading.mentions.get(i);
            if (mention instanceof Marker marker && marker.mark() == Mark.STOP) {
                break;
            }
            if (mention instanceof Unknown || mention instanceof Linked) {
                String[] words = mention.text().split("[ _-]");
                for (int w = words.length - 1; w >= 0; w--) {
                    before.add(Stems.of(words[w]));
                }
            }
        }
        Optional<During> other =
                reading.ahead(-2).filter(m -> m instanceof During).map(m -> (During) m);
        // "after 2000 and before 2010" is a time between, "in May and June" either of two
        boolean bounds = other.filter(
                        o -> !o.period().isWhole() && !during.period().isWhole())
                .isPresent();
        boolean joined = other.isPresent()
                && (reading.isMark(-1, Mark.AND) && !bounds
                        || reading.isMark(-1, Mark.OR)
                        || reading.isMark(-1, Mark.COMMA) && !bounds);
        Optional<ColumnRef> of = reading.linked(-1).isPresent() ? reading.lastColumn : Optional.empty();
        reading.times.add(new RequestCompletion.Timed(during, before, joined, of, Optional.empty()));
        boolean each =
                reading.at > 0 && reading.mentions.get(reading.at - 1) instanceof Marker per && per.mark() == Mark.PER;
        if (each) {
            // "in each of the last 8 weeks"
            String last = during.text().substring(during.text().lastIndexOf(' ') + 1);
            PeriodReader.unit(last).ifPresent(unit -> reading.units.add(new Every(unit, last)));
        }
    }

    private void marker(Marker marker) {
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
            case SHARE -> share(marker);
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

    /** "percentage of tracks that are Rock": what is said after is no condition but what is counted. */
    private void share(Marker marker) {
        boolean ofColumn = reading.linked(-1).isPresent()
                && reading.lastColumn.filter(KnownValues::numbers).isPresent()
                && (reading.ahead(1).orElse(null) instanceof Compare
                        || reading.ahead(1).orElse(null) instanceof Mention.Between);
        if (ofColumn) {
            // "a black percentage above 10": the number is one in a hundred anyway
            return;
        }
        reading.at++;
        if (reading.isMark(0, Mark.CHANGE)) {
            reading.request.growth = true;
            return;
        }
        if (reading.ahead(0).orElse(null) instanceof During during) {
            // "percentage of the 2024 orders"
            during(during);
            reading.at++;
        }
        Optional<Link> table =
                reading.at < reading.mentions.size() && reading.mentions.get(reading.at) instanceof Linked linked
                        ? reading.context.pick(linked, l -> true).filter(l -> l instanceof Link.ToTable)
                        : Optional.empty();
        Optional<TableDescriptor> subject = reading.request.subject.filter(s -> table.isEmpty()
                && reading.request.measures().isEmpty()
                && reading.request.outputs.isEmpty()
                && reading.shownTables.size() == 1);
        if (subject.isPresent() && reading.request.shareFrom.isEmpty()) {
            // "of the parcels sent in May, what percentage came late": what was said before is said of all
            reading.request.subject = Optional.empty();
            reading.shownTables.clear();
            shareOf(subject.get());
            return;
        }
        if (table.isEmpty() || reading.request.shareFrom.isPresent()) {
            reading.unexplained.add(marker.text());
            return;
        }
        reading.at++;
        shareOf(table.get().table());
    }

    private void shareOf(TableDescriptor table) {
        reading.role = Role.CONDITION;
        reading.lastTable = Optional.of(table);
        reading.request.shareFrom = OptionalInt.of(reading.request.conditions.size());
        reading.show(new Measure(AggregateFunction.AVG, table, Optional.empty(), Distinctness.AS_IS));
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

    private void unknown(Unknown unknown) {
        boolean counted = unknown.text().matches("(?i)counts?|numbers?")
                && reading.returning
                && reading.request.measures().size() == 1;
        boolean since = unknown.text().equalsIgnoreCase("new")
                && reading.mentions.stream().anyMatch(m -> m instanceof During || m instanceof Every);
        if (!counted && !since && !reading.context.explains(unknown.text())) {
            reading.unexplained.add(unknown.text());
        }
    }
}
