/**
 * How MongoDB is read: typed schema inference, the compiler of aggregation pipelines, and the cursor.
 *
 * <p>{@link io.calque.mongodb.MongoAdapter} makes a source; {@code inference} learns its tables, {@code compiler} says fragments as
 * {@code pipeline} values, {@code cursor} reads their results. A translation that is not exact is not made. Sources and sessions
 * are thread-safe.
 */
@NullMarked
package io.calque.mongodb;

import org.jspecify.annotations.NullMarked;
