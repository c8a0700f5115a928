/**
 * The engine's types as Calcite sees them: precisions, result types of arithmetic and aggregates, common types. Immutable, thread-safe.
 */
@NullMarked
package io.calque.planner.types;

import org.jspecify.annotations.NullMarked;
