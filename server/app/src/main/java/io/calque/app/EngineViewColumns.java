package io.calque.app;

import io.calque.engine.ResultColumn;
import io.calque.engine.Session;
import io.calque.engine.SessionFactory;
import io.calque.registry.system.ViewColumns;
import io.calque.spi.QueryException;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.SystemTable.SystemView;
import io.calque.spi.catalog.ViewDescriptor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds a view's columns by preparing a query of it. The engine needs the system tables, which need this: hence the two steps.
 * Thread-safe.
 */
final class EngineViewColumns implements ViewColumns {
    private volatile @Nullable SessionFactory sessions;

    void askAt(SessionFactory engine) {
        sessions = engine;
    }

    @Override
    public List<ColumnDescriptor> columns(ViewDescriptor view, SystemView asker) {
        SessionFactory engine = sessions;
        if (engine == null) {
            return List.of();
        }
        try (Session session = engine.open(asker.principal(), Map.of())) {
            String name = "\"" + view.name().replace("\"", "\"\"") + "\"";
            return session.prepare("SELECT * FROM calque.views." + name).columns().stream()
                    .map(EngineViewColumns::descriptor)
                    .toList();
        } catch (QueryException e) {
            // a view whose tables have gone is still a view, of columns that nobody knows
            return List.of();
        }
    }

    private static ColumnDescriptor descriptor(ResultColumn column) {
        return ColumnDescriptor.of(
                column.label(),
                column.type(),
                column.type().toString(),
                column.nullable() ? Nullability.NULLABLE : Nullability.NOT_NULL);
    }
}
