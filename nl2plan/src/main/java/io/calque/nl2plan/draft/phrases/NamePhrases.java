package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides what a name of the catalog means where it stands: a value, a table, a column, or a column that stands for the rows it refers to.
 * What each of these says of the request is read by a piece of its own. Single-threaded.
 */
final class NamePhrases {
    private final Reading reading;
    private final ValuePhrases values;
    private final ListPhrases lists;

    NamePhrases(Reading reading) {
        this.reading = reading;
        this.values = new ValuePhrases(reading);
        this.lists = new ListPhrases(reading);
    }

    void named() {
        if (reading.mentions.get(reading.at) instanceof Aggregation) {
            reading.measures().measure();
            return;
        }
        if (!(reading.mentions.get(reading.at) instanceof Linked said)) {
            return;
        }
        Linked linked = values.ofRole(said);
        reading.at++;
        boolean countSaid = reading.returning
                && said.text().matches("(?i)counts?|numbers?|totals?")
                && reading.request.measures().size() == 1
                && !reading.grouped.isEmpty();
        if (countSaid) {
            // "how many visits does each have? List the name and the count": the one that is asked for
            return;
        }
        boolean whose = reading.ahead(-2)
                .filter(m -> m.text().equalsIgnoreCase("whose"))
                .isPresent();
        Optional<TableDescriptor> focus = reading.role == Role.SHOWN
                ? reading.grouped.stream().findFirst().or(() -> reading.request.subject)
                : whose ? reading.lastTable : Optional.empty();
        Link link = ofMeasured(linked, reading.context.pick(linked, focus));
        if (link instanceof Link.ToValue) {
            Optional<Link.ToColumn> named = values.columnOfNext(linked);
            if (named.isPresent()) {
                link = named.get();
            }
        }
        if (link instanceof Link.ToTable && reading.isMark(0, Mark.RANK)) {
            // "customer rank": whose rank it is
            reading.lastTable = Optional.of(link.table());
            return;
        }
        if (link instanceof Link.ToValue && reading.isMark(0, Mark.SHARE) && isRate(reading.mentions.get(reading.at))) {
            reading.at++;
            reading.formulas().rate((Link.ToValue) reading.context.pickValue(linked, reading.lastColumn));
            return;
        }
        if (link instanceof Link.ToValue) {
            values.value(linked);
            return;
        }
        if (link instanceof Link.ToTable table) {
            reading.tables().table(table.table());
            return;
        }
        Link.ToColumn column = (Link.ToColumn) link;
        if (linked.listed() && reading.role == Role.SHOWN) {
            ColumnRef shown = new ColumnRef(column.table(), column.column());
            reading.valuesAsked |= reading.columns().isAskedByValue(shown);
            lists.column(shown, linked.text());
            return;
        }
        boolean itsNumber = linked.text().matches("(?i)numbers?|ids?")
                && reading.role == Role.SHOWN
                && reading.request
                        .subject
                        .filter(s -> !s.name().equals(column.table().name()))
                        .isPresent();
        if (itsNumber) {
            // "which invoices ...? Number and amount": theirs
            reading.context
                    .rows()
                    .key(reading.request.subject.orElseThrow())
                    .forEach(key -> reading.show(new Attribute(key)));
            return;
        }
        ColumnRef ref = new ColumnRef(column.table(), column.column());
        List<ColumnRef> label = reading.context.rows().label(ref.table());
        boolean wholeName = lists.isWholeName(ref, linked.text()) && reading.role == Role.SHOWN;
        boolean ofNext = linked.text().matches("(?i)names?|titles?")
                && reading.role == Role.SHOWN
                && reading.linked(0)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable
                                && !l.table().name().equals(ref.table().name()))
                        .filter(l -> lists.isNamed(l.table()))
                        .isPresent();
        if (ofNext) {
            TableDescriptor next = reading.context
                    .pick(reading.linked(0).orElseThrow(), l -> l instanceof Link.ToTable)
                    .orElseThrow()
                    .table();
            reading.context.rows().label(next).forEach(part -> reading.show(new Attribute(part)));
            reading.at++;
            reading.lastTable = Optional.of(next);
            return;
        }
        if (wholeName) {
            label.forEach(part -> reading.show(new Attribute(part)));
            return;
        }
        boolean verb = linked.text()
                        .matches(
                                "(?i)(.*ed|sent|left|born|sold|bought|paid|spent|sign|sign up|join|register|built|began|held)")
                && (ColumnKinds.temporal(column.column())
                        || reading.context.words(ref).contains("year") && column.score() < 0.9)
                && reading.ahead(0).filter(m -> m instanceof During).isEmpty();
        boolean bare = reading.role == Role.SHOWN
                && ColumnKinds.temporal(column.column())
                && linked.text().matches("[a-z]+")
                && column.column().name().toLowerCase(Locale.ROOT).contains(linked.text() + "ed")
                && reading.ahead(-2)
                        .filter(m ->
                                m instanceof Linked || m instanceof Marker before && before.mark() == Mark.UNSUPPORTED)
                        .isPresent();
        verb |= bare;
        if (verb && reading.request.distinctness == Distinctness.AS_IS && !reading.returning && !reading.negated) {
            // "lines shipped by mail" asks for no date
            return;
        }
        boolean keyMeant = ListPhrases.isKeyMeant(linked.text());
        if (column.score() < 0.9 && reading.context.rows().isKey(ref) && !keyMeant) {
            Optional<TableDescriptor> only = reading.context.rows().refersAlone(ref, reading.context.named());
            if (linked.text().contains(" ") && only.isPresent()) {
                // "the host cities" of competitions that refer to no other cities
                reading.tables().table(only.get());
                reading.request.required.add(ref.table());
                return;
            }
            if (linked.text().contains(" ")) {
                // "the family doctor": another way to the doctors than the one that is gone
                reading.unexplained.add(linked.text());
            }
            // "supports" is no wish to see support_rep_id
            return;
        }
        boolean measuredAlready = column.score() < 0.95
                && reading.role == Reading.Role.SHOWN
                && reading.request.measures().stream()
                        .anyMatch(m -> m.column().filter(ref::equals).isPresent());
        if (measuredAlready) {
            // "the average number of years spent working"
            return;
        }
        Optional<TableDescriptor> target = keyMeant || isCalledAfterItself(ref)
                ? Optional.empty()
                : reading.context.rows().refersTo(ref);
        if (target.isPresent()) {
            reading.tables().table(target.get());
            return;
        }
        reading.columns().column(ref);
    }

    /** "classroom", where teachers are told by theirs: the number of the room, and not who teaches there. */
    private boolean isCalledAfterItself(ColumnRef ref) {
        List<String> words = reading.context.words(ref);
        return reading.context
                .rows()
                .refersTo(ref)
                .filter(t -> t.column(ref.column().name()).isPresent())
                .filter(t -> reading.context.words(t).stream().noneMatch(words::contains))
                .filter(t -> words.stream().noneMatch(w -> w.equals("id") || w.equals("key") || w.equals("code")))
                .isPresent();
    }

    /** "the average price by grape": rows that are measured are told apart by a column of their own where they have it. */
    private Link ofMeasured(Linked linked, Link best) {
        if (reading.role != Reading.Role.GROUPED || !(best instanceof Link.ToColumn)) {
            return best;
        }
        return reading.request.measures().stream()
                .flatMap(m -> linked.links().stream()
                        .filter(l ->
                                l instanceof Link.ToColumn && l.table().name().equals(m.of().name())))
                .filter(l -> l.score() >= best.score())
                .findFirst()
                .orElse(best);
    }

    private static boolean isRate(Mention share) {
        return share.text().matches("(?i)rates?|percentage|ratio");
    }
}
