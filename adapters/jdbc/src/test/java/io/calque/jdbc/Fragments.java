package io.calque.jdbc;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.RelTypes;
import java.util.List;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.plan.hep.HepProgramBuilder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.Wrapper;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelBuilder;

/** Trees over described tables, as the engine would build them. */
public final class Fragments {
    private Fragments() {}

    public static RelBuilder over(List<TableDescriptor> tables) {
        return RelBuilder.create(config(tables));
    }

    private static FrameworkConfig config(List<TableDescriptor> tables) {
        SchemaPlus root = CalciteSchema.createRootSchema(false).plus();
        tables.forEach(table -> root.add(table.name().table(), new Described(table)));
        return Frameworks.newConfigBuilder()
                .defaultSchema(root)
                .parserConfig(SqlParser.config()
                        .withUnquotedCasing(Casing.UNCHANGED)
                        .withConformance(SqlConformanceEnum.BABEL))
                .typeSystem(new Types())
                .build();
    }

    /** The logical tree of a statement, filters moved down as the engine moves them. */
    public static RelNode of(List<TableDescriptor> tables, String sql) throws Exception {
        try (Planner planner = Frameworks.getPlanner(config(tables))) {
            SqlNode validated = planner.validate(planner.parse(sql));
            RelNode tree = planner.rel(validated).project();
            HepProgram program = new HepProgramBuilder()
                    .addRuleInstance(CoreRules.FILTER_SUB_QUERY_TO_CORRELATE)
                    .build();
            RelNode flat = RelDecorrelator.decorrelateQuery(run(program, tree), RelBuilder.create(config(tables)));
            HepProgram rules = new HepProgramBuilder()
                    .addRuleInstance(CoreRules.FILTER_INTO_JOIN)
                    .addRuleInstance(CoreRules.JOIN_CONDITION_PUSH)
                    .addRuleInstance(CoreRules.FILTER_MERGE)
                    .addRuleInstance(CoreRules.PROJECT_MERGE)
                    .addRuleInstance(CoreRules.PROJECT_REMOVE)
                    .addRuleInstance(CoreRules.FILTER_REDUCE_EXPRESSIONS)
                    .build();
            return run(rules, flat);
        }
    }

    private static RelNode run(HepProgram program, RelNode tree) {
        HepPlanner planner = new HepPlanner(program);
        planner.setRoot(tree);
        return planner.findBestExp();
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
