package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * "the most common colour", "ordered the most often", "nominated the greatest number of times": what is shown, by how many rows have it.
 * Stateless.
 */
final class Frequencies {
    private Frequencies() {}

    static boolean isFrequency(Rank rank) {
        return rank.text()
                .toLowerCase(Locale.ROOT)
                .matches(".*(often|frequent|frequently|common|commonly|popular|prevalent|times)");
    }

    /** A superlative that named no figure: the one measure shown is what ranks, or how many rows there are. */
    static void rank(Reading reading, Rank rank) {
        Request request = reading.request;
        List<Measure> shown = request.measures();
        if (shown.size() == 1) {
            request.orders.add(new Order(shown.get(0), rank.direction()));
            limit(reading, rank);
            return;
        }
        Optional<TableDescriptor> counted = isFrequency(rank) && shown.isEmpty() ? counted(reading) : Optional.empty();
        if (counted.isEmpty()) {
            reading.unexplained.add(rank.text());
            return;
        }
        boolean columns = request.outputs.stream().allMatch(o -> o instanceof Attribute);
        if (columns && !request.outputs.isEmpty()) {
            request.subject = Optional.empty();
            request.outputs.forEach(request.groups::add);
        }
        request.orders.add(new Order(Reading.count(counted.get()), rank.direction()));
        limit(reading, rank);
    }

    private static void limit(Reading reading, Rank rank) {
        if (isFrequency(rank) && reading.request.limit.isEmpty() && reading.request.place.isEmpty()) {
            reading.request.limit = OptionalLong.of(1);
            reading.request.ties = Request.Ties.KEEP;
        }
    }

    /**
     * The rows that are counted: those that are spoken of beside what is shown, where they have at most one of it each; else the rows that
     * what is shown is a column of.
     */
    private static Optional<TableDescriptor> counted(Reading reading) {
        Request request = reading.request;
        List<TableDescriptor> shown = request.outputs.stream()
                .filter(o -> o instanceof Attribute)
                .map(o -> ((Attribute) o).column().table())
                .distinct()
                .toList();
        if (shown.size() > 1) {
            return Optional.empty();
        }
        Optional<TableDescriptor> of = shown.stream().findFirst().or(() -> request.subject);
        if (of.isEmpty()) {
            return Optional.empty();
        }
        List<TableDescriptor> beside = Stream.concat(
                        request.subject.stream(), Stream.concat(request.required.stream(), reading.grouped.stream()))
                .filter(t -> !t.name().equals(of.get().name()))
                .filter(t -> reading.context.rows().refers(t, of.get()))
                .distinct()
                .toList();
        if (beside.size() == 1) {
            reading.grouped.removeIf(t -> t.name().equals(beside.get(0).name()));
            return Optional.of(beside.get(0));
        }
        boolean column = request.outputs.stream()
                .filter(o -> o instanceof Attribute)
                .map(o -> ((Attribute) o).column())
                .anyMatch(c -> !isOfOneRow(reading, c));
        return beside.isEmpty() && column ? of : Optional.empty();
    }

    /** Each row has a key, and mostly a name, of its own. */
    private static boolean isOfOneRow(Reading reading, ColumnRef column) {
        return reading.context.rows().key(column.table()).equals(List.of(column));
    }
}
