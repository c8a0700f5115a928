package io.calque.app.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A query of the showcase.
 *
 * @param title what it answers
 * @param sql without a semicolon
 */
record ShowcaseQuery(String title, String sql) {
    /** Reads {@code showcase.sql}: a comment line is the title of the statement below it. */
    static List<ShowcaseQuery> all() throws IOException {
        String script;
        try (InputStream stream = ShowcaseQuery.class.getResourceAsStream("showcase.sql")) {
            if (stream == null) {
                throw new IllegalStateException("showcase.sql is not in the jar");
            }
            script = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
        List<ShowcaseQuery> queries = new ArrayList<>();
        for (String part : script.split(";\\s*(?:\\n|$)", -1)) {
            String text = part.strip();
            if (!text.isEmpty()) {
                int end = text.indexOf('\n');
                queries.add(new ShowcaseQuery(
                        text.substring(0, end).replaceFirst("^--\\s*", ""),
                        text.substring(end + 1).strip()));
            }
        }
        return queries;
    }
}
