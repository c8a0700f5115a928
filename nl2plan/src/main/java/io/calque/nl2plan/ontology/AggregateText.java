package io.calque.nl2plan.ontology;

import java.util.ArrayList;
import java.util.List;
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

    /**
     * Arithmetic over aggregates.
     *
     * @param between what stands before, between and after them
     */
    record Arithmetic(List<AggregateText> aggregates, List<String> between) {
        private static final Pattern CALL = Pattern.compile("(?i)\\b(?:sum|avg|min|max|count)\\s*\\(");
        private static final Pattern FILTERED = Pattern.compile("(?is)^\\s*filter\\s*\\(");

        Arithmetic {
            aggregates = List.copyOf(aggregates);
            between = List.copyOf(between);
        }

        /**
         * @throws IllegalArgumentException for text without an aggregate
         */
        static Arithmetic of(String sql) {
            List<AggregateText> aggregates = new ArrayList<>();
            List<String> between = new ArrayList<>();
            Matcher call = CALL.matcher(sql);
            int done = 0;
            while (call.find(done)) {
                int end = end(sql, call.end());
                Matcher filter = FILTERED.matcher(sql.substring(end));
                end = filter.find() ? end(sql, end + filter.end()) : end;
                String text = sql.substring(call.start(), end);
                aggregates.add(AggregateText.of(text)
                        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no aggregate")));
                between.add(sql.substring(done, call.start()));
                done = end;
            }
            if (aggregates.isEmpty()) {
                throw new IllegalArgumentException("'" + sql + "' holds no aggregate");
            }
            between.add(sql.substring(done));
            return new Arithmetic(aggregates, between);
        }

        private static int end(String sql, int open) {
            int close = closing(sql.substring(open));
            if (close < 0) {
                throw new IllegalArgumentException("a parenthesis of '" + sql + "' does not close");
            }
            return open + close + 1;
        }

        /** Whether it is one aggregate and nothing else. */
        boolean isPlain() {
            return aggregates.size() == 1 && between.stream().allMatch(String::isBlank);
        }

        /** The arithmetic with something in the aggregates' places. */
        String with(List<String> figures) {
            StringBuilder text = new StringBuilder(between.get(0));
            for (int i = 0; i < figures.size(); i++) {
                text.append(figures.get(i)).append(between.get(i + 1));
            }
            return text.toString().strip();
        }
    }
}
