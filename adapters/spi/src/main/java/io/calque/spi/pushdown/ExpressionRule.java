package io.calque.spi.pushdown;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCall;

/** Decides on one call of one operator; its operands are checked apart. */
@FunctionalInterface
public interface ExpressionRule {
    ExpressionRule ALWAYS = (call, input) -> Verdict.yes();

    Verdict check(RexCall call, RelNode input);
}
