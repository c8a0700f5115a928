package io.calque.spi.catalog;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What was measured of one column.
 *
 * @param distinctCount estimated number of different non-null values; empty when unknown
 * @param nullFraction 0 to 1; empty when unknown
 * @param min smallest non-null value in canonical text (ISO dates, plain decimals); empty when unknown
 * @param max largest, likewise
 * @param averageBytes mean size of a value on the wire; empty when unknown
 * @param mostCommon most frequent values, most frequent first; may be empty
 * @param histogram bounds of equal-depth buckets in ascending canonical text; may be empty
 */
public record ColumnStatistics(
        OptionalDouble distinctCount,
        OptionalDouble nullFraction,
        Optional<String> min,
        Optional<String> max,
        OptionalDouble averageBytes,
        List<CommonValue> mostCommon,
        List<String> histogram) {

    public static final ColumnStatistics UNKNOWN = new ColumnStatistics(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            List.of(),
            List.of());

    public ColumnStatistics {
        mostCommon = List.copyOf(mostCommon);
        histogram = List.copyOf(histogram);
    }

    /**
     * @param value canonical text
     * @param fraction share of all rows, 0 to 1
     */
    public record CommonValue(String value, double fraction) {}
}
