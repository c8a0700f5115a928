package io.calque.spi.catalog;

import io.calque.spi.access.AccessPolicy;
import io.calque.spi.access.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table that Calque itself fills, in schema {@code system.system}, {@code system.information_schema} or {@code system.jdbc}.
 * Thread-safe; answers while sources are down.
 */
public interface SystemTable {
    /** {@code system}, {@code information_schema} or {@code jdbc}. */
    String schema();

    String name();

    List<ColumnDescriptor> columns();

    /**
     * The rows as one query sees them; values follow {@link io.calque.spi.batch.ColumnVector}'s conventions
     * (Long for integers, days and milliseconds; Double; Boolean; String; java.math.BigDecimal; null).
     */
    Iterable<? extends List<? extends @Nullable Object>> rows(SystemView view);

    /**
     * What a query may see.
     *
     * @param snapshot what the principal may see of the snapshot that the query took at the door
     * @param policy for what no snapshot has any more: the history
     */
    record SystemView(CatalogSnapshot snapshot, Principal principal, AccessPolicy policy) {
        /** What a principal may see of a snapshot. */
        public static SystemView of(CatalogSnapshot snapshot, Principal principal, AccessPolicy policy) {
            return new SystemView(VisibleCatalog.of(snapshot, principal, policy), principal, policy);
        }
    }
}
