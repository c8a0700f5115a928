/**
 * The operators and functions of the SQL dialect: what a statement may call. Immutable, thread-safe.
 *
 * <p>Every function here runs, and runs as {@code docs/semantics.md} says; what cannot be proven is not in the table.
 */
@NullMarked
package io.calque.planner.functions;

import org.jspecify.annotations.NullMarked;
