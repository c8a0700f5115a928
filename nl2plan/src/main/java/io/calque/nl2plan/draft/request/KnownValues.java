package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.ColumnStatistics;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the values that are known of a column have in common. Stateless. */
public final class KnownValues {
    private static final Pattern NUMBER = Pattern.compile("\\s*-?\\d+(\\.\\d+)?\\s*");
    private static final Pattern YEAR = Pattern.compile("\\s*(1\\d|20)\\d\\d(\\.0+)?\\s*");

    private KnownValues() {}

    /** Whether a column holds numbers, be it as text. */
    public static boolean numbers(ColumnRef column) {
        return column.column().type().isNumeric() || numbersAsText(column);
    }

    public static boolean numbers(Link link) {
        return link instanceof Link.ToColumn column && numbers(new ColumnRef(column.table(), column.column()));
    }

    public static boolean numbersAsText(ColumnRef column) {
        return ColumnKinds.text(column.column()) && all(column, NUMBER);
    }

    /** Whether a column's numbers, or texts, are all years; false where nothing is known of them. */
    public static boolean years(ColumnRef column) {
        return (ColumnKinds.text(column.column()) || column.column().type().isNumeric()) && all(column, YEAR);
    }

    private static boolean all(ColumnRef column, Pattern pattern) {
        ColumnStatistics known =
                column.table().statistics().column(column.column().name());
        List<String> values = Stream.of(
                        known.mostCommon().stream().map(ColumnStatistics.CommonValue::value),
                        known.histogram().stream(),
                        known.samples().stream(),
                        known.min().stream(),
                        known.max().stream())
                .flatMap(s -> s)
                .toList();
        return !values.isEmpty()
                && values.stream().allMatch(v -> pattern.matcher(v).matches());
    }
}
