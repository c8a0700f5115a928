package io.calque.nl2plan.plan;

import io.calque.spi.TableName;
import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.VisibleCatalog;
import java.util.List;
import java.util.Optional;

/** The tables that a principal may read, with the columns of them that it may, by the names documents give them. Immutable, thread-safe. */
public final class PlanTables {
    private final List<TableDescriptor> readable;

    private PlanTables(List<TableDescriptor> readable) {
        this.readable = readable;
    }

    public static PlanTables of(CatalogSnapshot catalog, Principal principal, AccessPolicy policy) {
        return new PlanTables(VisibleCatalog.of(catalog, principal, policy).sources().stream()
                .flatMap(source -> source.tables().stream())
                .toList());
    }

    public List<TableDescriptor> all() {
        return readable;
    }

    /** The one table that a dotted name, in full or from its end, means. */
    public Optional<TableDescriptor> find(String dotted) {
        List<String> parts = SqlNames.parts(dotted);
        List<TableDescriptor> found =
                readable.stream().filter(table -> endsWith(table.name(), parts)).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static boolean endsWith(TableName name, List<String> parts) {
        List<String> path = name.path();
        if (parts.size() > path.size()) {
            return false;
        }
        for (int i = 1; i <= parts.size(); i++) {
            if (!path.get(path.size() - i).equalsIgnoreCase(parts.get(parts.size() - i))) {
                return false;
            }
        }
        return true;
    }
}
