package io.calque.nl2plan.search;

/**
 * A search index as it is now. Immutable.
 *
 * @param folder empty where it is in memory
 * @param status {@code on disk}, {@code in memory} or {@code not opened}
 * @param version of the registry
 * @param phrases different names in words
 * @param vectors of them
 */
public record IndexState(
        String folder,
        String status,
        long version,
        int tables,
        int phrases,
        int vectors,
        String embedder,
        VectorState vectorState) {}
