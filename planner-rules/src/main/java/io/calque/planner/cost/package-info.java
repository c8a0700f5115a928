/**
 * What plans and parts of them take, in one unit, microseconds: bytes on their way, round trips, work at the sources and work here, by each
 * adapter's {@link io.calque.spi.pushdown.ReadCosts}. Read by the order of joins, by the choice between plans, and by key sets. Thread-safe.
 */
@NullMarked
package io.calque.planner.cost;

import org.jspecify.annotations.NullMarked;
