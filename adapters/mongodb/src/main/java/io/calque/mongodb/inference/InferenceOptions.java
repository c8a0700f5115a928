package io.calque.mongodb.inference;

import io.calque.spi.type.DataType;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a schema is learned.
 *
 * @param sampleSize documents looked at in a collection; one no larger is read whole
 * @param maxColumns columns in a table; documents with more keep the rest as JSON text
 * @param maxDepth levels of nested documents; deeper ones are JSON text
 * @param declared types that a person declared, by collection and dotted path
 */
public record InferenceOptions(
        int sampleSize, int maxColumns, int maxDepth, MixedTypes mixedTypes, SortedMap<String, DataType> declared) {
    public static final int DEFAULT_SAMPLE_SIZE = 3_000;
    public static final int DEFAULT_MAX_COLUMNS = 1_000;
    public static final int DEFAULT_MAX_DEPTH = 10;

    public InferenceOptions {
        declared = Collections.unmodifiableSortedMap(new TreeMap<>(declared));
    }
}
