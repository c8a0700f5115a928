package io.calque.engine.prepare;

/** Tells code from quoted text and comments in a SQL statement. */
public final class SqlText {
    private SqlText() {}

    private interface CharacterVisitor {
        /** False ends the walk. */
        boolean code(int index);
    }

    /** Whether the character at {@code index} stands outside quotes and comments. */
    public static boolean isCode(String sql, int index) {
        boolean[] found = {false};
        walk(sql, at -> {
            found[0] = at == index;
            return at < index;
        });
        return found[0];
    }

    /** Index of the last character that is code and not blank; -1 when there is none. */
    static int lastCodeCharacter(String sql) {
        int[] last = {-1};
        walk(sql, at -> {
            if (!Character.isWhitespace(sql.charAt(at))) {
                last[0] = at;
            }
            return true;
        });
        return last[0];
    }

    /** Index of the first character that is code and not blank; the text's length when there is none. */
    static int firstCodeCharacter(String sql) {
        int[] first = {sql.length()};
        walk(sql, at -> {
            if (Character.isWhitespace(sql.charAt(at))) {
                return true;
            }
            first[0] = at;
            return false;
        });
        return first[0];
    }

    /** Index of the brace that closes the one at {@code open}; -1 when none does. */
    static int closingBrace(String sql, int open) {
        int[] state = {0, -1};
        walk(sql, at -> {
            if (at < open) {
                return true;
            }
            char c = sql.charAt(at);
            state[0] += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (state[0] == 0) {
                state[1] = at;
            }
            return state[0] > 0;
        });
        return state[1];
    }

    private static void walk(String sql, CharacterVisitor visitor) {
        int i = 0;
        while (i < sql.length()) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                // The quotes themselves are code: a statement may begin or end with one.
                int end = endOfQuote(sql, i, c);
                if (!visitor.code(i) || !visitor.code(Math.min(end, sql.length()) - 1)) {
                    return;
                }
                i = end;
            } else if (sql.startsWith("--", i)) {
                int end = sql.indexOf('\n', i);
                i = end < 0 ? sql.length() : end;
            } else if (sql.startsWith("/*", i)) {
                int end = sql.indexOf("*/", i + 2);
                i = end < 0 ? sql.length() : end + 2;
            } else {
                if (!visitor.code(i)) {
                    return;
                }
                i++;
            }
        }
    }

    /** The grammar takes a line break in a quoted name only as an escape, in a name that begins with {@code U&}. */
    static String withoutLineBreaksInNames(String sql) {
        StringBuilder written = new StringBuilder();
        int copied = 0;
        for (int i = 0; i < sql.length(); ) {
            char c = sql.charAt(i);
            boolean quote = c == '\'' || c == '"';
            int end = quote ? endOfQuote(sql, i, c) : i + 1;
            if (sql.startsWith("--", i)) {
                int line = sql.indexOf('\n', i);
                end = line < 0 ? sql.length() : line;
            } else if (sql.startsWith("/*", i)) {
                int close = sql.indexOf("*/", i + 2);
                end = close < 0 ? sql.length() : close + 2;
            } else if (c == '"' && sql.substring(i, end).matches("(?s).*[\n\r].*")) {
                String escaped = sql.substring(i, end)
                        .replace("\\", "\\\\")
                        .replace("\n", "\\000a")
                        .replace("\r", "\\000d");
                written.append(sql, copied, i).append("U&").append(escaped);
                copied = end;
            }
            i = end;
        }
        return copied == 0 ? sql : written.append(sql, copied, sql.length()).toString();
    }

    private static int endOfQuote(String sql, int open, char quote) {
        int i = open + 1;
        while (i < sql.length()) {
            if (sql.charAt(i) != quote) {
                i++;
            } else if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                i += 2;
            } else {
                return i + 1;
            }
        }
        return sql.length();
    }
}
