package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * "the order value per region": a figure of rows, asked for groups of them, is their total where it is something that adds up. Of a price or a
 * length it is not said whether the average, the highest or what else is meant. Stateless.
 */
final class FiguresPerGroup {
    private static final Set<String> ADDS_UP = Stream.of(
                    "total", "amount", "value", "revenue", "sales", "turnover", "quantity", "spending", "payment")
            .map(Stems::of)
            .collect(Collectors.toUnmodifiableSet());

    private FiguresPerGroup() {}

    static void addUp(Reading reading) {
        Request request = reading.request;
        List<Item> shown = request.outputs.stream()
                .filter(o -> !request.groups.contains(o))
                .toList();
        boolean plain = request.measures().isEmpty()
                && request.ranked.isEmpty()
                && !reading.ranking
                && !reading.series
                && reading.shownTables.isEmpty()
                && !shown.isEmpty();
        if (!plain || !shown.stream().allMatch(o -> isFigure(o, reading))) {
            return;
        }
        for (Item item : shown) {
            ColumnRef figure = ((Attribute) item).column();
            List<String> words = reading.context.words(figure);
            boolean number = !words.isEmpty() && words.get(0).equals("number");
            if (!number && words.stream().noneMatch(ADDS_UP::contains)) {
                throw new NotUnderstood("it does not say which "
                        + figure.column().name() + " of each group is meant: the average, the highest, the total");
            }
            Measure total = new Measure(AggregateFunction.SUM, figure.table(), Optional.of(figure), Distinctness.AS_IS);
            request.outputs.replaceAll(o -> o.equals(item) ? total : o);
        }
    }

    /** A number of rows finer than the groups. */
    private static boolean isFigure(Item item, Reading reading) {
        return item instanceof Attribute attribute
                && ColumnKinds.numeric(new Link.ToColumn(
                        attribute.column().table(), attribute.column().column(), 1))
                && !reading.context.rows().isKey(attribute.column())
                && reading.grouped.stream()
                        .noneMatch(
                                g -> g.name().equals(attribute.column().table().name()));
    }
}
