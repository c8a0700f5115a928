package io.calque.mongodb.compiler;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rex.RexCall;

/** Why functions are not said to MongoDB although it has words for many of them. Stateless. */
final class Unpushed {
    private static final String HALF_EVEN = "MongoDB rounds halves to even, and decimals to 34 digits";
    private static final String CASE_MAPPING = "MongoDB changes the case of ASCII letters only";

    static final SortedMap<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("/", HALF_EVEN),
            Map.entry("ROUND", HALF_EVEN),
            Map.entry("UPPER", CASE_MAPPING),
            Map.entry("LOWER", CASE_MAPPING),
            Map.entry("INITCAP", CASE_MAPPING),
            Map.entry("ILIKE", "MongoDB's option i folds other letters than LOWER"),
            Map.entry("CAST", "this cast changes values, which is done here")));

    private Unpushed() {}

    static String reason(RexCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return REASONS.containsKey(name) ? name + ": " + REASONS.get(name) : "MongoDB is not asked for " + name;
    }

    static String ofDoubles(RexCall call) {
        return call.getOperator().getName().toUpperCase(Locale.ROOT)
                + ": MongoDB does not raise the overflow of floating numbers";
    }
}
