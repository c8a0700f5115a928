/**
 * The last step before local execution: operators whose stock implementation computes something else than {@code docs/semantics.md} says
 * are replaced with our own. Runs on what stays local after pushdown, so that sources and adapters only ever see standard operators.
 *
 * <p>Passes are single-threaded per query; the functions themselves are stateless.
 */
@NullMarked
package io.calque.planner.lowering;

import org.jspecify.annotations.NullMarked;
