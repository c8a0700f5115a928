/**
 * Arithmetic between phrases: "(revenue - total cost) / revenue * 100", with signs or in words. Read before the phrases themselves are, by the
 * ontology and by the planner. Immutable, thread-safe.
 */
@NullMarked
package io.calque.nl2plan.formula;

import org.jspecify.annotations.NullMarked;
