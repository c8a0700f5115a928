package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.draft.words.PeriodReader;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Stems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Times that are said: each is kept with the words before it, since which date it is said of is only known once the whole question is read.
 * Single-threaded.
 */
final class TimePhrases {
    private final Reading reading;

    TimePhrases(Reading reading) {
        this.reading = reading;
    }

    /** A time is said of the nearest word before it that a date is named after. */
    void during(During during) {
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
        reading.times.add(new Timed(during, before, joined, of, Optional.empty()));
        boolean each =
                reading.at > 0 && reading.mentions.get(reading.at - 1) instanceof Marker per && per.mark() == Mark.PER;
        if (each) {
            // "in each of the last 8 weeks"
            String last = during.text().substring(during.text().lastIndexOf(' ') + 1);
            PeriodReader.unit(last).ifPresent(unit -> reading.units.add(new Every(unit, last)));
        }
    }

    /** "what does it cost per month", of a price that is one per month. */
    boolean isOfName(Every every) {
        String unit = Stems.of(every.unit().name().toLowerCase(Locale.ROOT));
        return reading.isMark(-1, Mark.PER)
                && reading.lastColumn
                        .filter(c -> c.column().type().isNumeric()
                                && reading.context.words(c).stream().anyMatch(w -> w.startsWith(unit)))
                        .isPresent();
    }
}
