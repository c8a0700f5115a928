package io.calque.app.avatica;

import io.calque.engine.Session;
import org.jspecify.annotations.Nullable;

/** Makes JDBC's current catalog and schema the place where a session looks up unqualified names first. */
final class SearchPath {
    static final String SETTING = "search_path";

    private SearchPath() {}

    static void apply(Session session, @Nullable String catalog, @Nullable String schema) {
        if (!session.settings().containsKey(SETTING)) {
            return;
        }
        StringBuilder path = new StringBuilder();
        if (catalog != null && !catalog.isEmpty()) {
            path.append(catalog);
        }
        if (schema != null && !schema.isEmpty()) {
            path.append(path.isEmpty() ? "" : ".").append(schema);
        }
        if (!path.isEmpty()) {
            session.set(SETTING, path.toString());
        }
    }
}
