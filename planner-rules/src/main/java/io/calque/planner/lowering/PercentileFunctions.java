package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Percentiles of the values that an aggregate has collected; NULLs are left out, and of nothing there is none. Stateless. */
public final class PercentileFunctions {
    private PercentileFunctions() {}

    /** Between the two values that the fraction falls between, in proportion: values are DOUBLE. */
    public static @Nullable Double percentileBetween(List<?> values, double fraction, boolean descending) {
        List<Object> sorted = sorted(values, fraction, descending);
        if (sorted.isEmpty()) {
            return null;
        }
        double place = fraction * (sorted.size() - 1);
        int below = (int) Math.floor(place);
        double low = (Double) sorted.get(below);
        double high = (Double) sorted.get((int) Math.ceil(place));
        return low + (high - low) * (place - below);
    }

    /** The first value whose place reaches the fraction. */
    public static @Nullable Object percentileOf(List<?> values, double fraction, boolean descending) {
        List<Object> sorted = sorted(values, fraction, descending);
        if (sorted.isEmpty()) {
            return null;
        }
        return sorted.get((int) Math.max(0, Math.ceil(fraction * sorted.size()) - 1));
    }

    private static List<Object> sorted(List<?> values, double fraction, boolean descending) {
        if (!(fraction >= 0 && fraction <= 1)) {
            throw new QueryException(
                    ErrorCode.NUMERIC_OUT_OF_RANGE,
                    "The percentile " + NumberText.format(fraction) + " is not between 0 and 1");
        }
        List<Object> sorted = new ArrayList<>();
        values.stream().filter(Objects::nonNull).forEach(sorted::add);
        sorted.sort(descending ? Collections.reverseOrder(RowOrder::compareValues) : RowOrder::compareValues);
        return sorted;
    }
}
