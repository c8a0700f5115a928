package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Optional;

/**
 * What a question asks beside what was read of it: the rows of "which department ..., and how many credits", the date of "when", the people
 * of "who". Where it cannot be told, the word stays unexplained, so that nothing asked is left out in silence. Stateless.
 */
final class AskedToo {
    private AskedToo() {}

    static void show(Reading reading) {
        if (reading.figureToo) {
            reading.request.orders.stream()
                    .map(Request.Order::item)
                    .filter(Request::isFigure)
                    .findFirst()
                    .or(() -> reading.request.outputs.stream()
                            .filter(Request::isFigure)
                            .findFirst())
                    .ifPresentOrElse(reading::show, () -> reading.unexplained.add("how many"));
        }
        if (reading.valuesAsked && !reading.request.absent.isEmpty()) {
            // "in which towns do we have customers but no depot": not those of customers without one
            reading.unexplained.add("no " + reading.request.absent.get(0).name().table());
        }
        which(reading);
        whichTable(reading);
        when(reading);
        who(reading);
    }

    private static void which(Reading reading) {
        Request request = reading.request;
        boolean figuresAlone = !request.outputs.isEmpty()
                && request.outputs.stream().allMatch(o -> o instanceof Measure)
                && request.orders.isEmpty()
                && request.having.isEmpty()
                && !reading.ranking
                && reading.grouped.isEmpty()
                && reading.units.isEmpty();
        reading.askedFirst
                .filter(t -> figuresAlone)
                .filter(t ->
                        request.measures().stream().noneMatch(m -> m.of().name().equals(t.name())))
                .ifPresent(reading.grouped::add);
    }

    /** "which features do the people use": features, whatever else is named. */
    private static void whichTable(Reading reading) {
        Request request = reading.request;
        boolean asked = reading.askedFirst
                .filter(t ->
                        request.subject.filter(s -> s.name().equals(t.name())).isPresent())
                .filter(t -> request.outputs.stream()
                        .allMatch(o -> o instanceof Attribute a
                                && !a.column().table().name().equals(t.name())
                                && !reading.context.rows().key(t).contains(a.column())))
                .isPresent();
        boolean listed = reading.mentions.stream()
                .anyMatch(m -> m instanceof Marker marker
                        && (marker.mark() == Mark.RETURN
                                || marker.mark() == Mark.AND
                                || marker.mark() == Mark.COMMA
                                || marker.mark() == Mark.STOP));
        if (asked && !request.outputs.isEmpty() && !listed && reading.units.isEmpty() && request.groups.isEmpty()) {
            reading.unexplained.add("which " + reading.askedFirst.get().name().table());
        }
    }

    private static void when(Reading reading) {
        if (!reading.askedWhen || !reading.units.isEmpty()) {
            return;
        }
        Request request = reading.request;
        boolean told = request.outputs.stream().anyMatch(AskedToo::isTime) || !reading.extremes.isEmpty();
        if (told) {
            return;
        }
        if (reading.lastTime.isPresent()) {
            reading.unexplained.add(reading.lastTime.get().text());
            return;
        }
        Optional<TableDescriptor> whose = request.subject.or(() -> reading.lastTable);
        boolean rows = request.measures().isEmpty() && reading.grouped.isEmpty();
        Optional<ColumnRef> time = rows ? whose.flatMap(reading.context.times()::of) : Optional.empty();
        time.ifPresentOrElse(
                t -> {
                    whose.ifPresent(w -> {
                        if (request.subject.isPresent() && request.outputs.isEmpty()) {
                            reading.context.rows().label(w).forEach(c -> reading.show(new Attribute(c)));
                        }
                    });
                    reading.show(new Attribute(t));
                },
                () -> reading.unexplained.add("when"));
    }

    private static boolean isTime(Item item) {
        if (item instanceof Attribute attribute) {
            return ColumnKinds.temporal(attribute.column().column());
        }
        return item instanceof Request.Bucket
                || item instanceof Measure measure
                        && measure.column()
                                .filter(c -> ColumnKinds.temporal(c.column()))
                                .isPresent();
    }

    private static void who(Reading reading) {
        Request request = reading.request;
        boolean told = request.subject.isPresent()
                || !reading.grouped.isEmpty()
                || request.outputs.stream()
                        .anyMatch(o -> o instanceof Attribute a
                                && (WhoAsked.isPeople(a.column().table(), reading.context)
                                        || ColumnKinds.text(a.column().column())));
        if (reading.askedWho && !told) {
            reading.unexplained.add("who");
        }
    }
}
