/**
 * Folding operators into the sources that own the data: one rule per operator, each gated by the source's capabilities. Rules are stateless.
 */
@NullMarked
package io.calque.planner.pushdown;

import org.jspecify.annotations.NullMarked;
