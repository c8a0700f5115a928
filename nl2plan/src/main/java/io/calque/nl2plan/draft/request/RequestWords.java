package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.plan.PlanNode.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A request told back to the asker. Stateless. */
public final class RequestWords {
    private RequestWords() {}

    public static String of(Request request) {
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
        request.having.forEach(h -> parts.add(
                "having " + item(h.figure(), List.of()) + " " + h.comparison().sql() + " " + against(h.against())));
        request.bounds.forEach(b -> parts.add(b.value().words() + " "
                + b.comparison().sql() + " " + b.number().toPlainString()));
        request.sharePairs.forEach(p ->
                parts.add("counted where " + p.left() + " " + p.comparison().sql() + " " + p.right()));
        request.pairs.forEach(p -> parts.add(p.left() + " " + p.comparison().sql() + " " + p.right()));
        request.averages.forEach(
                a -> parts.add(a.column() + " " + a.comparison().sql() + " its average of the same "
                        + a.partition().get(0)));
        if (request.running) {
            parts.add("added up");
        }
        if (request.change) {
            parts.add(request.growth ? "and its change in percent" : "and its change");
        }
        request.place.ifPresent(p -> parts.add("only place " + p));
        request.beside.forEach(b -> parts.add(b.column() + " " + b.comparison().sql() + " the " + of(b.figure())));
        request.memberships.forEach(
                m -> parts.add((m.wanted() == Request.Wanted.LISTED ? "among " : "not among ") + listed(m.listed())));
        request.orders.forEach(o -> parts.add("by " + item(o.item(), List.of())
                + (o.direction() == Direction.DESC ? ", highest first" : ", lowest first")));
        request.limit.ifPresent(
                n -> parts.add("the first " + n + (request.ties == Request.Ties.KEEP ? " and those equal to it" : "")));
        parts.forEach(part -> words.append("; ").append(part));
        return words.toString();
    }

    private static String against(Request.Against against) {
        if (against instanceof Request.Fixed fixed) {
            return fixed.number().toPlainString();
        }
        if (against instanceof Request.Other other) {
            return item(other.measure(), List.of());
        }
        if (against instanceof Request.Groups) {
            return "the average of all";
        }
        List<Condition> of = ((Request.Rows) against).conditions();
        return of.isEmpty()
                ? "that of all rows"
                : "that of those where " + of.stream().map(Condition::words).collect(Collectors.joining(" and "));
    }

    private static String listed(Request.Listed listed) {
        if (listed instanceof Request.Listing listing) {
            return "(" + of(listing.request()) + ")";
        }
        Request.Together together = (Request.Together) listed;
        return together.parts().stream()
                .map(RequestWords::listed)
                .collect(Collectors.joining(" " + together.kind().name().toLowerCase(Locale.ROOT) + " "));
    }

    private static String item(Item item, List<Condition> share) {
        if (item instanceof Attribute attribute) {
            return attribute.column().toString();
        }
        if (item instanceof Bucket bucket) {
            return bucket.unit().name().toLowerCase(Locale.ROOT) + " of " + bucket.column();
        }
        if (item instanceof Request.Computed computed) {
            return switch (computed.how()) {
                case DIFFERENCE -> item(computed.left(), share) + " less " + item(computed.right(), share);
                case GROWTH ->
                    "growth in percent to " + item(computed.left(), share) + " from " + item(computed.right(), share);
                case LOSS ->
                    "loss in percent to " + item(computed.left(), share) + " from " + item(computed.right(), share);
                case PERCENT -> item(computed.left(), share) + " in percent of " + item(computed.right(), share);
                case RATIO -> item(computed.left(), share) + " divided by " + item(computed.right(), share);
            };
        }
        if (item instanceof Formula formula) {
            return formula.words(figure -> item(figure, share));
        }
        if (item instanceof Ranked ranked) {
            return "rank by " + item(ranked.by(), share)
                    + (ranked.direction() == Direction.DESC ? ", highest first" : ", lowest first");
        }
        if (item instanceof Request.Calculated calculated) {
            return calculated.value().words();
        }
        if (item instanceof Request.PartOfAll part) {
            return "percentage of all of " + item(part.measure(), share);
        }
        Measure measure = (Measure) item;
        if (!measure.only().isEmpty()) {
            return item(measure.only(List.of()), share) + " where "
                    + measure.only().stream().map(Condition::words).collect(Collectors.joining(" and "));
        }
        String distinct = measure.distinctness() == Distinctness.DISTINCT ? "different " : "";
        if (measure.isShare()) {
            String rows = "percentage of " + measure.of().name().table();
            return share.isEmpty()
                    ? rows
                    : rows + " of which " + share.stream().map(Condition::words).collect(Collectors.joining(" and "));
        }
        String of = measure.value()
                .map(RowValue::words)
                .or(() -> measure.column().map(Object::toString))
                .orElse(measure.of().name().table());
        return switch (measure.function()) {
            case COUNT -> "number of " + distinct + of;
            case SUM -> "total " + of;
            case AVG -> "average " + of;
            case MAX -> "highest " + of;
            case MIN -> "lowest " + of;
            case PERCENTILE_CONT -> percentile(measure.fraction()) + " of " + of;
            default -> measure.function().name().toLowerCase(Locale.ROOT) + " of " + of;
        };
    }

    private static String percentile(java.math.BigDecimal fraction) {
        String hundredth = fraction.movePointRight(2).stripTrailingZeros().toPlainString();
        return hundredth.equals("50") ? "median" : "percentile " + hundredth;
    }
}
