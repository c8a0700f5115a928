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
 * @param samples different values, for people and for linking words to columns: all of a column of short text that has few; may be empty
 */
public record ColumnStatistics(
        OptionalDouble distinctCount,
        OptionalDouble nullFraction,
        Optional<String> min,
        Optional<String> max,
        OptionalDouble averageBytes,
        List<CommonValue> mostCommon,
        List<String> histogram,
        List<String> samples) {

    public static final ColumnStatistics UNKNOWN = new ColumnStatistics(
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalDouble.empty(),
            List.of(),
            List.of(),
            List.of());

    public ColumnStatistics {
        mostCommon = List.copyOf(mostCommon);
        histogram = List.copyOf(histogram);
        samples = List.copyOf(samples);
    }

    /** Without samples. */
    public ColumnStatistics(
            OptionalDouble distinctCount,
            OptionalDouble nullFraction,
            Optional<String> min,
            Optional<String> max,
            OptionalDouble averageBytes,
            List<CommonValue> mostCommon,
            List<String> histogram) {
        this(distinctCount, nullFraction, min, max, averageBytes, mostCommon, histogram, List.of());
    }

    public ColumnStatistics withSamples(List<String> newSamples) {
        return new ColumnStatistics(
                distinctCount, nullFraction, min, max, averageBytes, mostCommon, histogram, newSamples);
    }

    /** The same figures without any value of the data, for columns whose values must not leave their source. */
    public ColumnStatistics withoutValues() {
        return new ColumnStatistics(
                distinctCount,
                nullFraction,
                Optional.empty(),
                Optional.empty(),
                averageBytes,
                List.of(),
                List.of(),
                List.of());
    }

    /** Whether {@link #mostCommon} lists every value there is: the column's dictionary. */
    public boolean mostCommonIsAll() {
        return !mostCommon.isEmpty()
                && distinctCount.isPresent()
                && Math.round(distinctCount.getAsDouble()) == mostCommon.size();
    }

    /**
     * @param value canonical text
     * @param fraction share of all rows, 0 to 1
     */
    public record CommonValue(String value, double fraction) {}
}
