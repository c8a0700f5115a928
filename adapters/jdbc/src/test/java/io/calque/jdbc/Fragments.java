package io.calque.jdbc;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.RelTypes;
import java.util.List;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;

/** Trees over described tables, as the engine would build them. */
public final class Fragments {
    private Fragments() {}

    public static RelBuilder over(List<TableDescriptor> tables) {
        SchemaPlus root = CalciteSchema.createRootSchema(false).plus();
        tables.forEach(table -> root.add(table.name().table(), new Described(table)));
        return RelBuilder.create(Frameworks.newConfigBuilder()
                .defaultSchema(root)
                .typeSystem(new Types())
                .build());
    }

    /** The engine's rules for derived types; public because Calcite makes one by its name. */
    public static final class Types extends RelDataTypeSystemImpl {
        @Override
        public int getMaxPrecision(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? 38 : super.getMaxPrecision(type);
        }

        @Override
        public int getMaxScale(SqlTypeName type) {
            return type == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(type);
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

        @Override
        public RelDataType deriveAvgAggType(RelDataTypeFactory factory, RelDataType argument) {
            RelDataType average = switch (argument.getSqlTypeName()) {
                case SMALLINT, INTEGER, BIGINT, DECIMAL ->
                    factory.createSqlType(SqlTypeName.DECIMAL, 38, Math.max(16, Math.max(0, argument.getScale())));
                default -> argument;
            };
            return factory.createTypeWithNullability(average, argument.isNullable());
        }
    }

    private static final class Described extends AbstractTable implements Wrapper {
        private final TableDescriptor table;

        private Described(TableDescriptor table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            table.columns().forEach(c -> row.add(c.name(), RelTypes.toRel(c.type(), c.nullable(), factory)));
            return row.build();
        }

        @Override
        public <C> C unwrap(Class<C> type) {
            return type.isInstance(table) ? type.cast(table) : super.unwrap(type);
        }
    }
}
