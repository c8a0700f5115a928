/**
 * Reads the result documents of a pipeline into typed column batches.
 *
 * <p>A cursor belongs to one thread at a time; closing and cancelling are safe from any.
 */
@NullMarked
package io.calque.mongodb.cursor;

import org.jspecify.annotations.NullMarked;
