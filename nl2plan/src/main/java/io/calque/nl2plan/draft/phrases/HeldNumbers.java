package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.RowValue;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Numbers that rows hold, and figures of them: "the average number of rooms" where a column says how many. Single-threaded. */
final class HeldNumbers {
    /** Numbers that order or name, and that nobody adds up. */
    private static final Set<String> SCALES = Stream.of(
                    "level", "rank", "grade", "year", "age", "season", "month", "day", "position", "version", "class")
            .map(Stems::of)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> OF_THEM = Set.of("of them", "of these", "of those");

    private final Reading reading;

    HeldNumbers(Reading reading) {
        this.reading = reading;
    }

    /** Whether a column of this name holds numbers that nobody adds up. */
    static boolean isScale(List<String> words) {
        return words.stream().anyMatch(SCALES::contains);
    }

    /** An aggregate of a column that holds numbers of what is named. */
    Optional<Measure> figure(AggregateFunction function, Linked linked) {
        return reading.context
                .pick(linked, this::isQuantity)
                .map(l -> measure(function, (Link.ToColumn) l))
                .or(() -> asText(function, linked));
    }

    /** The same of numbers that are kept as text. */
    Optional<Measure> asText(AggregateFunction function, Linked linked) {
        return reading.context
                .pick(linked, reading.context.amounts()::isNumberAsText)
                .map(l ->
                        Measure.of(function, RowValue.number(new ColumnRef(l.table(), ((Link.ToColumn) l).column()))));
    }

    /** Whether a column holds numbers that say how much, and not which. */
    boolean isQuantity(Link link) {
        return ColumnKinds.numeric(link)
                && !reading.context.rows().isKey(new ColumnRef(link.table(), ((Link.ToColumn) link).column()));
    }

    Measure measure(AggregateFunction function, Link.ToColumn column) {
        ColumnRef ref = new ColumnRef(column.table(), column.column());
        reading.lastColumn = Optional.of(ref);
        reading.lastTable = Optional.of(ref.table());
        return new Measure(function, column.table(), Optional.of(ref), Distinctness.AS_IS);
    }

    /** Rows of "visits" that hold how many visits there were. */
    Optional<ColumnRef> ofItsName(TableDescriptor table) {
        return table.columns().stream()
                .filter(c -> c.type().isNumeric())
                .map(c -> new ColumnRef(table, c))
                .filter(c -> !reading.context.rows().isKey(c)
                        && reading.context.words(c).equals(reading.context.words(table)))
                .findFirst();
    }

    /** "the average price and weight": of both. */
    Optional<Measure> another(Measure first) {
        boolean adds = reading.role == Reading.Role.SHOWN || reading.role == Reading.Role.GROUPED;
        if (!adds
                || first.function() == AggregateFunction.COUNT
                || first.column().isEmpty()) {
            return Optional.empty();
        }
        int name = 0;
        while (reading.isMark(name, Mark.AND) || reading.isMark(name, Mark.COMMA)) {
            name++;
        }
        boolean compared = reading.ahead(name + 1)
                .filter(m -> m instanceof Mention.Compare)
                .isPresent();
        Optional<Link> other = name == 0 || compared
                ? Optional.empty()
                : reading.linked(name).flatMap(l -> reading.context.pick(l, x -> true));
        boolean same = other.filter(l -> l.score() > 0.6
                        && isQuantity(l)
                        && l.table().name().equals(first.of().name())
                        && !reading.context
                                .words(new ColumnRef(l.table(), ((Link.ToColumn) l).column()))
                                .contains("year"))
                .isPresent();
        if (!same) {
            return Optional.empty();
        }
        reading.at += name + 1;
        return Optional.of(
                measure(first.function(), (Link.ToColumn) other.orElseThrow()).at(first.fraction()));
    }

    /** "of each kind of parcel, how many are there": parcels. */
    Optional<Measure> ofThem() {
        int place = reading.at;
        if (reading.ahead(0)
                .filter(m -> OF_THEM.contains(m.text().toLowerCase(Locale.ROOT)))
                .isPresent()) {
            reading.at++;
        }
        boolean ends = reading.ahead(0).isEmpty() || reading.isMark(0, Mark.STOP) || reading.isMark(0, Mark.PER);
        boolean alone = !reading.ranking
                && reading.pendingTop.isEmpty()
                && reading.request.measures().isEmpty()
                && reading.shownTables.size() < 2;
        if (!ends || !alone) {
            reading.at = place;
            return Optional.empty();
        }
        return reading.request
                .subject
                .or(() -> reading.lastColumn.map(ColumnRef::table))
                .map(Reading::count);
    }
}
