package io.calque.planner.catalog;

import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.RelTypes;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A table of a source. Immutable; unwraps to its {@link TableDescriptor}. */
public final class SourceTable extends AbstractTable {
    private final TableDescriptor descriptor;

    public SourceTable(TableDescriptor descriptor) {
        this.descriptor = descriptor;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (ColumnDescriptor column : descriptor.columns()) {
            builder.add(column.name(), RelTypes.toRel(column.type(), column.nullable(), typeFactory));
        }
        return builder.build();
    }

    @Override
    public Statistic getStatistic() {
        return new TableStatistic(descriptor);
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> wanted) {
        return wanted.isInstance(descriptor) ? wanted.cast(descriptor) : super.unwrap(wanted);
    }
}
