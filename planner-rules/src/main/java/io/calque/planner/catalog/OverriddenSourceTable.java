package io.calque.planner.catalog;

import io.calque.planner.functions.DocumentOperator;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.OverriddenTable;
import io.calque.spi.catalog.OverriddenTable.FromColumn;
import io.calque.spi.catalog.OverriddenTable.FromMembers;
import io.calque.spi.catalog.OverriddenTable.Origin;
import io.calque.spi.pushdown.RelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;

/**
 * A table that SQL sees otherwise than its source has it: a projection of the source's own, which alone the adapter meets.
 *
 * <pre>
 * before: TableScan(crm.public.people)              -- customers renamed, its id read as INTEGER
 * after:  Project(person = CAST($0 AS INTEGER), ...)
 *           TableScan(crm.public.customers)
 * </pre>
 *
 * <p>Renaming and hiding so cost nothing, and what the source can prove of a cast is pushed as for any other. Immutable.
 */
public final class OverriddenSourceTable extends AbstractTable implements TranslatableTable {
    private final OverriddenTable table;

    public OverriddenSourceTable(OverriddenTable table) {
        this.table = table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        RelDataTypeFactory.Builder builder = typeFactory.builder();
        for (ColumnDescriptor column : table.shown().columns()) {
            builder.add(column.name(), RelTypes.toRel(column.type(), column.nullable(), typeFactory));
        }
        return builder.build();
    }

    @Override
    public Statistic getStatistic() {
        return new TableStatistic(table.shown());
    }

    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable shown) {
        SourceTable source = new SourceTable(table.observed());
        RelDataType rowType = source.getRowType(context.getCluster().getTypeFactory());
        RelOptTable observed = RelOptTableImpl.create(
                Objects.requireNonNull(shown.getRelOptSchema()),
                rowType,
                table.observed().name().path(),
                source,
                (org.apache.calcite.linq4j.tree.Expression) null);
        RelNode scan = LogicalTableScan.create(context.getCluster(), observed, context.getTableHints());
        RexBuilder rex = context.getCluster().getRexBuilder();
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < table.origins().size(); i++) {
            RelDataType type = shown.getRowType().getFieldList().get(i).getType();
            values.add(value(rex, scan, table.origins().get(i), type));
        }
        return RelFactories.DEFAULT_PROJECT_FACTORY.createProject(
                scan, List.of(), values, shown.getRowType().getFieldNames(), java.util.Set.of());
    }

    private static RexNode value(RexBuilder rex, RelNode scan, Origin origin, RelDataType type) {
        if (origin instanceof FromColumn column) {
            RexNode value = rex.makeInputRef(scan, column.position());
            return value.getType().equals(type) ? value : rex.makeAbstractCast(type, value, false);
        }
        FromMembers document = (FromMembers) origin;
        return DocumentOperator.call(
                rex,
                type,
                document.members(),
                document.members().stream()
                        .<RexNode>map(m -> rex.makeInputRef(scan, m.position()))
                        .toList());
    }
}
