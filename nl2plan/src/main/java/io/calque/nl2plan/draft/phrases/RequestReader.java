package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads mentions, left to right, into a request: each is handed to the piece that reads its phenomenon, and at the end what only the whole
 * question tells is settled. Used for one question.
 */
public final class RequestReader {
    private final Reading reading;
    private final MarkerPhrases markers;
    private final TimePhrases times;

    /** @param alone reads words as a question of their own */
    public RequestReader(List<Mention> mentions, Context context, Function<List<Mention>, Understood> alone) {
        this.reading = new Reading(
                Superlatives.inOrder(Coordination.spread(mentions)).stream()
                        .filter(m -> !(m instanceof Marker joint && joint.mark() == Mark.JOINT))
                        .toList(),
                context,
                alone);
        this.markers = new MarkerPhrases(reading);
        this.times = new TimePhrases(reading);
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

    private void step(Mention mention) {
        if (mention instanceof Marker marker) {
            markers.marker(marker);
        } else if (mention instanceof Rank rank) {
            reading.ranks().rank(rank);
        } else if (reading.ranks().isExtreme()) {
            reading.ranks().extreme();
        } else if (mention instanceof Compare compare) {
            reading.comparisons().compare(compare.comparison());
        } else if (mention instanceof Mention.Between between) {
            reading.comparisons().between(between);
        } else if (mention instanceof During during) {
            times.during(during);
        } else if (mention instanceof Mention.Place place) {
            reading.places().place(place);
        } else if (mention instanceof Mention.DayOfWeek day) {
            reading.conditions.days(reading.request, reading.lastTable, " = " + day.day(), " is " + day.text());
        } else if (mention instanceof Every every) {
            if (!times.isOfName(every)) {
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
