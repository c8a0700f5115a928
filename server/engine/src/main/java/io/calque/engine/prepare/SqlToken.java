package io.calque.engine.prepare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A word, name, constant or sign of a statement, without comments. Immutable.
 *
 * @param text as written
 * @param start index of its first character
 */
record SqlToken(Kind kind, String text, int start) {
    enum Kind {
        /** A keyword or an unquoted name. */
        WORD,
        QUOTED_NAME,
        /** Digits with at most one point. */
        NUMBER,
        /** A text in single quotes. */
        TEXT,
        /** Anything else, operators of two characters among it; also what only looks like a number or text. */
        SIGN
    }

    private static final List<String> TWO = List.of("<=", ">=", "<>", "!=", "::", "||", "=>", "->");

    /** The tokens of a text, in order; one that does not end is the last. */
    static List<SqlToken> of(String sql) {
        List<SqlToken> tokens = new ArrayList<>();
        int i = 0;
        while (i < sql.length()) {
            int end = i + 1;
            char c = sql.charAt(i);
            if (sql.startsWith("--", i)) {
                end = indexOr(sql.indexOf('\n', i), sql.length());
            } else if (sql.startsWith("/*", i)) {
                end = indexOr(sql.indexOf("*/", i + 2) + 2, sql.length(), 2);
            } else if (!Character.isWhitespace(c)) {
                end = end(sql, i);
                tokens.add(new SqlToken(kind(sql, i, end), sql.substring(i, end), i));
            }
            i = end;
        }
        return tokens;
    }

    private static int indexOr(int index, int otherwise) {
        return index < 0 ? otherwise : index;
    }

    private static int indexOr(int index, int otherwise, int least) {
        return index < least ? otherwise : index;
    }

    private static int end(String sql, int start) {
        char c = sql.charAt(start);
        if (c == '\'' || c == '"') {
            return endOfQuote(sql, start, c);
        }
        if (isWordCharacter(c)) {
            int end = start;
            boolean number = isDigit(c);
            while (end < sql.length() && (isWordCharacter(sql.charAt(end)) || number && sql.charAt(end) == '.')) {
                end++;
            }
            return end;
        }
        return start + 2 <= sql.length() && TWO.contains(sql.substring(start, start + 2)) ? start + 2 : start + 1;
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

    private static Kind kind(String sql, int start, int end) {
        char c = sql.charAt(start);
        if (c == '"') {
            return Kind.QUOTED_NAME;
        }
        // N'..', X'..', U&'..': what stands right before a text says how to read it
        boolean glued = start > 0 && (isWordCharacter(sql.charAt(start - 1)) || sql.charAt(start - 1) == '&');
        if (c == '\'') {
            boolean closed = end - start >= 2 && sql.charAt(end - 1) == '\'';
            return closed && !glued ? Kind.TEXT : Kind.SIGN;
        }
        if (isDigit(c)) {
            return isNumber(sql, start, end) && !glued && (start == 0 || sql.charAt(start - 1) != '.')
                    ? Kind.NUMBER
                    : Kind.SIGN;
        }
        return isWordCharacter(c) ? Kind.WORD : Kind.SIGN;
    }

    private static boolean isNumber(String sql, int start, int end) {
        int points = 0;
        for (int i = start; i < end; i++) {
            points += sql.charAt(i) == '.' ? 1 : 0;
            if (sql.charAt(i) != '.' && !isDigit(sql.charAt(i))) {
                return false;
            }
        }
        return points <= 1 && sql.charAt(end - 1) != '.';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordCharacter(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || Character.isSurrogate(c);
    }

    int end() {
        return start + text.length();
    }

    boolean is(String other) {
        return text.equals(other);
    }

    /** The text in capitals, for comparing with keywords; quoted names are no keywords. */
    String upper() {
        return kind == Kind.WORD ? text.toUpperCase(Locale.ROOT) : text;
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED_NAME;
    }
}
