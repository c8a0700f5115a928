package io.calque.mongodb.compiler;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.RelTypes;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;

/** Builds logical fragments over table descriptors, as the planner would hand them to the adapter. */
public final class Fragments {
    private Fragments() {}

    /** One builder over these tables, each under its own name. */
    public static RelBuilder over(TableDescriptor... tables) {
        SchemaPlus schema = CalciteSchema.createRootSchema(false, false).plus();
        for (TableDescriptor table : tables) {
            schema.add(table.name().table(), new DescribedTable(table));
        }
        FrameworkConfig config = Frameworks.newConfigBuilder()
                .defaultSchema(schema)
                .typeSystem(new WideDecimals())
                .build();
        return RelBuilder.create(config).transform(c -> c.withPruneInputOfAggregate(false));
    }

    /** SUM and division as the engine types them. */
    public static final class WideDecimals extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? 38 : super.getMaxPrecision(typeName);
        }

        @Override
        public int getMaxScale(SqlTypeName typeName) {
            return typeName == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(typeName);
        }

        @Override
        public RelDataType deriveSumType(RelDataTypeFactory factory, RelDataType argument) {
            RelDataType sum = switch (argument.getSqlTypeName()) {
                case SMALLINT, INTEGER -> factory.createSqlType(SqlTypeName.BIGINT);
                case BIGINT -> factory.createSqlType(SqlTypeName.DECIMAL, 38, 0);
                case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, 38, argument.getScale());
                default -> argument;
            };
            return factory.createTypeWithNullability(sum, argument.isNullable());
        }
    }

    /** A Calcite table that unwraps to its descriptor. */
    private static final class DescribedTable extends AbstractTable {
        private final TableDescriptor table;

        private DescribedTable(TableDescriptor table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            table.columns().forEach(c -> row.add(c.name(), RelTypes.toRel(c.type(), c.nullable(), factory)));
            return row.build();
        }

        @Override
        public <C> C unwrap(Class<C> wanted) {
            return wanted.isInstance(table) ? wanted.cast(table) : super.unwrap(wanted);
        }
    }
}
