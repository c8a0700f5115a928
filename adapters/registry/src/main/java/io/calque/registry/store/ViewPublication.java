package io.calque.registry.store;

import io.calque.registry.drift.CatalogChange;
import io.calque.registry.drift.CatalogChange.ViewAdded;
import io.calque.registry.drift.CatalogChange.ViewRemoved;
import io.calque.registry.drift.CatalogChange.ViewReplaced;
import io.calque.spi.catalog.ViewDescriptor;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One edit of a view, set against what is stored. Stateless. */
final class ViewPublication {
    private ViewPublication() {}

    static Optional<ViewDescriptor> find(StoredCatalog catalog, String name) {
        return catalog.observed().views().stream()
                .filter(v -> folded(v.name()).equals(folded(name)))
                .findFirst();
    }

    /** Adds the view, or puts it in the place of the one of its name. */
    static Publication put(Connection connection, StoredCatalog before, ViewDescriptor view, Instant now)
            throws SQLException {
        boolean present = find(before, view.name()).isPresent();
        CatalogChange change = present ? new ViewReplaced(view.name()) : new ViewAdded(view.name());
        CatalogWriter writer = CatalogWriter.begin(
                connection,
                before.version(),
                now,
                (present ? "replaced view " : "created view ") + view.name(),
                view.owner(),
                List.of(change));
        writer.removeView(folded(view.name()));
        writer.addView(view, folded(view.name()));
        return new Publication(writer.version(), true, List.of(change));
    }

    /** Unpublished when there is no such view. */
    static Publication drop(Connection connection, StoredCatalog before, String name, String author, Instant now)
            throws SQLException {
        Optional<ViewDescriptor> present = find(before, name);
        if (present.isEmpty()) {
            return new Publication(before.version(), false, List.of());
        }
        CatalogChange change = new ViewRemoved(present.get().name());
        CatalogWriter writer = CatalogWriter.begin(
                connection,
                before.version(),
                now,
                "dropped view " + present.get().name(),
                author,
                List.of(change));
        writer.removeView(folded(name));
        return new Publication(writer.version(), true, List.of(change));
    }

    /** The newest edit, whether the view stands or was dropped. */
    static LastEdit lastEdit(Connection connection, String name) throws SQLException {
        return LastEdit.read(
                connection,
                "SELECT valid_from, valid_to FROM views WHERE folded_name = ?1 ORDER BY valid_from DESC LIMIT 1",
                folded(name));
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
