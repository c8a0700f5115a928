package io.calque.planner.catalog;

import io.calque.spi.TableName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;

/** Builds the root schema of one statement: exactly the tables that the statement names, each under source, schema, table. */
public final class CatalogSchemas {
    private final Map<TableName, Table> tables = new LinkedHashMap<>();

    /** Makes {@code table} known; a second one of the same name replaces the first. */
    public void add(TableName name, Table table) {
        tables.put(name, table);
    }

    public CalciteSchema root() {
        Map<String, Map<String, Map<String, Table>>> bySource = new HashMap<>();
        tables.forEach((name, table) -> bySource.computeIfAbsent(name.source().value(), s -> new HashMap<>())
                .computeIfAbsent(name.schema(), s -> new HashMap<>())
                .put(name.table(), table));
        Map<String, Schema> sources = new HashMap<>();
        bySource.forEach((source, schemas) -> {
            Map<String, Schema> children = new HashMap<>();
            schemas.forEach((schema, members) -> children.put(schema, new TableSchema(members, Map.of())));
            sources.put(source, new TableSchema(Map.of(), children));
        });
        return CalciteSchema.createRootSchema(false, false, "", new TableSchema(Map.of(), sources));
    }
}
