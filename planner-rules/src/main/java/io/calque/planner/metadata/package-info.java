/**
 * Row counts, distinct counts and selectivities from the registry's statistics, as Calcite metadata. Thread-safe.
 */
@NullMarked
package io.calque.planner.metadata;

import org.jspecify.annotations.NullMarked;
