package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Unit;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** Counts and aggregates: "how many", "average price". Single-threaded. */
final class MeasurePhrases {
    private static final Set<String> COUNTS = Set.of("count", Stems.of("number"), Stems.of("quantity"));

    private final Reading reading;
    private final HeldNumbers held;

    MeasurePhrases(Reading reading) {
        this.reading = reading;
        this.held = new HeldNumbers(reading);
    }

    boolean atMeasure() {
        return reading.at < reading.mentions.size()
                && (reading.mentions.get(reading.at) instanceof Aggregation
                        || reading.mentions.get(reading.at) instanceof Marker marker && marker.mark() == Mark.COUNT);
    }

    void measure() {
        Optional<Item> row = reading.request.outputs.stream()
                .filter(o -> o instanceof Request.Calculated)
                .reduce((a, b) -> b);
        boolean last = reading.ahead(1).isEmpty()
                || reading.isMark(1, Mark.STOP)
                || reading.isMark(1, Mark.PER)
                || reading.isMark(1, Mark.PREPOSITION);
        if (row.isPresent() && last && reading.ahead(0).orElseThrow() instanceof Aggregation said) {
            // "how many days pass between ... on average"
            reading.at++;
            Measure of = Measure.of(said.function(), ((Request.Calculated) row.get()).value());
            reading.request.outputs.replaceAll(o -> o.equals(row.get()) ? of : o);
            reading.lastFigure = Optional.of(of);
            return;
        }
        if (saidBefore()) {
            reading.at++;
            return;
        }
        Optional<ColumnRef> count = countHeld();
        if (count.isPresent()) {
            reading.at += 2;
            reading.columns().column(count.get());
            return;
        }
        Item figure = parseFigure();
        reading.lastFigure = Optional.of(figure);
        place(figure);
        Optional<Measure> also = figure instanceof Measure of ? held.another(of) : Optional.empty();
        while (also.isPresent()) {
            reading.lastFigure = Optional.of(also.get());
            place(also.get());
            also = held.another(also.get());
        }
    }

