/**
 * {@code calque.yaml} as values: read, checked with positions, and compared when it changes.
 *
 * <p>First step of every command that runs in process. Nothing here connects to anything. Values are immutable; the watch is
 * thread-safe.
 */
@NullMarked
package io.calque.app.config;

import org.jspecify.annotations.NullMarked;
