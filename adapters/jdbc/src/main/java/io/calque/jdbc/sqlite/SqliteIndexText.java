package io.calque.jdbc.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What only the text of a CREATE INDEX statement says: its expressions and its condition. SQLite keeps the text as it was written, so
 * names may be quoted in four ways and comments may stand anywhere.
 *
 * @param parts between the parentheses, without their order
 * @param condition behind WHERE; empty for an index of all rows
 */
record SqliteIndexText(List<String> parts, String condition) {
    SqliteIndexText {
        parts = List.copyOf(parts);
    }

    static SqliteIndexText of(String sql) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        int depth = 0;
        int at = 0;
        while (at < sql.length()) {
            int end = tokenEnd(sql, at);
            String token = sql.substring(at, end);
            at = end;
            if (isComment(token)) {
                part.append(' ');
                continue;
            }
            boolean opens = token.equals("(");
            boolean closes = token.equals(")");
            if (opens && depth++ == 0) {
                part.setLength(0);
            } else if (closes && --depth == 0) {
                parts.add(withoutOrder(part.toString()));
                break;
            } else if (token.equals(",") && depth == 1) {
                parts.add(withoutOrder(part.toString()));
                part.setLength(0);
            } else {
                part.append(token);
            }
        }
        return new SqliteIndexText(parts, condition(sql, at));
    }

    /** The text of an indexed expression, from 0. */
    String part(int position) {
        return position < parts.size() ? parts.get(position) : "expression";
    }

    private static String condition(String sql, int from) {
        StringBuilder rest = new StringBuilder();
        for (int at = from; at < sql.length(); ) {
            int end = tokenEnd(sql, at);
            String token = sql.substring(at, end);
            rest.append(isComment(token) ? " " : token);
            at = end;
        }
        String condition = rest.toString().strip();
        return condition.toUpperCase(Locale.ROOT).startsWith("WHERE")
                ? condition.substring("WHERE".length()).strip()
                : condition;
    }

    private static String withoutOrder(String part) {
        String text = part.strip();
        String upper = text.toUpperCase(Locale.ROOT);
        for (String order : List.of(" ASC", " DESC")) {
            if (upper.endsWith(order)) {
                return text.substring(0, text.length() - order.length()).strip();
            }
        }
        return text;
    }

    private static boolean isComment(String token) {
        return token.startsWith("--") || token.startsWith("/*");
    }

    /** Behind a quoted name, a string, a comment, or else one character. */
    private static int tokenEnd(String sql, int from) {
        char first = sql.charAt(from);
        if (first == '"' || first == '\'' || first == '`') {
            int at = from + 1;
            while (at < sql.length()) {
                boolean quote = sql.charAt(at) == first;
                if (quote && at + 1 < sql.length() && sql.charAt(at + 1) == first) {
                    at += 2;
                } else if (quote) {
                    return at + 1;
                } else {
                    at++;
                }
            }
            return sql.length();
        }
        if (first == '[') {
            return behind(sql, "]", from);
        }
        if (sql.startsWith("--", from)) {
            return behind(sql, "\n", from);
        }
        return sql.startsWith("/*", from) ? behind(sql, "*/", from) : from + 1;
    }

    private static int behind(String sql, String end, int from) {
        int at = sql.indexOf(end, from);
        return at < 0 ? sql.length() : at + end.length();
    }
}
