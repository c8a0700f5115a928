package io.calque.mongodb.inference;

import io.calque.spi.type.DataType;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a schema is learned.
 *
 * @param sampleSize documents looked at in a collection; one no larger is read whole
 * @param maxColumns columns in a table; further ones are left out with a warning, but for declared ones
 * @param maxDepth levels of nested documents; deeper ones are JSON text
 * @param legacyUuids who wrote binary values of subtype 3
 * @param lookTime how long all collections together may take; those not reached stay as they were known
 * @param lookAgain after how long a collection is looked at afresh although nothing seems to have changed
 * @param declared types that a person declared, by collection and dotted path
 */
public record InferenceOptions(
        int sampleSize,
        int maxColumns,
        int maxDepth,
        MixedTypes mixedTypes,
        LegacyUuids legacyUuids,
        Duration lookTime,
        Duration lookAgain,
        SortedMap<String, DataType> declared) {
    public static final int DEFAULT_SAMPLE_SIZE = 3_000;
    public static final int DEFAULT_MAX_COLUMNS = 1_000;
    public static final int DEFAULT_MAX_DEPTH = 10;

    /** Well within the time that the registry gives a source to answer. */
    public static final Duration DEFAULT_LOOK_TIME = Duration.ofSeconds(50);

    public static final Duration DEFAULT_LOOK_AGAIN = Duration.ofHours(24);

    public InferenceOptions {
        declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
    }

    /** Defaults for all that costs time, and bytes for UUIDs of unknown order. */
    public InferenceOptions(
            int sampleSize, int maxColumns, int maxDepth, MixedTypes mixedTypes, SortedMap<String, DataType> declared) {
        this(
                sampleSize,
                maxColumns,
                maxDepth,
                mixedTypes,
                LegacyUuids.UNSPECIFIED,
                DEFAULT_LOOK_TIME,
                DEFAULT_LOOK_AGAIN,
                declared);
    }
}
