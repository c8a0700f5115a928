package io.calque.planner.cost;

import io.calque.spi.catalog.TableDescriptor;
import java.util.OptionalDouble;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.RelColumnOrigin;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.sql.type.SqlTypeName;

/** Mean bytes of values on the wire, as the registry measured them. Stateless. */
public final class RowBytes {
    private static final double NUMBER = 8;
    private static final double TEXT = 16;

    private RowBytes() {}

    /** All columns of a row. */
    public static double of(RelNode node, RelMetadataQuery mq) {
        double bytes = 0;
        for (int column = 0; column < node.getRowType().getFieldCount(); column++) {
            bytes += of(node, column, mq);
        }
        return bytes;
    }

    public static double of(RelNode node, int column, RelMetadataQuery mq) {
        SqlTypeName type =
                node.getRowType().getFieldList().get(column).getType().getSqlTypeName();
        return type == SqlTypeName.VARCHAR || type == SqlTypeName.VARBINARY
                ? measured(node, column, mq).orElse(TEXT)
                : NUMBER;
    }

    private static OptionalDouble measured(RelNode node, int column, RelMetadataQuery mq) {
        RelColumnOrigin origin = mq.getColumnOrigin(node, column);
        TableDescriptor table = origin == null || origin.isDerived()
                ? null
                : origin.getOriginTable().unwrap(TableDescriptor.class);
        if (origin == null || table == null) {
            return OptionalDouble.empty();
        }
        return table.statistics()
                .column(table.columns().get(origin.getOriginColumnOrdinal()).name())
                .averageBytes();
    }
}
