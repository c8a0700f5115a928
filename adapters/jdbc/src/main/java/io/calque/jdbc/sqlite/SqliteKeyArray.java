package io.calque.jdbc.sqlite;

import java.util.List;

/** Keys as the JSON array that {@code json_each} takes apart again. Stateless. */
final class SqliteKeyArray {
    private SqliteKeyArray() {}

    /**
     * @param keys whole numbers or texts; lists of them where keys have several columns
     */
    static String json(List<?> keys) {
        StringBuilder json = new StringBuilder();
        write(keys, json);
        return json.toString();
    }

    private static void write(List<?> values, StringBuilder json) {
        json.append('[');
        boolean first = true;
        for (Object value : values) {
            if (!first) {
                json.append(',');
            }
            first = false;
            if (value instanceof List<?> several) {
                write(several, json);
            } else if (value instanceof String text) {
                quote(text, json);
            } else {
                json.append(((Number) value).longValue());
            }
        }
        json.append(']');
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        json.append('"');
    }
}
