package io.calque.mongodb.compiler;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.RelTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import org.apache.calcite.DataContext;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.interpreter.Interpreter;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Linq4j;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.schema.ScannableTable;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.tools.FrameworkConfig;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.Planner;
import org.apache.calcite.tools.RelBuilder;

/** Builds logical fragments over table descriptors, as the planner would hand them to the adapter. */
public final class Fragments {
    static {
        // As the engine sets them: Calcite's own default cannot spell code points beyond Latin-1.
        System.setProperty("calcite.default.charset", "UTF-8");
        System.setProperty("calcite.default.nationalcharset", "UTF-8");
        System.setProperty("calcite.default.collation.name", "UTF-8$en_US");
    }

    private Fragments() {}

    /** One builder over these tables, each under its own name. */
    public static RelBuilder over(TableDescriptor... tables) {
        return RelBuilder.create(config(Map.of(), tables)).transform(c -> c.withPruneInputOfAggregate(false));
    }

    /** The algebra of a query over these tables. */
    public static RelNode of(String sql, TableDescriptor... tables) {
        return of(sql, Map.of(), tables);
    }

    /**
     * @param rows of tables by name, so that {@link #interpret} can run the fragment
     */
    public static RelNode of(String sql, Map<String, List<List<Object>>> rows, TableDescriptor... tables) {
        try (Planner planner = Frameworks.getPlanner(config(rows, tables))) {
            SqlNode parsed = planner.validate(planner.parse(sql));
            return planner.rel(parsed).rel;
        } catch (Exception e) {
            throw new AssertionError(sql, e);
        }
    }

    /** As the planner asks for windows: each an operator of its own. */
    public static RelNode split(RelNode fragment) {
        HepPlanner planner = new HepPlanner(HepProgram.builder()
                .addRuleInstance(CoreRules.PROJECT_TO_LOGICAL_PROJECT_AND_WINDOW)
                .build());
        planner.setRoot(fragment);
        return planner.findBestExp();
    }

    /** Runs a fragment over the tables' rows in Calcite's interpreter. */
    public static List<List<Object>> interpret(RelNode fragment) {
        List<List<Object>> rows = new ArrayList<>();
        try (Interpreter interpreter = new Interpreter(new NoContext(), fragment)) {
            for (Object[] row : interpreter) {
                rows.add(new ArrayList<>(java.util.Arrays.asList(row)));
            }
        }
        return rows;
    }

    private static FrameworkConfig config(Map<String, List<List<Object>>> rows, TableDescriptor... tables) {
        SchemaPlus schema = CalciteSchema.createRootSchema(false, false).plus();
        for (TableDescriptor table : tables) {
            String name = table.name().table();
            schema.add(name, new DescribedTable(table, rows.getOrDefault(name, List.of())));
        }
        return Frameworks.newConfigBuilder()
                .defaultSchema(schema)
                .typeSystem(new WideDecimals())
                .parserConfig(SqlParser.config()
                        .withQuoting(Quoting.DOUBLE_QUOTE)
                        .withUnquotedCasing(Casing.UNCHANGED)
                        .withQuotedCasing(Casing.UNCHANGED))
                .sqlValidatorConfig(SqlValidator.Config.DEFAULT
                        .withDefaultNullCollation(NullCollation.HIGH)
                        .withIdentifierExpansion(true))
                .sqlToRelConverterConfig(SqlToRelConverter.config().withInSubQueryThreshold(Integer.MAX_VALUE))
                .build();
    }

    /** SUM and multiplication as the engine types them. */
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
    private static final class DescribedTable extends AbstractTable implements ScannableTable {
        private final TableDescriptor table;
        private final List<List<Object>> rows;

        private DescribedTable(TableDescriptor table, List<List<Object>> rows) {
            this.table = table;
            this.rows = rows;
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

        /** Integers come as longs and go as the boxes that Calcite computes with. */
        @Override
        public Enumerable<Object[]> scan(DataContext root) {
            return Linq4j.asEnumerable(rows.stream()
                    .map(row -> {
                        Object[] boxed = row.toArray();
                        for (int i = 0; i < boxed.length; i++) {
                            boxed[i] = boxed(
                                    boxed[i], table.columns().get(i).type().kind());
                        }
                        return boxed;
                    })
                    .toList());
        }

        private static Object boxed(Object value, io.calque.spi.type.TypeKind kind) {
            return value instanceof Long number
                            && (kind == io.calque.spi.type.TypeKind.INTEGER || kind == io.calque.spi.type.TypeKind.DATE)
                    ? (Object) number.intValue()
                    : value;
        }
    }

    /** The interpreter asks for nothing but the time zone. */
    private static final class NoContext implements DataContext {
        @Override
        public SchemaPlus getRootSchema() {
            return CalciteSchema.createRootSchema(false, false).plus();
        }

        @Override
        public org.apache.calcite.adapter.java.JavaTypeFactory getTypeFactory() {
            return new org.apache.calcite.jdbc.JavaTypeFactoryImpl(new WideDecimals());
        }

        @Override
        public org.apache.calcite.linq4j.QueryProvider getQueryProvider() {
            return null;
        }

        @Override
        public Object get(String name) {
            return Variable.TIME_ZONE.camelName.equals(name) ? TimeZone.getTimeZone("UTC") : null;
        }
    }
}
