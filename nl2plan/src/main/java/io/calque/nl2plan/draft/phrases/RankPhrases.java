package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.KnownValues;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Calculated;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Superlatives: "the top five by revenue", "most", "latest". Single-threaded. */
final class RankPhrases {
    private final Reading reading;

    RankPhrases(Reading reading) {
        this.reading = reading;
    }

    void rank(Rank rank) {
        if (reading.orders().range(rank)) {
            return;
        }
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
        if (count.isEmpty() && (predicate(rank) || rankedByVerb(rank))) {
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
            rankedBy(measure.get(), towards(measure.get(), rank));
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
            nothingNamed(rank, limitsSubject);
            return;
        }
        Optional<Link> best = reading.context.pick(next.get(), l -> true);
        Optional<Link> value = reading.context.pick(
                next.get(),
                l -> l instanceof Link.ToColumn c
                        && ((c.column().type().isNumeric() || reading.asked() && KnownValues.numbers(l))
                                        && !reading.context.rows().isKey(new ColumnRef(c.table(), c.column()))
                                || ColumnKinds.temporal(c.column())));
        boolean table = best.filter(l -> l instanceof Link.ToTable).isPresent();
        Optional<ColumnRef> measured = table && rank.kind() == RankKind.MOST
                ? reading.context.amounts().measuredNear(best.get().table(), rank.text())
                : Optional.empty();
        boolean counts = rank.text().endsWith("number of")
                || rank.text().endsWith("most")
                || rank.text().endsWith("fewest")
                || rank.text().endsWith("least");
        if (measured.isPresent() && !counts) {
            first(best.get().table(), measured.get(), towards(measured.get(), rank));
            return;
        }
        boolean countedFirst =
                rank.kind() == RankKind.TIME && count.isPresent() && rank.text().equals("first");
        if (rank.kind() == RankKind.TIME && table && !countedFirst) {
            latest(best.get().table(), rank);
            return;
        }
        boolean figureSaid = value.isPresent()
                && limitsSubject
                && (reading.role == Reading.Role.CONDITION || isBest(rank, value.get()))
                && reading.asked()
                && best.get().score() <= value.get().score() + 0.25;
        if (figureSaid) {
            // "with the top 3 scores", "with the 2 largest areas"
            limitsSubject = false;
        }
        Optional<TableDescriptor> referred = counts
                ? best.filter(l -> l instanceof Link.ToColumn && value.isEmpty() && reading.asked())
                        .flatMap(l ->
                                reading.context.rows().refersTo(new ColumnRef(l.table(), ((Link.ToColumn) l).column())))
                : Optional.empty();
        if (referred.isPresent()) {
            // "the most scientists", of a column that refers to them
            reading.at++;
            rankedByCount(referred.get(), rank.direction());
            return;
        }
        if (counts
                && (!limitsSubject || rank.kind() == RankKind.MOST && reading.asked())
                && table
                && (value.isEmpty() || best.get().score() >= value.get().score())) {
            reading.at++;
            rankedByCount(best.get().table(), rank.direction());
            return;
        }
        Optional<Link> listed =
                counts && value.isEmpty() ? best.filter(l -> isCountable(l, next.get())) : Optional.empty();
        if (listed.isPresent()) {
            reading.at++;
            ColumnRef column = new ColumnRef(listed.get().table(), ((Link.ToColumn) listed.get()).column());
            rankedBy(
                    new Measure(AggregateFunction.COUNT, column.table(), Optional.of(column), Distinctness.DISTINCT),
                    rank.direction());
            return;
        }
        boolean timeOfNumber = rank.kind() == RankKind.TIME
                && value.filter(v -> ColumnKinds.numeric(v) && !isYear(v)).isPresent();
        boolean figures = value.isPresent()
                && count.isPresent()
                && rank.kind() == RankKind.MOST
                && !table
                && best.get().score() <= value.get().score() + 0.25;
        if (figures) {
            // "the three highest prices"; of the rooms, where these are asked for
            reading.at++;
            ColumnRef column = new ColumnRef(value.get().table(), ((Link.ToColumn) value.get()).column());
            if (!reading.asked()) {
                reading.show(new Attribute(column));
            }
            reading.request.orders.add(new Order(new Attribute(column), towards(column, rank)));
            return;
        }
        if (value.isPresent()
                && !limitsSubject
                && !timeOfNumber
                && !(table && best.get().score() >= value.get().score())
                && best.get().score() <= value.get().score() + 0.25) {
            reading.at++;
            Link.ToColumn column = (Link.ToColumn) value.get();
            reading.lastColumn = Optional.of(new ColumnRef(column.table(), column.column()));
            if (KnownValues.numbersAsText(reading.lastColumn.get()) && reading.grouped.isEmpty()) {
                first(column.table(), reading.lastColumn.get(), rank.direction());
                return;
            }
            reading.extremes.add(new RequestCompletion.Extreme(
                    reading.lastColumn.get(), towards(reading.lastColumn.get(), rank), reading.asked()));
            return;
        }
        if (limitsSubject) {
            reading.pendingTop = Optional.of(rank);
            return;
        }
        reading.unexplained.add(rank.text());
    }

