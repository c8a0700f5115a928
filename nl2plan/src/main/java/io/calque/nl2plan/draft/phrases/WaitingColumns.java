package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Columns named where a condition is said, until something is said of them: "members who have a phone number" keeps those that have one, and
 * of a column of other rows nobody knows what is meant. Single-threaded.
 */
final class WaitingColumns {
    /** What says only of what kind a figure is. */
    private static final Set<String> NUMBERS =
            Set.of("amount", "amounts", "number", "numbers", "value", "values", "total", "totals");

    private final Map<ColumnRef, String> waiting = new LinkedHashMap<>();

    void add(ColumnRef column, String words) {
        // "cities that have hosted a fair": a verb says no more than what follows it
        boolean verb = words.matches("(?i)\\w+ed");
        if (!verb && !NUMBERS.contains(words.toLowerCase(Locale.ROOT))) {
            waiting.putIfAbsent(column, words);
        }
    }

    /** To be called when all is read: what no condition, figure or order took up is not understood. */
    void finish(Reading reading) {
        Request request = reading.request;
        waiting.forEach((column, words) -> {
            boolean conditioned = request.conditions.stream()
                    .flatMap(c -> c.columns().stream())
                    // "mountains in the country of Peru" may be said of the other rows that have a country
                    .anyMatch(c ->
                            c.column().name().equalsIgnoreCase(column.column().name()));
            boolean used = conditioned
                    || request.outputs.contains(new Attribute(column))
                    || request.groups.contains(new Attribute(column))
                    || request.orders.stream().anyMatch(o -> o.item().equals(new Attribute(column)))
                    || request.measures().stream()
                            .anyMatch(m -> m.column().filter(column::equals).isPresent()
                                    || m.value().isPresent())
                    || !request.pairs.isEmpty()
                    || !request.bounds.isEmpty()
                    || !request.beside.isEmpty()
                    || !request.averages.isEmpty()
                    || !request.memberships.isEmpty()
                    || reading.context.rows().isKey(column);
            if (!used) {
                reading.unexplained.add(words);
            }
        });
    }
}
