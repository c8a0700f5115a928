package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;

/**
 * "bookings by service", "new tickets per month": a question that is a noun with what it is grouped by asks how many there are in each group. A
 * verb before it ("list the bookings by service") asks for the rows. Stateless.
 */
final class CountedPerGroup {
    private CountedPerGroup() {}

    static void count(Reading reading) {
        Request request = reading.request;
        Optional<TableDescriptor> subject = request.subject.or(() -> happened(reading));
        boolean plain = subject.isPresent()
                && request.measures().isEmpty()
                && request.having.isEmpty()
                && request.orders.isEmpty()
                && request.limit.isEmpty()
                && request.place.isEmpty()
                && request.ranked.isEmpty()
                && request.absent.isEmpty()
                && !reading.ranking
                && !request.running
                && reading.extremes.isEmpty()
                && !reading.askedWho
                && reading.grouped.stream()
                        .noneMatch(g -> g.name().equals(subject.get().name()));
        boolean groups = !request.groups.isEmpty() || !reading.units.isEmpty() || !reading.grouped.isEmpty();
        boolean others = request.outputs.stream().anyMatch(o -> !request.groups.contains(o));
        boolean names = request.groups.stream()
                .anyMatch(g -> g instanceof Attribute a
                        && subject.isPresent()
                        && (reading.context.rows().label(subject.get()).contains(a.column())
                                || reading.context.rows().key(subject.get()).contains(a.column())));
        if (!plain || !groups || others || names) {
            return;
        }
        boolean by = reading.mentions.stream().anyMatch(m -> m instanceof Marker marker && marker.mark() == Mark.BY);
        if (request.subject.isPresent() && !isNoun(reading, subject.get()) && by && reading.grouped.isEmpty()) {
            // "list the bookings by service": of the bookings nothing would be shown
            reading.unexplained.add("by");
        }
        if (request.subject.isEmpty() || isNoun(reading, subject.get())) {
            request.subject = Optional.empty();
            reading.shownTables.clear();
            reading.show(Reading.count(subject.get()));
        }
    }

    /** "bookings in May, by service", of rows that say when they were booked. */
    private static Optional<TableDescriptor> happened(Reading reading) {
        Optional<Mention> first = reading.mentions.stream().findFirst();
        return first.filter(m -> m instanceof Linked && m.text().matches("(?i)\\w+(ings|als|ments|ions|ries)"))
                .flatMap(m -> reading.context.pick((Linked) m, l -> true))
                .filter(l -> l instanceof Link.ToColumn c && ColumnKinds.temporal(c.column()))
                .map(Link::table);
    }

    /** Whether nothing but adjectives stands before the noun, and the grouping after it. */
    private static boolean isNoun(Reading reading, TableDescriptor subject) {
        boolean grouped = reading.mentions.stream()
                .anyMatch(m -> m instanceof Marker by && (by.mark() == Mark.BY || by.mark() == Mark.PER)
                        || m instanceof Mention.Every);
        for (Mention mention : reading.mentions) {
            Optional<Link> link =
                    mention instanceof Linked linked ? reading.context.pick(linked, l -> true) : Optional.empty();
            if (link.filter(l -> l instanceof Link.ToTable).isPresent()) {
                return grouped && link.get().table().name().equals(subject.name());
            }
            boolean adjective = link.filter(l -> l instanceof Link.ToValue).isPresent()
                    || mention instanceof Mention.Unknown unknown
                            && unknown.text().equalsIgnoreCase("new")
                    || mention instanceof Mention.Every;
            if (!adjective) {
                return false;
            }
        }
        return false;
    }
}
