package io.calque.spi.catalog;

import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import java.time.Instant;
import java.util.List;

/**
 * A view that {@code CREATE VIEW} made; it lives in the registry, under catalog {@code calque}, schema {@code views}.
 *
 * @param name unique among views, compared without case
 * @param sql the query, as written, without the CREATE VIEW part
 * @param columnNames renamed output columns; empty to keep the query's own
 * @param searchPath the search path in force when it was created
 * @param owner the principal who created it
 */
public record ViewDescriptor(
        String name, String sql, List<String> columnNames, List<String> searchPath, String owner, Instant createdAt) {
    public ViewDescriptor {
        columnNames = List.copyOf(columnNames);
        searchPath = List.copyOf(searchPath);
    }

    /** As what rights are asked of. */
    public TableName tableName() {
        return new TableName(new SourceId("calque"), "views", name);
    }
}
