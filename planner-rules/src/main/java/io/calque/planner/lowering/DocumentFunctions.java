package io.calque.planner.lowering;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes JSON documents. Stateless. */
public final class DocumentFunctions {
    /** Between the names of a path, and between paths: control characters that stand for just that. */
    public static final String STEP = "\u001f";

    public static final String PATH = "\u001e";

    private DocumentFunctions() {}

    /**
     * A document of the members that are not NULL; NULL when all are.
     *
     * @param paths one for each value
     * @param values numbers, booleans and texts
     */
    public static @Nullable String document(String paths, @Nullable Object... values) {
        String[] members = paths.split(PATH, -1);
        Map<String, Object> root = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                put(root, members[i].split(STEP, -1), value);
            }
        }
        return root.isEmpty() ? null : write(root, new StringBuilder()).toString();
    }

    private static void put(Map<String, Object> root, String[] path, Object value) {
        Map<String, Object> place = root;
        for (int i = 0; i < path.length - 1; i++) {
            place = child(place, path[i]);
        }
        place.put(path[path.length - 1], value);
    }

    /** A field that is a value in one document and holds fields in another gives way to the fields. */
    @SuppressWarnings("unchecked")
    private static Map<String, Object> child(Map<String, Object> place, String name) {
        if (!(place.get(name) instanceof Map)) {
            place.put(name, new LinkedHashMap<String, Object>());
        }
        return (Map<String, Object>) place.get(name);
    }

    private static StringBuilder write(Object value, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            String separator = "{";
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.append(separator);
                quote(String.valueOf(entry.getKey()), out).append(':');
                write(entry.getValue(), out);
                separator = ",";
            }
            return out.append('}');
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            // JSON has no such numbers.
            return Double.isFinite(number) ? out.append(value) : quote(value.toString(), out);
        }
        if (value instanceof java.math.BigDecimal number) {
            return out.append(number.toPlainString());
        }
        return value instanceof Number || value instanceof Boolean ? out.append(value) : quote(value.toString(), out);
    }

    private static StringBuilder quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"');
    }
}
