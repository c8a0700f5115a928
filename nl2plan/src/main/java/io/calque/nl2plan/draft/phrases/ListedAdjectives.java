package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values of one column, listed before the noun that they restrict: "urgent and high priority tickets", "lost, damaged or late parcels". The
 * column's own name may stand between. Stateless.
 */
final class ListedAdjectives {
    private ListedAdjectives() {}

    /**
     * Adds the condition and moves on to the noun.
     *
     * @return false where nothing is listed here, or no table follows
     */
    static boolean read(Reading reading) {
        List<Linked> listed = new ArrayList<>();
        int at = 0;
        while (value(reading, at).isPresent()) {
            listed.add(reading.linked(at).orElseThrow());
            at++;
            int next = at;
            while (joins(reading, next)) {
                next++;
            }
            if (next == at || value(reading, next).isEmpty()) {
                break;
            }
            at = next;
        }
        if (listed.size() < 2) {
            return false;
        }
        Optional<ColumnRef> column = common(reading, listed);
        int end = at;
        int noun = column.filter(c -> names(reading, end, c)).isPresent() ? end + 1 : end;
        // "high priority tickets", where the last two words are one name
        boolean whole = noun > end
                && reading.linked(end).filter(l -> l.text().indexOf(' ') > 0).isPresent();
        noun = whole ? end : noun;
        boolean table = whole
                || column.isPresent()
                        && reading.linked(noun)
                                .flatMap(l -> reading.context.pick(l, x -> true))
                                .filter(l -> l instanceof Link.ToTable)
                                .isPresent();
        if (!table) {
            return false;
        }
        List<Link.ToValue> values = listed.stream()
                .map(l -> of(l, column.orElseThrow()).orElseThrow())
                .toList();
        for (Link.ToValue value : values) {
            reading.conditions.value(value, false);
        }
        reading.at += noun;
        return true;
    }

    private static boolean joins(Reading reading, int at) {
        return reading.isMark(at, Mark.AND) || reading.isMark(at, Mark.OR) || reading.isMark(at, Mark.COMMA);
    }

    private static Optional<Linked> value(Reading reading, int at) {
        return reading.linked(at)
                .filter(l -> reading.context
                        .pick(l, x -> true)
                        .filter(x -> x instanceof Link.ToValue)
                        .isPresent());
    }

    /** The one column that has all of them. */
    private static Optional<ColumnRef> common(Reading reading, List<Linked> listed) {
        List<ColumnRef> columns = listed.get(0).links().stream()
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> new ColumnRef(l.table(), ((Link.ToValue) l).column()))
                .filter(c -> listed.stream().allMatch(l -> of(l, c).isPresent()))
                .distinct()
                .toList();
        return columns.size() == 1 ? Optional.of(columns.get(0)) : Optional.empty();
    }

    private static Optional<Link.ToValue> of(Linked linked, ColumnRef column) {
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToValue v && new ColumnRef(v.table(), v.column()).equals(column))
                .map(l -> (Link.ToValue) l)
                .findFirst();
    }

    private static boolean names(Reading reading, int at, ColumnRef column) {
        return reading.linked(at).stream()
                .flatMap(l -> l.links().stream())
                .anyMatch(l -> l instanceof Link.ToColumn c && new ColumnRef(c.table(), c.column()).equals(column));
    }
}