    /** "launched most recently", "the most residents": what decides stands before it, or is said by no name. */
    private void nothingNamed(Rank rank, boolean limitsSubject) {
        Optional<TableDescriptor> rows = reading.request.subject.or(() -> reading.lastTable);
        if (rank.kind() == RankKind.TIME && !limitsSubject && rows.isPresent()) {
            Optional<ColumnRef> said = reading.linked(-2)
                    .flatMap(l -> reading.context.pick(
                            l, x -> x instanceof Link.ToColumn c && (ColumnKinds.temporal(c.column()) || isYear(x))))
                    .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
            if (said.isPresent()) {
                reading.request.outputs.remove(new Attribute(said.get()));
                first(said.get().table(), said.get(), rank.direction());
            } else {
                latest(rows.get(), rank);
            }
            return;
        }
        Optional<Mention> word = reading.ahead(0).filter(m -> m instanceof Mention.Unknown);
        String adjective = word.map(Mention::text).orElse(rank.text());
        Optional<ColumnRef> measured = rank.kind() == RankKind.MOST
                ? ranked().flatMap(t -> reading.context.amounts().measured(t, adjective))
                : Optional.empty();
        if (measured.isPresent()) {
            reading.at += word.isPresent() ? 1 : 0;
            first(measured.get().table(), measured.get(), towards(measured.get(), rank));
        } else if (limitsSubject) {
            reading.pendingTop = Optional.of(rank);
        } else {
            reading.unexplained.add(rank.text());
        }
    }

    /** "whose price is the highest", "whose total weight is the lowest": what ranks was said before. */
    private boolean predicate(Rank rank) {
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
            rankedBy(figure.get(), towards(figure.get(), rank));
            return true;
        }
        Optional<ColumnRef> column = reading.lastColumn.filter(c -> reading.asked()
                && KnownValues.numbers(c)
                && !reading.context.rows().isKey(c)
                && !reading.request.outputs.contains(new Attribute(c)));
        column.ifPresent(c -> first(c.table(), c, towards(c, rank)));
        return column.isPresent();
    }

    /** The rows that are spoken of. */
    private Optional<TableDescriptor> ranked() {
        return reading.lastTable.or(() -> reading.request.subject).or(() -> reading.lastColumn.map(ColumnRef::table));
    }

    /** "the most authors", of a column that names them. */
    private boolean isCountable(Link link, Linked said) {
        return link instanceof Link.ToColumn column
                && ColumnKinds.text(column.column())
                && said.text().matches("(?i).*[^s]s")
                && !KnownValues.numbers(new ColumnRef(column.table(), column.column()))
                && reading.asked()
                && link.score() > 0.6;
    }

    private boolean isYear(Link link) {
        return link instanceof Link.ToColumn column
                && reading.context.times().isYear(new ColumnRef(column.table(), column.column()));
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
    private void rankedByCount(TableDescriptor counted, Direction direction) {
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

    /** "the best score" is the highest; of times and places it cannot be told. */
    private boolean isBest(Rank rank, Link value) {
        return rank.text().matches("best|worst")
                && reading.context.words(new ColumnRef(value.table(), ((Link.ToColumn) value).column())).stream()
                        .noneMatch(w -> Set.of("time", "rank", "place", "posit", "error")
                                .contains(w));
    }

    /** "with the maximum points": no figure but the rows that have it. */
    boolean isExtreme() {
        Mention mention = reading.mentions.get(reading.at);
        return mention instanceof Mention.Aggregation said
                && (said.function() == AggregateFunction.MAX || said.function() == AggregateFunction.MIN)
                && reading.role == Reading.Role.CONDITION
                && reading.asked()
                && reading.linked(isCount() ? 2 : 1)
                        .flatMap(l -> reading.context.pick(l, x -> isCount() || ColumnKinds.numeric(x)))
                        .isPresent()
                && !(reading.ahead(isCount() ? 3 : 2).orElse(null) instanceof Mention.Compare);
    }

    /** "with the maximum number of visitors". */
    private boolean isCount() {
        return reading.isMark(1, Mark.COUNT);
    }

    void extreme() {
        Mention.Aggregation said = (Mention.Aggregation) reading.mentions.get(reading.at);
        String text = said.text();
        if (isCount()) {
            reading.at++;
            text += " number of";
        }
        rank(new Rank(said.function() == AggregateFunction.MAX ? Direction.DESC : Direction.ASC, RankKind.MOST, text));
    }

    /** "the most common type, and how many are there": the number that ranks is shown anyway. */
    boolean countsRanked() {
        boolean last = reading.ahead(1).isEmpty() || reading.isMark(1, Mark.STOP);
        boolean counted = reading.pendingTop.filter(Frequencies::isFrequency).isPresent()
                || reading.request.orders.stream()
                        .anyMatch(o -> o.item() instanceof Measure m && m.function() == AggregateFunction.COUNT);
        return last && reading.at > 0 && reading.ranking && counted;
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
            first(column.table(), column, rank.direction());
            return true;
        }
        rankedBy(
                new Measure(AggregateFunction.SUM, column.table(), Optional.of(column), Distinctness.AS_IS),
                rank.direction());
        return true;
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
