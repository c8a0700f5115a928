/**
 * How MongoDB is read: typed schema inference, the compiler of aggregation pipelines, and the cursor.
 *
 * <p>A translation that is not exact is not made.
 */
@NullMarked
package io.calque.mongodb;

import org.jspecify.annotations.NullMarked;
