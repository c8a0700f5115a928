package io.calque.engine.prepare;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings PostgreSQL's and ODBC's spellings that the parser does not know to ones it does, without moving any character: error
 * positions stay true.
 */
final class DialectText {
    private static final Pattern INTERVAL = Pattern.compile(
            "\\bINTERVAL\\s+'\\s*([+-]?\\d+)(\\s+)(YEAR|QUARTER|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)(S?)(\\s*)'",
            Pattern.CASE_INSENSITIVE);
    /** Casts of text that {@link #INTERVAL} knows. */
    private static final Pattern CAST_TO_INTERVAL = Pattern.compile(
            "('\\s*[+-]?\\d+\\s+[a-z]+\\s*')\\s*::\\s*INTERVAL\\b|\\bCAST\\s*\\(\\s*('\\s*[+-]?\\d+\\s+[a-z]+\\s*')\\s+AS\\s+INTERVAL\\s*\\)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern OUTER_JOIN = Pattern.compile("\\{\\s*OJ\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern FUNCTION = Pattern.compile("\\{\\s*fn\\s+([a-z_]\\w*)", Pattern.CASE_INSENSITIVE);

    private DialectText() {}

    private static final Pattern MILLISECONDS =
            Pattern.compile("\\bINTERVAL\\s+'\\s*(\\d{1,3})(\\s+)MILLISECONDS?(\\s*)'", Pattern.CASE_INSENSITIVE);

    /** The same text, of the same length, with a trailing semicolon blanked. */
    static String adapt(String sql) {
        return blankTrailingSemicolon(
                adaptFunctions(adaptOuterJoins(adaptIntervals(adaptMilliseconds(adaptCasts(sql))))));
    }

    /** {@code '7 days'::interval} becomes {@code INTERVAL '7 days' }. */
    private static String adaptCasts(String sql) {
        Matcher matcher = CAST_TO_INTERVAL.matcher(sql);
        StringBuilder adapted = new StringBuilder(sql);
        while (matcher.find()) {
            boolean quoted = matcher.group(1) != null;
            String text = quoted ? matcher.group(1) : matcher.group(2);
            // a literal's own quote is where it begins
            if (SqlText.isCode(sql, quoted ? Math.max(0, matcher.start() - 1) : matcher.start())
                    && SqlText.isCode(sql, matcher.end() - 1)) {
                adapted.replace(
                        matcher.start(), matcher.end(), fit("INTERVAL " + text, matcher.end() - matcher.start()));
            }
        }
        return adapted.toString();
    }

    /** {@code INTERVAL '7 days'} becomes {@code INTERVAL '7' days }: as long as before. */
    private static String adaptIntervals(String sql) {
        Matcher matcher = INTERVAL.matcher(sql);
        StringBuilder adapted = new StringBuilder(sql);
        while (matcher.find()) {
            if (!SqlText.isCode(sql, matcher.start())) {
                continue;
            }
            int open = sql.indexOf('\'', matcher.start());
            String gap = " ".repeat(matcher.group(2).length() - 1);
            String literal = "'" + matcher.group(1) + "'" + gap + " " + matcher.group(3) + matcher.group(4);
            adapted.replace(open, matcher.end(), fit(literal, matcher.end() - open));
        }
        return adapted.toString();
    }

    /** {@code INTERVAL '1 millisecond'} becomes {@code INTERVAL '0.001' SECOND }. */
    private static String adaptMilliseconds(String sql) {
        Matcher matcher = MILLISECONDS.matcher(sql);
        StringBuilder adapted = new StringBuilder(sql);
        while (matcher.find()) {
            if (!SqlText.isCode(sql, matcher.start())) {
                continue;
            }
            int open = sql.indexOf('\'', matcher.start());
            String thousandths = "0".repeat(3 - matcher.group(1).length()) + matcher.group(1);
            adapted.replace(open, matcher.end(), fit("'0." + thousandths + "' SECOND", matcher.end() - open));
        }
        return adapted.toString();
    }

    private static String fit(String text, int length) {
        return text + " ".repeat(Math.max(0, length - text.length()));
    }

    /** {@code {oj a LEFT JOIN b ON ...}} loses its braces. */
    private static String adaptOuterJoins(String sql) {
        Matcher matcher = OUTER_JOIN.matcher(sql);
        StringBuilder adapted = new StringBuilder(sql);
        while (matcher.find()) {
            if (!SqlText.isCode(sql, matcher.start())) {
                continue;
            }
            int close = SqlText.closingBrace(sql, matcher.start());
            if (close > 0) {
                blank(adapted, matcher.start(), matcher.end());
                blank(adapted, close, close + 1);
            }
        }
        return adapted.toString();
    }

    /** The parser knows {@code {fn UCASE(...)}} in upper case only. */
    private static String adaptFunctions(String sql) {
        Matcher matcher = FUNCTION.matcher(sql);
        StringBuilder adapted = new StringBuilder(sql);
        while (matcher.find()) {
            if (SqlText.isCode(sql, matcher.start())) {
                adapted.replace(
                        matcher.start(1), matcher.end(1), matcher.group(1).toUpperCase(Locale.ROOT));
            }
        }
        return adapted.toString();
    }

    private static String blankTrailingSemicolon(String sql) {
        int last = SqlText.lastCodeCharacter(sql);
        return last >= 0 && sql.charAt(last) == ';'
                ? blankTrailingSemicolon(sql.substring(0, last) + " " + sql.substring(last + 1))
                : sql;
    }

    static void blank(StringBuilder text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
