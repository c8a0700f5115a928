package io.calque.mongodb.compiler;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.calcite.rex.RexCall;

/**
 * Why functions are not said to MongoDB although it has words for many of them. Stateless.
 *
 * <p>Entries marked as documented are the same by MongoDB's documentation, but no server here proves it: they wait for a probe
 * of the user's server.
 */
final class Unpushed {
    private static final String OVERFLOW = "MongoDB does not raise the overflow of an intermediate result";
    private static final String DIGITS = "MongoDB rounds decimals to 34 digits";
    private static final String CASE_MAPPING = "MongoDB changes the case of ASCII letters only";
    private static final String DOCUMENTED = "documented for MongoDB, but not proven on this server";

    private static final SortedMap<String, String> REASONS = new TreeMap<>(Map.ofEntries(
            Map.entry("+", OVERFLOW),
            Map.entry("-", OVERFLOW),
            Map.entry("*", OVERFLOW),
            Map.entry("/", DIGITS),
            Map.entry("MOD", OVERFLOW),
            Map.entry("UPPER", CASE_MAPPING),
            Map.entry("LOWER", CASE_MAPPING),
            Map.entry("CHAR_LENGTH", DOCUMENTED),
            Map.entry("SUBSTRING", DOCUMENTED),
            Map.entry("TRIM", DOCUMENTED),
            Map.entry("DATE_TRUNC", DOCUMENTED),
            Map.entry("ROUND", DIGITS),
            Map.entry("CAST", "this cast changes values, which is done here")));

    private Unpushed() {}

    /** Functions that are never said, with the reason; CAST is said where it changes nothing. */
    static SortedMap<String, String> refused() {
        SortedMap<String, String> refused = new TreeMap<>();
        REASONS.forEach((name, reason) -> refused.put(name, name + ": " + reason));
        refused.remove("CAST");
        return refused;
    }

    static String reason(RexCall call) {
        String name = call.getOperator().getName().toUpperCase(Locale.ROOT);
        return REASONS.containsKey(name) ? name + ": " + REASONS.get(name) : "MongoDB is not asked for " + name;
    }
}