    /** "by number of employees", of companies that have an employee_count. */
    private Optional<ColumnRef> countHeld() {
        if (!reading.isMark(0, Mark.COUNT) || reading.request.subject.isEmpty()) {
            return Optional.empty();
        }
        TableDescriptor subject = reading.request.subject.get();
        return reading.linked(1).stream()
                .flatMap(l -> l.links().stream())
                .filter(l -> ColumnKinds.numeric(l) && l.table().name().equals(subject.name()))
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()))
                .filter(c -> reading.context.words(c).stream().anyMatch(COUNTS::contains))
                .filter(c -> !reading.context.rows().isKey(c))
                .findFirst();
    }

    /** "Return the reason and the average": the one that was asked for before. */
    private boolean saidBefore() {
        boolean nothingFollows = reading.ahead(1)
                .filter(m -> !(m instanceof Marker marker
                        && (marker.mark() == Mark.STOP || marker.mark() == Mark.AND || marker.mark() == Mark.COMMA)))
                .isEmpty();
        if (!reading.returning || !nothingFollows) {
            return false;
        }
        AggregateFunction function =
                reading.ahead(0).orElseThrow() instanceof Aggregation a ? a.function() : AggregateFunction.COUNT;
        return reading.request.outputs.stream()
                        .filter(o -> o instanceof Measure m && m.function() == function)
                        .count()
                == 1;
    }

    /** An aggregate, of names or of a formula. */
    Item parseFigure() {
        Optional<Unit> unit = reading.isMark(0, Mark.COUNT)
                ? reading.ahead(1).filter(m -> !(m instanceof Linked)).flatMap(m -> Unit.of(m.text()))
                : Optional.empty();
        Optional<ColumnRef> held = unit.flatMap(u -> reading.context.amounts().measuredIn(u));
        if (held.isPresent()) {
            // "how many minutes" adds up lengths
            reading.at += 2;
            return reading.formulas().inUnit(held.get(), unit.orElseThrow());
        }
        boolean formula = reading.ahead(0).filter(m -> m instanceof Aggregation).isPresent()
                && reading.ahead(1).filter(FormulaPhrases::isFormula).isPresent();
        if (!formula) {
            return parseMeasure();
        }
        Aggregation said = (Aggregation) reading.mentions.get(reading.at++);
        return reading.formulas().figure(Optional.of(said.function()));
    }

    void place(Item measure) {
        switch (reading.role) {
            case RANKED ->
                reading.rankOrder()
                        .rankedBy(
                                measure, reading.pendingTop.map(Rank::direction).orElse(Direction.DESC));
            case ORDERED -> reading.order(measure);
            case SHOWN, GROUPED -> reading.show(measure);
            case CONDITION -> {
                boolean compared =
                        reading.at < reading.mentions.size() && reading.mentions.get(reading.at) instanceof Compare
                                || reading.at + 1 < reading.mentions.size()
                                        && reading.mentions.get(reading.at + 1) instanceof Compare;
                if (!compared) {
                    reading.show(measure);
                }
            }
        }
    }

    /** At a count or an aggregate: reads it and the name it is of. */
    Measure parseMeasure() {
        AggregateFunction function = AggregateFunction.COUNT;
        Optional<BigDecimal> fraction = Optional.empty();
        boolean averaged = false;
        boolean counted = false;
        boolean distinct = false;
        String words = "";
        for (; reading.at < reading.mentions.size(); reading.at++) {
            Mention mention = reading.mentions.get(reading.at);
            words = words.isEmpty() ? mention.text() : words;
            if (mention instanceof Aggregation aggregation) {
                averaged |= function == AggregateFunction.AVG && aggregation.function() == AggregateFunction.SUM;
                function = aggregation.function();
                fraction = aggregation.fraction();
            } else if (mention instanceof Marker marker && marker.mark() == Mark.COUNT) {
                counted = true;
            } else if (mention instanceof Marker marker && marker.mark() == Mark.DISTINCT) {
                distinct = true;
            } else if (mention instanceof Every every) {
                reading.units.add(every);
            } else if (ListedAdjectives.read(reading)) {
                reading.at--;
            } else if (mention instanceof Linked linked
                    && reading.context
                            .pick(linked, l -> true)
                            .filter(l -> l instanceof Link.ToValue)
                            .isPresent()
                    && reading.at + 1 < reading.mentions.size()
                    && reading.mentions.get(reading.at + 1) instanceof Linked) {
                reading.conditions.value(
                        (Link.ToValue) reading.context
                                .pick(linked, l -> l instanceof Link.ToValue)
                                .orElseThrow(),
                        reading.negation());
            } else {
                break;
            }
        }
        if (reading.at >= reading.mentions.size() || !(reading.mentions.get(reading.at) instanceof Linked linked)) {
            Optional<Measure> ofThem = words.equalsIgnoreCase("how many") ? held.ofThem() : Optional.empty();
            String said = words;
            return ofThem.orElseThrow(() -> new NotUnderstood("'" + said + "' of what?"));
        }
        reading.at++;
        if (averaged) {
            return averageTotal(aggregated(AggregateFunction.SUM, linked), words);
        }
        if (counted && function == AggregateFunction.AVG) {
            return averageCount(linked, words);
        }
        return counted && function == AggregateFunction.COUNT || counted && function == AggregateFunction.SUM
                ? counted(linked, distinct)
                : at(fraction, aggregated(function, linked));
    }

    private static Measure at(Optional<BigDecimal> fraction, Measure measure) {
        return fraction.map(measure::at).orElse(measure);
    }

    /** "average number of tracks per album": counted for each album that has one, then averaged. */
    private Measure averageCount(Linked linked, String words) {
        Optional<Link> of = reading.context.pick(linked, l -> l instanceof Link.ToTable);
        Optional<Link> per = reading.isMark(0, Mark.PER)
                ? reading.linked(1).flatMap(l -> reading.context.pick(l, x -> x instanceof Link.ToTable))
                : Optional.empty();
        if (of.isEmpty()
                || per.isEmpty()
                || !reading.context.rows().refers(of.get().table(), per.get().table())) {
            // "the average number of rooms", where rows hold it
            return held.figure(AggregateFunction.AVG, linked)
                    .orElseThrow(() -> new NotUnderstood("'" + words + "' of what?"));
        }
        reading.at += 2;
        reading.request.averagedOver = Optional.of(per.get().table());
        return Reading.count(of.get().table());
    }

    /** "average total value per customer": added up for each, then averaged. */
    private Measure averageTotal(Measure total, String words) {
        Optional<Link> per = reading.isMark(0, Mark.PER)
                ? reading.linked(1).flatMap(l -> reading.context.pick(l, x -> x instanceof Link.ToTable))
                : Optional.empty();
        if (per.isEmpty()
                || !reading.context.rows().refers(total.of(), per.get().table())) {
            throw new NotUnderstood("'" + words + "' of the total of what?");
        }
        reading.at += 2;
        reading.request.averagedOver = Optional.of(per.get().table());
        return total;
    }

    Measure counted(Linked linked, boolean distinct) {
        Optional<Link> best = reading.context.pick(linked, l -> !(l instanceof Link.ToValue));
        Optional<Link.ToValue> value =
                reading.context.pick(linked, l -> l instanceof Link.ToValue).map(l -> (Link.ToValue) l);
        // in "how many bugs are open" the last word is no column opened_at
        boolean valueFits = value.isPresent()
                && best.filter(l -> !(l instanceof Link.ToColumn)
                                || l.score() >= 0.9
                                || l.score() >= value.get().score())
                        .isEmpty();
        if (valueFits) {
            if (best.isEmpty() && !ValuePhrases.isNoun(linked, value.get())) {
                throw new NotUnderstood("'" + linked.text() + "' cannot be counted");
            }
            // "how many cardiologists": of the rows that are called so
            reading.conditions.value(value.get(), reading.negation());
            reading.lastTable = Optional.of(value.get().table());
            return Reading.count(value.get().table());
        }
        if (best.isEmpty()) {
            throw new NotUnderstood("'" + linked.text() + "' cannot be counted");
        }
        if (best.get() instanceof Link.ToColumn column) {
            ColumnRef ref = new ColumnRef(column.table(), column.column());
            Optional<Link> table = reading.context.pick(linked, l -> l instanceof Link.ToTable && l.score() >= 0.7);
            if (table.isPresent()) {
                return Reading.count(table.get().table());
            }
            boolean verb = reading.context.rows().isKey(ref)
                    && linked.text().indexOf(' ') > 0
                    && !linked.text().matches("(?i).*\\b(ids?|keys?|numbers?|codes?|different|distinct)\\b.*")
                    && reading.context
                            .words(column.table())
                            .contains(Stems.of(
                                    linked.text().substring(0, linked.text().indexOf(' '))));
            boolean valued =
                    reading.request.conditions.stream().anyMatch(c -> c.column().equals(ref));
            verb |= valued
                    && !distinct
                    && ColumnKinds.text(column.column())
                    && linked.text().indexOf(' ') > 0;
            if (verb) {
                // "how many players captain": the rows that refer, and not what they refer to
                reading.lastTable = Optional.of(column.table());
                return Reading.count(column.table());
            }
            // "how many levels" counts what there is, "how many seats" adds up
            boolean scale = distinct || HeldNumbers.isScale(reading.context.words(ref));
            if (column.column().type().isNumeric() && !reading.context.rows().isKey(ref) && !scale) {
                return new Measure(AggregateFunction.SUM, column.table(), Optional.of(ref), Distinctness.AS_IS);
            }
            return new Measure(AggregateFunction.COUNT, column.table(), Optional.of(ref), Distinctness.DISTINCT);
        }
        reading.lastTable = Optional.of(best.get().table());
        Optional<ColumnRef> own =
                distinct ? Optional.empty() : held.ofItsName(best.get().table());
        if (own.isPresent()) {
            return new Measure(AggregateFunction.SUM, best.get().table(), own, Distinctness.AS_IS);
        }
        return distinct
                ? new Measure(AggregateFunction.COUNT, best.get().table(), Optional.empty(), Distinctness.DISTINCT)
                : Reading.count(best.get().table());
    }

    Measure aggregated(AggregateFunction function, Linked linked) {
        Optional<Link> number = reading.context.pick(linked, held::isQuantity);
        Optional<Link> table = reading.context.pick(linked, l -> l instanceof Link.ToTable);
        boolean tableFits = table.isPresent()
                && (number.isEmpty() || table.get().score() > number.get().score() + 0.15);
        if (number.isPresent() && !tableFits) {
            return held.measure(function, (Link.ToColumn) number.get());
        }
        if (tableFits
                && reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at) instanceof Linked next) {
            // "total sales amount" where the words are no one name
            Optional<Link> of = reading.context.pick(
                    next,
                    l -> held.isQuantity(l)
                            && l.table().name().equals(table.get().table().name()));
            if (of.isPresent()) {
                reading.at++;
                Link.ToColumn column = (Link.ToColumn) of.get();
                return new Measure(
                        function,
                        column.table(),
                        Optional.of(new ColumnRef(column.table(), column.column())),
                        Distinctness.AS_IS);
            }
        }
        if (tableFits
                && reading.at < reading.mentions.size()
                && reading.mentions.get(reading.at).text().equalsIgnoreCase("count")) {
            reading.at++;
            return Reading.count(table.get().table());
        }
        Optional<ColumnRef> money = tableFits
                        && function != AggregateFunction.COUNT
                        && reading.context.amounts().isAboutMoney(linked.text())
                ? reading.context.amounts().money(table.get().table())
                : Optional.empty();
        if (money.isPresent()) {
            reading.request.assumptions.add("'" + linked.text() + "' is measured by " + money.get());
            return new Measure(function, money.get().table(), money, Distinctness.AS_IS);
        }
        if (tableFits && function == AggregateFunction.SUM) {
            reading.request.assumptions.add("'total " + linked.text() + "' counts them");
            return Reading.count(table.get().table());
        }
        Optional<Link> date =
                reading.context.pick(linked, l -> l instanceof Link.ToColumn c && ColumnKinds.temporal(c.column()));
        if (date.isPresent() && (function == AggregateFunction.MAX || function == AggregateFunction.MIN)) {
            Link.ToColumn column = (Link.ToColumn) date.get();
            return new Measure(
                    function,
                    column.table(),
                    Optional.of(new ColumnRef(column.table(), column.column())),
                    Distinctness.AS_IS);
        }
        return held.asText(function, linked)
                .orElseThrow(() -> new NotUnderstood("'" + linked.text() + "' is no number in the data"));
    }
}
