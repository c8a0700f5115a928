package io.calque.nl2plan.draft;

import io.calque.nl2plan.draft.Request.Attribute;
import io.calque.nl2plan.draft.Request.Bucket;
import io.calque.nl2plan.draft.Request.Condition;
import io.calque.nl2plan.draft.Request.Distinctness;
import io.calque.nl2plan.draft.Request.Item;
import io.calque.nl2plan.draft.Request.Measure;
import io.calque.nl2plan.plan.PlanNode.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A request told back to the asker. Stateless. */
final class RequestWords {
    private RequestWords() {}

    static String of(Request request) {
        StringBuilder words = new StringBuilder(request.outputs.stream()
                .map(item -> item(item, request.shareConditions()))
                .collect(Collectors.joining(", ")));
        List<String> parts = new ArrayList<>();
        if (!request.filters().isEmpty()) {
            parts.add(
                    "where " + request.filters().stream().map(Condition::words).collect(Collectors.joining(" and ")));
        }
        request.required.forEach(t -> parts.add("with " + t.name().table()));
        request.absent.forEach(t -> parts.add("without any " + t.name().table()));
        request.having.forEach(h -> parts.add("having " + item(h.measure(), List.of()) + " "
                + h.comparison().sql() + " " + h.number().toPlainString()));
        request.orders.forEach(o -> parts.add("by " + item(o.item(), List.of())
                + (o.direction() == Direction.DESC ? ", highest first" : ", lowest first")));
        request.limit.ifPresent(
                n -> parts.add("the first " + n + (request.ties == Request.Ties.KEEP ? " and those equal to it" : "")));
        parts.forEach(part -> words.append("; ").append(part));
        return words.toString();
    }

    private static String item(Item item, List<Condition> share) {
        if (item instanceof Attribute attribute) {
            return attribute.column().toString();
        }
        if (item instanceof Bucket bucket) {
            return bucket.unit().name().toLowerCase(Locale.ROOT) + " of " + bucket.column();
        }
        Measure measure = (Measure) item;
        String distinct = measure.distinctness() == Distinctness.DISTINCT ? "different " : "";
        if (measure.isShare()) {
            return "percentage of " + measure.of().name().table() + " of which "
                    + share.stream().map(Condition::words).collect(Collectors.joining(" and "));
        }
        if (measure.factor().isPresent()) {
            return "total " + measure.column().orElseThrow() + " times "
                    + measure.factor().get().column().name();
        }
        String of = measure.column()
                .map(Object::toString)
                .orElse(measure.of().name().table());
        return switch (measure.function()) {
            case COUNT -> "number of " + distinct + of;
            case SUM -> "total " + of;
            case AVG -> "average " + of;
            case MAX -> "highest " + of;
            case MIN -> "lowest " + of;
            default -> measure.function().name().toLowerCase(Locale.ROOT) + " of " + of;
        };
    }
}
