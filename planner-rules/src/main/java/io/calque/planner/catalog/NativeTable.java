package io.calque.planner.catalog;

import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.NativeQuery;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** The rows of a native text given with {@code TABLE(source.query('...'))}. Immutable; unwraps to its {@link NativeQuery}. */
public final class NativeTable extends AbstractTable {
    private final NativeQuery query;

    public NativeTable(NativeQuery query) {
        this.query = query;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (NativeQuery.Column column : query.columns()) {
            builder.add(column.name(), RelTypes.toRel(column.type(), column.nullable(), typeFactory));
        }
        return builder.uniquify().build();
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
        return wanted.isInstance(query) ? wanted.cast(query) : super.unwrap(wanted);
    }
}
