package io.calque.jdbc.sqlite;

import java.util.List;

/** Keys as the JSON array that {@code json_each} takes apart again. Stateless. */
final class SqliteKeyArray {
    private SqliteKeyArray() {}

    /**
     * @param keys whole numbers or texts
     */
    static String json(List<Object> keys) {
        StringBuilder json = new StringBuilder("[");
        for (Object key : keys) {
            if (json.length() > 1) {
                json.append(',');
            }
            if (key instanceof String text) {
                quote(text, json);
            } else {
                json.append(((Number) key).longValue());
            }
        }
        return json.append(']').toString();
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
