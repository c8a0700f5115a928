package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.phrases.Reading.Role;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;

/** Texts in quotes, names in capitals and pieces of text. Single-threaded. */
final class TextPhrases {
    private final Reading reading;

    TextPhrases(Reading reading) {
        this.reading = reading;
    }

    /** "'M5' in its number": text within a column that is named after it. */
    boolean within(Quoted quoted) {
        Optional<ColumnRef> column = behind();
        if (column.isEmpty()) {
            return false;
        }
        reading.conditions.like(column.get(), Mention.LikeKind.CONTAINS, quoted.text(), reading.negation());
        reading.at += 3;
        return true;
    }

    /** A name in capitals is a value only where a column or a condition waits for one. */
    void quoted(Quoted quoted) {
        Optional<TableDescriptor> whose =
                quoted.source() == Quoted.Source.CAPITALS && quoted.text().matches(".*\\d.*\\d.*")
                        ? tableBefore()
                        : Optional.empty();
        if (whose.isPresent()) {
            reading.conditions.text(quoted.text(), Optional.empty(), whose, reading.negation());
            return;
        }
        boolean expected = quoted.source() == Quoted.Source.QUOTES
                || reading.role == Role.CONDITION
                || reading.lastColumn.filter(c -> ColumnKinds.text(c.column())).isPresent() && !reading.returning;
        if (within(quoted)) {
            return;
        }
        boolean place = quoted.source() == Quoted.Source.CAPITALS
                && reading.lastColumn.filter(c -> ColumnKinds.text(c.column())).isEmpty()
                && reading.ahead(-1)
                        .filter(m -> m.text().matches("(?i)in|from|at"))
                        .isPresent();
        if (!expected || place) {
            // "customers in Frnce": no column has the value, and what a row is called is no place
            reading.unexplained.add(quoted.text());
            return;
        }
        if (quoted.source() == Quoted.Source.CAPITALS) {
            reading.conditions.text(quoted.text(), reading.lastColumn, reading.lastTable, reading.negation());
            return;
        }
        Optional<TableDescriptor> table = reading.lastTable
                .or(() -> reading.lastColumn.map(ColumnRef::table))
                .or(() -> reading.request.subject);
        boolean ofRows = reading.ahead(-1)
                        .filter(m -> m.text().matches("(?i)named|called|titled|entitled|with the name|with the title"))
                        .isPresent()
                || reading.linked(-1)
                        .flatMap(l -> reading.context.pick(l, x -> true))
                        .filter(l -> l instanceof Link.ToTable)
                        .isPresent();
        // "the author 'Ann Lee'" goes by what authors are called, whatever was said before
        reading.conditions.text(
                quoted.text(), ofRows ? Optional.empty() : reading.lastColumn, table, reading.negation());
    }

    /** A piece of text, of the column named before or after it, else of what rows are called. */
    void like(Like like) {
        reading.at++;
        boolean quoted = reading.ahead(0).filter(m -> m instanceof Quoted).isPresent();
        boolean text = quoted
                || reading.ahead(0)
                        .filter(m -> m instanceof Unknown
                                || m instanceof Linked value && value.links().get(0) instanceof Link.ToValue)
                        .isPresent();
        Optional<ColumnRef> behind = quoted ? behind() : Optional.empty();
        Optional<ColumnRef> column = behind.or(() -> reading.lastColumn.filter(c -> ColumnKinds.text(c.column())))
                .or(() -> quoted ? label() : Optional.empty());
        if (like.kind() == Mention.LikeKind.CONTAINS && (!text || column.isEmpty())) {
            // "playlists that contain more than 20 tracks"
            reading.role = Role.CONDITION;
            return;
        }
        if (reading.ahead(0).isEmpty() || column.isEmpty()) {
            reading.unexplained.add(like.text());
            return;
        }
        boolean denied = reading.negation();
        reading.conditions.like(
                column.get(), like.kind(), reading.ahead(0).orElseThrow().text(), denied);
        reading.at++;
        while (!denied
                && reading.isMark(0, Mark.OR)
                && reading.ahead(1).filter(m -> m instanceof Quoted).isPresent()) {
            // "starts with 'A' or 'B'"
            List<Request.Condition> conditions = reading.request.conditions;
            Request.Condition one = conditions.get(conditions.size() - 1);
            reading.conditions.like(
                    column.get(), like.kind(), reading.ahead(1).orElseThrow().text(), false);
            reading.conditions.either(one, conditions.get(conditions.size() - 1));
            reading.at += 2;
        }
        if (behind.isPresent()) {
            reading.at += 2;
        }
    }

    /** "'M5' in its number": the column behind the text. */
    private Optional<ColumnRef> behind() {
        boolean in = reading.ahead(1).filter(m -> m.text().equals("in")).isPresent();
        return in
                ? reading.linked(2)
                        .flatMap(l -> reading.context.pick(
                                l,
                                x -> x instanceof Link.ToColumn c && ColumnKinds.text(c.column()) && x.score() > 0.6))
                        .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()))
                : Optional.empty();
    }

    private Optional<ColumnRef> label() {
        List<ColumnRef> label = reading.lastTable
                .or(() -> reading.request.subject)
                .map(t -> reading.context.rows().label(t))
                .orElse(List.of());
        return label.size() == 1
                ? Optional.of(label.get(0)).filter(c -> ColumnKinds.text(c.column()))
                : Optional.empty();
    }

    /** "parcel AB123456", "the weight of parcel AB123456": the parcel's, whatever column was named before. */
    private Optional<TableDescriptor> tableBefore() {
        return reading.linked(-1)
                .flatMap(said -> reading.context
                        .pick(said, x -> true)
                        .filter(l -> l instanceof Link.ToTable
                                || reading.context
                                        .words(l.table())
                                        .contains(Stems.of(said.text()
                                                .substring(said.text().lastIndexOf(' ') + 1)))))
                .map(Link::table);
    }
}
