package io.calque.testkit.rel;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.jspecify.annotations.Nullable;

/** ROUND and TRUNC: decimals half away from zero, doubles half to even. Stateless. */
final class ReferenceRounding {
    private ReferenceRounding() {}

    static Object rounded(RexCall call, List<@Nullable Object> arguments) {
        Object value = ReferenceExpressions.argument(arguments, 0);
        boolean round = call.getOperator().getName().equals("ROUND");
        if (value instanceof Double d) {
            return round ? Math.rint(d) : d < 0 ? Math.ceil(d) : Math.floor(d);
        }
        int digits = arguments.size() > 1 ? ((Number) ReferenceExpressions.argument(arguments, 1)).intValue() : 0;
        BigDecimal rounded =
                ValueOrder.exact((Number) value).setScale(digits, round ? RoundingMode.HALF_UP : RoundingMode.DOWN);
        return ReferenceExpressions.fitted(rounded, call.getType());
    }
}
