/** Proof of docs/semantics.md: tables of expressions and their values, run as statements run. */
@NullMarked
package io.calque.planner.semantics;

import org.jspecify.annotations.NullMarked;
