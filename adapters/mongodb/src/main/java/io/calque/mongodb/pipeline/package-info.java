/**
 * Aggregation pipelines as values: BSON trees with parameter slots, how they print, and how their slots are filled.
 *
 * <p>Between the compiler, which makes them, and the cursor, which runs them. Immutable, thread-safe.
 */
@NullMarked
package io.calque.mongodb.pipeline;

import org.jspecify.annotations.NullMarked;
