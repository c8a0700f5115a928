/**
 * How a plan becomes good: catalogs as Calcite schemas, pushdown, rewrites, coercion, metadata and cost.
 *
 * <p>Takes a validated tree and gives back a physical plan whose leaves are native queries. Single-threaded per query.
 */
@NullMarked
package io.calque.planner;

import org.jspecify.annotations.NullMarked;
