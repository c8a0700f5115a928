package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
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
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Superlatives: "the top five by revenue", "most", "latest". Single-threaded. */
final class RankPhrases {
    private final Reading reading;
    private final RankedBefore before;

    RankPhrases(Reading reading) {
        this.reading = reading;
        this.before = new RankedBefore(reading);
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
        if (count.isEmpty() && (before.predicate(rank) || before.rankedByVerb(rank))) {
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
            reading.rankOrder().rankedBy(measure.get(), reading.rankOrder().towards(measure.get(), rank));
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
            reading.rankOrder()
                    .first(
                            best.get().table(),
                            measured.get(),
                            reading.rankOrder().towards(measured.get(), rank));
            return;
        }
        boolean countedFirst =
                rank.kind() == RankKind.TIME && count.isPresent() && rank.text().equals("first");
        if (rank.kind() == RankKind.TIME && table && !countedFirst) {
            reading.rankOrder().latest(best.get().table(), rank);
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
            reading.rankOrder().rankedByCount(referred.get(), rank.direction());
            return;
        }
        if (counts
                && (!limitsSubject || rank.kind() == RankKind.MOST && reading.asked())
                && table
                && (value.isEmpty() || best.get().score() >= value.get().score())) {
            reading.at++;
            reading.rankOrder().rankedByCount(best.get().table(), rank.direction());
            return;
        }
        Optional<Link> listed =
                counts && value.isEmpty() ? best.filter(l -> isCountable(l, next.get())) : Optional.empty();
        if (listed.isPresent()) {
            reading.at++;
            ColumnRef column = new ColumnRef(listed.get().table(), ((Link.ToColumn) listed.get()).column());
            reading.rankOrder()
                    .rankedBy(
                            new Measure(
                                    AggregateFunction.COUNT,
                                    column.table(),
                                    Optional.of(column),
                                    Distinctness.DISTINCT),
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
            reading.request.orders.add(
                    new Order(new Attribute(column), reading.rankOrder().towards(column, rank)));
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
                reading.rankOrder().first(column.table(), reading.lastColumn.get(), rank.direction());
                return;
            }
            reading.extremes.add(new RequestCompletion.Extreme(
                    reading.lastColumn.get(),
                    reading.rankOrder().towards(reading.lastColumn.get(), rank),
                    reading.asked()));
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
                reading.rankOrder().first(said.get().table(), said.get(), rank.direction());
            } else {
                reading.rankOrder().latest(rows.get(), rank);
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
            reading.rankOrder()
                    .first(
                            measured.get().table(),
                            measured.get(),
                            reading.rankOrder().towards(measured.get(), rank));
        } else if (limitsSubject) {
            reading.pendingTop = Optional.of(rank);
        } else {
            reading.unexplained.add(rank.text());
        }
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
}
