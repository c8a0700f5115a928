package io.calque.planner.physical;

import org.apache.calcite.adapter.enumerable.EnumerableRel;

/** An operator of our own: it charges the memory that it takes itself, and goes on on disk. */
public interface SpillingOperator extends EnumerableRel {
    /** The same under the number by which {@link FragmentRuntime} knows it. */
    SpillingOperator numbered(int operator);
}
