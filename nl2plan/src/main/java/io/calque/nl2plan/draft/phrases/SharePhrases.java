package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;
import java.util.OptionalInt;

/** Shares of rows: "what percentage of the orders came late". What is said after it does not restrict but is counted. Single-threaded. */
final class SharePhrases {
    private final Reading reading;
    private final TimePhrases times;

    SharePhrases(Reading reading) {
        this.reading = reading;
        this.times = new TimePhrases(reading);
    }

    /** "percentage of tracks that are Rock": what is said after is no condition but what is counted. */
    void share(Marker marker) {
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
            times.during(during);
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
}
