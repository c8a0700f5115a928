package io.calque.engine.exec;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.linq4j.function.Function0;
import org.jspecify.annotations.Nullable;

/** Rows of an operator that is made, and so computes, when they are first read; once. Belongs to the thread that pulls the query. */
final class LazyRows extends AbstractEnumerable<Object> {
    private final Function0<Enumerable<Object>> maker;
    private @Nullable Enumerable<Object> made;

    LazyRows(Function0<Enumerable<Object>> maker) {
        this.maker = maker;
    }

    @Override
    public Enumerator<Object> enumerator() {
        Enumerable<Object> rows = made;
        if (rows == null) {
            rows = maker.apply();
            made = rows;
        }
        return rows.enumerator();
    }
}
