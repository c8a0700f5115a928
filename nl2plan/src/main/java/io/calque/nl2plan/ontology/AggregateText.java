package io.calque.nl2plan.ontology;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An aggregate written as SQL, taken apart.
 *
 * @param function {@code SUM}, {@code COUNT}, ...
 * @param argument an expression; {@code *} for rows
 * @param distinct whether equal values count once
 * @param filter a condition on the rows; empty for all
 */
record AggregateText(String function, String argument, boolean distinct, Optional<String> filter) {
    private static final Pattern START =
            Pattern.compile("(?is)\\s*(sum|avg|min|max|count)\\s*\\(\\s*(distinct\\b)?(.*)");

    private static final Pattern FILTER = Pattern.compile("(?is)\\s*filter\\s*\\(\\s*where\\b(.*)\\)\\s*");

    /** Empty for what is not one aggregate. */
    static Optional<AggregateText> of(String sql) {
        Matcher start = START.matcher(sql);
        if (!start.matches()) {
            return Optional.empty();
        }
        String rest = start.group(3);
        int end = closing(rest);
        if (end < 0) {
            return Optional.empty();
        }
        String after = rest.substring(end + 1);
        Matcher filter = FILTER.matcher(after);
        boolean filtered = filter.matches();
        if (!filtered && !after.isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new AggregateText(
                start.group(1).toUpperCase(Locale.ROOT),
                rest.substring(0, end).strip(),
                start.group(2) != null,
                filtered ? Optional.of(filter.group(1).strip()) : Optional.empty()));
    }

    /** Where the parenthesis opened before the text closes; -1 where it does not. */
    private static int closing(String text) {
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && depth-- == 0) {
                return i;
            }
        }
        return -1;
    }

    /** What each row contributes. */
    String perRow() {
        boolean rows = function.equals("COUNT") && !distinct;
        String value =
                rows ? (argument.equals("*") ? "1" : "CASE WHEN " + argument + " IS NULL THEN 0 ELSE 1 END") : argument;
        return filter.map(f -> "CASE WHEN " + f + " THEN " + value + (rows ? " ELSE 0 END" : " END"))
                .orElse(value);
    }

    /** How a question asks for it over what each row contributes. */
    String asked() {
        return switch (function) {
            case "AVG" -> "average";
            case "MIN" -> "minimum";
            case "MAX" -> "maximum";
            case "COUNT" -> distinct ? "number of distinct" : "total";
            default -> "total";
        };
    }
}
