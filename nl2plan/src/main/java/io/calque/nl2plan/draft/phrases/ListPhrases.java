package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;

/** What a question lists to show: columns as they are, names as a whole, and tables beside columns. Single-threaded. */
final class ListPhrases {
    private final Reading reading;

    ListPhrases(Reading reading) {
        this.reading = reading;
    }

    static boolean isKeyMeant(String words) {
        return words.matches("(?i).*\\b(ids?|keys?|numbers?|codes?)\\b.*");
    }

    /** Whether rows have more than a key to be called by. */
    boolean isNamed(TableDescriptor table) {
        return !reading.context
                .rows()
                .key(table)
                .containsAll(reading.context.rows().label(table));
    }

    /** Whether a name that a table has in parts is meant as a whole. */
    boolean isWholeName(ColumnRef ref, String words) {
        List<ColumnRef> label = reading.context.rows().label(ref.table());
        return label.size() > 1
                && label.contains(ref)
                && words.matches("(?i)(\\w+ )?names?( of .*)?")
                && !words.matches("(?i)(first|last|sur|given|family|middle).*");
    }

    /** One of the columns that the question lists: shown as it is, or what it refers to by what names that. */
    void column(ColumnRef ref, String words) {
        reading.lastColumn = Optional.of(ref);
        reading.lastTable = Optional.of(ref.table());
        if (isWholeName(ref, words)) {
            reading.context.rows().label(ref.table()).forEach(part -> reading.show(new Attribute(part)));
            return;
        }
        if (words.matches("(?i)dates?|days?")) {
            reading.bareDates.add(new Attribute(ref));
        }
        Optional<TableDescriptor> target =
                isKeyMeant(words) || reading.context.rows().isNatural(ref)
                        ? Optional.empty()
                        : reading.context.rows().refersTo(ref);
        List<ColumnRef> label = target.map(reading.context.rows()::label).orElse(List.of());
        if (label.isEmpty()) {
            reading.show(new Attribute(ref));
        }
        label.forEach(part -> reading.show(new Attribute(part)));
    }

    /** "the names of the singers and the concerts": after columns, a table is listed as one more thing to show. */
    boolean isTableToo() {
        boolean listed = reading.isMark(-2, Mark.AND) || reading.isMark(-2, Mark.COMMA);
        boolean columns = !reading.request.outputs.isEmpty()
                && reading.request.outputs.stream().allMatch(o -> o instanceof Attribute);
        return listed && columns && (reading.grouped.isEmpty() || reading.returning);
    }

    /** "return the team and its average score": one row for each. */
    boolean isBesideFigure() {
        boolean begins = reading.at == 1 || reading.isMark(-2, Mark.RETURN) || reading.isMark(-2, Mark.STOP);
        boolean figure = reading.isMark(1, Mark.COUNT)
                || reading.ahead(1)
                        .filter(m -> m instanceof Mention.Aggregation || FormulaPhrases.isFormula(m))
                        .isPresent();
        return begins && figure && (reading.isMark(0, Mark.AND) || reading.isMark(0, Mark.COMMA));
    }

    void table(TableDescriptor table) {
        List<ColumnRef> label = reading.context.rows().label(table);
        boolean link = !isNamed(table)
                && reading.context.tables().stream()
                                .filter(t -> !reading.context
                                        .rows()
                                        .reference(table, t)
                                        .isEmpty())
                                .count()
                        > 1;
        if (label.isEmpty() || link) {
            // nothing calls the rows of a table that only links others
            reading.unexplained.add(table.name().table());
        }
        label.forEach(part -> reading.show(new Attribute(part)));
    }

    /** "details of all doctors": every column, where nothing is said of them that only some columns or groups have. */
    static void details(Reading reading) {
        if (!reading.details) {
            return;
        }
        boolean figures = reading.request.outputs.stream().anyMatch(Request::isFigure) || !reading.units.isEmpty();
        Optional<TableDescriptor> whose = figures || reading.grouped.size() > 1
                ? Optional.empty()
                : reading.grouped.stream().findFirst().or(() -> reading.request.subject);
        reading.grouped.clear();
        whose.ifPresentOrElse(t -> t.columns().forEach(c -> reading.show(new Attribute(new ColumnRef(t, c)))), () -> {
            boolean listedAfter = reading.mentions.stream()
                    .dropWhile(m -> !(m instanceof Marker d && d.mark() == Mark.DETAILS))
                    .anyMatch(m -> m instanceof Marker r && r.mark() == Mark.RETURN);
            if (!listedAfter) {
                // unless what is to be shown is listed after
                reading.unexplained.add("details");
            }
        });
    }
}
