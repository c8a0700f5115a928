package io.calque.nl2plan.plan;

import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Names as SQL writes them. Stateless. */
public final class SqlNames {
    private SqlNames() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Text as a literal. */
    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /** Quoted only where a part needs it. */
    public static String table(TableName name) {
        return name.path().stream()
                .map(part -> part.matches("[A-Za-z_][A-Za-z0-9_]*") ? part : quoted(part))
                .collect(Collectors.joining("."));
    }

    /** The parts of a dotted name, of which some may be quoted. */
    public static List<String> parts(String dotted) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean inQuotes = false;
        for (int i = 0; i < dotted.length(); i++) {
            char c = dotted.charAt(i);
            if (c == '"' && inQuotes && i + 1 < dotted.length() && dotted.charAt(i + 1) == '"') {
                part.append(c);
                i++;
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (c == '.' && !inQuotes) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return List.copyOf(parts);
    }
}
