package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which of the columns that hold a value is meant: the one named behind it, or the one that its preposition speaks of. Single-threaded. */
final class ValueMeant {
    private static final Set<String> FROM =
            stems("origin", "source", "from", "departure", "departing", "start", "starting", "begin", "sender");
    private static final Set<String> TO =
            stems("destination", "target", "to", "arrival", "arriving", "end", "ending", "receiver", "recipient");

    private final Reading reading;

    ValueMeant(Reading reading) {
        this.reading = reading;
    }

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /** "Orange county": the noun behind the value, which is read too. */
    Optional<Link.ToValue> beforeNoun(Linked linked) {
        Optional<Linked> noun = reading.linked(0)
                .filter(n -> reading.context
                        .pick(n, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .isEmpty());
        Optional<Link.ToValue> value = noun.flatMap(n -> values(linked).stream()
                .filter(v -> n.links().stream()
                        .anyMatch(l -> l instanceof Link.ToColumn c
                                && c.score() > 0.6
                                && new ColumnRef(c.table(), c.column()).equals(column(v))))
                .findFirst());
        if (value.isPresent()) {
            reading.at++;
        }
        return value;
    }

    /** "from Lyon to Graz", where two columns of a table hold towns. */
    Optional<Link.ToValue> byDirection(Linked linked) {
        String preposition = reading.ahead(-2).map(Mention::text).orElse("");
        boolean from = preposition.equalsIgnoreCase("from");
        boolean to = preposition.equalsIgnoreCase("to");
        return from || to
                ? values(linked).stream()
                        .filter(v -> reading.context.words(column(v)).stream().anyMatch((from ? FROM : TO)::contains))
                        .findFirst()
                : Optional.empty();
    }

    /** "in the state 'Ohio'", where something else is called State: the column that holds what is said next. */
    Optional<Link.ToColumn> columnOfNext(Linked linked) {
        Optional<Linked> next = reading.linked(0);
        boolean small = Character.isLowerCase(linked.text().charAt(0));
        return next.filter(n -> small)
                .flatMap(n -> linked.links().stream()
                        .filter(l -> l instanceof Link.ToColumn)
                        .map(l -> (Link.ToColumn) l)
                        .filter(c -> values(n).stream()
                                .anyMatch(v -> column(v).equals(new ColumnRef(c.table(), c.column()))))
                        .findFirst());
    }

    private static List<Link.ToValue> values(Linked linked) {
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> (Link.ToValue) l)
                .toList();
    }

    private static ColumnRef column(Link.ToValue value) {
        return new ColumnRef(value.table(), value.column());
    }
}
