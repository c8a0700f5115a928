package io.calque.spi.pushdown;

import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;

/** Decides on one call of one aggregate function. */
@FunctionalInterface
public interface AggregateRule {
    AggregateRule ALWAYS = (call, aggregate) -> Verdict.yes();

    Verdict check(AggregateCall call, Aggregate aggregate);
}
