/**
 * How a plan is run: prepare, execute, permits, memory, progress, partial failure and caches.
 *
 * <p>The engine is shared by all sessions and thread-safe; a session and its statements belong to one thread at a time,
 * except for cancelling.
 */
@NullMarked
package io.calque.engine;

import org.jspecify.annotations.NullMarked;
