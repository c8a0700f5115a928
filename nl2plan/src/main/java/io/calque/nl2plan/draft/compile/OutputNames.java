package io.calque.nl2plan.draft.compile;

import io.calque.nl2plan.draft.request.Formula;
import io.calque.nl2plan.draft.request.Ranked;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.Bucket;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.RowValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the columns of an answer are called: once given, a name stays. Used for one question. */
final class OutputNames {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final Map<Item, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    String of(Item item) {
        String known = names.get(item);
        if (known != null) {
            return known;
        }
        String wish = wish(item);
        String name = wish;
        if (item instanceof Attribute attribute && taken.contains(name.toLowerCase(Locale.ROOT))) {
            wish = attribute.column().table().name().table() + "_" + wish;
            name = wish;
        }
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = wish + "_" + i;
        }
        names.put(item, name);
        return name;
    }

    private static String wish(Item item) {
        if (item instanceof Attribute attribute) {
            return attribute.column().column().name();
        }
        if (item instanceof Bucket bucket) {
            return bucket.unit().name().toLowerCase(Locale.ROOT);
        }
        if (item instanceof Request.Computed computed) {
            return switch (computed.how()) {
                case DIFFERENCE -> "difference";
                case GROWTH -> "growth_percent";
                case LOSS -> "loss_percent";
                case PERCENT -> "percentage";
                case RATIO -> "ratio";
            };
        }
        if (item instanceof Formula) {
            return "figure";
        }
        if (item instanceof Ranked) {
            return "rank";
        }
        if (item instanceof Request.Calculated calculated) {
            return calculated.value().name();
        }
        if (item instanceof Request.PartOfAll) {
            return "percentage";
        }
        Measure measure = (Measure) item;
        if (measure.isShare()) {
            return "percentage";
        }
        String of = measure.value()
                .map(RowValue::name)
                .or(() -> measure.column().map(c -> c.column().name()))
                .orElse(measure.of().name().table());
        String distinct = measure.distinctness() == Distinctness.DISTINCT ? "distinct_" : "";
        return switch (measure.function()) {
            case COUNT -> distinct + of + "_count";
            case SUM -> "total_" + of;
            case AVG -> "average_" + of;
            case MAX -> "highest_" + of;
            case MIN -> "lowest_" + of;
            case PERCENTILE_CONT ->
                measure.fraction().compareTo(HALF) == 0
                        ? "median_" + of
                        : "percentile_"
                                + measure.fraction()
                                        .movePointRight(2)
                                        .stripTrailingZeros()
                                        .toPlainString() + "_" + of;
            default -> measure.function().name().toLowerCase(Locale.ROOT) + "_" + of;
        };
    }
}
