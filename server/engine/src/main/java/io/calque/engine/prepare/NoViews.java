package io.calque.engine.prepare;

import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Views are subqueries before the converter sees a statement, so it never has one to expand. */
enum NoViews implements RelOptTable.ViewExpander {
    INSTANCE;

    @Override
    public RelRoot expandView(
            RelDataType rowType, String queryString, List<String> schemaPath, @Nullable List<String> viewPath) {
        throw new IllegalStateException("a view reached the converter: " + viewPath);
    }
}
