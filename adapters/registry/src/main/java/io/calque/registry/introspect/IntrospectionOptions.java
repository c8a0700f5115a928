package io.calque.registry.introspect;

import io.calque.spi.source.Budget;
import java.time.Duration;

/**
 * What introspection may cost. Immutable.
 *
 * @param observing how long one source may take to list its tables
 * @param measuring how long measuring all tables of one source may take; zero measures nothing
 * @param table the budget of measuring one table
 * @param statisticsAge statistics older than this are measured again although the table's shape is the same
 * @param lanes how many tables of one source are measured at once, at least 1; never more than the source's permits
 * @param values a column of short text with at most so many different values is kept with all of them; 0 keeps none
 */
public record IntrospectionOptions(
        Duration observing, Duration measuring, Budget table, Duration statisticsAge, int lanes, int values) {
    /** Names of persons and products of a small business fit; of each column they take some 100 kB of the registry. */
    public static final int DEFAULT_VALUES = 5_000;

    public static final IntrospectionOptions DEFAULT = new IntrospectionOptions(
            Duration.ofSeconds(60), Duration.ofSeconds(10), Budget.DEFAULT, Duration.ofHours(12), 4, DEFAULT_VALUES);

    public IntrospectionOptions {
        if (observing.isNegative() || observing.isZero() || measuring.isNegative() || lanes < 1 || values < 0) {
            throw new IllegalArgumentException("introspection needs time to observe and at least one lane");
        }
    }

    public IntrospectionOptions withMeasuring(Duration newMeasuring) {
        return new IntrospectionOptions(observing, newMeasuring, table, statisticsAge, lanes, values);
    }

    /** Zero measures every table anew. */
    public IntrospectionOptions withStatisticsAge(Duration newStatisticsAge) {
        return new IntrospectionOptions(observing, measuring, table, newStatisticsAge, lanes, values);
    }

    public IntrospectionOptions withValues(int newValues) {
        return new IntrospectionOptions(observing, measuring, table, statisticsAge, lanes, newValues);
    }
}
