package io.calque.planner.catalog;

import java.util.Map;
import org.apache.calcite.schema.Schema;
import org.apache.calcite.schema.Table;
import org.apache.calcite.schema.impl.AbstractSchema;

/** A schema that holds exactly the tables and schemas it is given. Immutable. */
final class TableSchema extends AbstractSchema {
    private final Map<String, Table> tables;
    private final Map<String, Schema> children;

    TableSchema(Map<String, Table> tables, Map<String, Schema> children) {
        this.tables = Map.copyOf(tables);
        this.children = Map.copyOf(children);
    }

    @Override
    protected Map<String, Table> getTableMap() {
        return tables;
    }

    @Override
    protected Map<String, Schema> getSubSchemaMap() {
        return children;
    }
}
