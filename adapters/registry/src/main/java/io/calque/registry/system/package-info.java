/**
 * The tables in which Calque describes itself: {@code system}, {@code information_schema} and {@code jdbc}.
 *
 * <p>Fed by the snapshot that a query took at the door, and for history by the store; what a principal may not read is absent.
 * Stateless and thread-safe.
 */
@NullMarked
package io.calque.registry.system;

import org.jspecify.annotations.NullMarked;
