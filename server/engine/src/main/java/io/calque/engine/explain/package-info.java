/**
 * The pushdown ledger: where each part of a query ran and why. Immutable values, stateless renderers.
 */
@NullMarked
package io.calque.engine.explain;

import org.jspecify.annotations.NullMarked;
