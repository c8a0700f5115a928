package io.calque.testkit.rel;

import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.pushdown.CalqueTypeFactory;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.type.DataType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Properties;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQueryBase;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Makes fragments over described tables as the planner makes them: logical operators over scans whose tables unwrap to their
 * {@link TableDescriptor}, in the engine's types. Single-threaded.
 */
public final class FragmentRels {
    private final CalciteSchema root = CalciteSchema.createRootSchema(false, false);
    private final CalqueTypeFactory types = new CalqueTypeFactory();
    private final RexBuilder rex = new RexBuilder(types);

    /**
     * @param tables known to the builders by the last part of their names
     */
    public FragmentRels(List<TableDescriptor> tables) {
        tables.forEach(table -> root.add(table.name().table(), new Described(table)));
    }

    /** A new builder, which changes nothing of what it is asked for: no simplification, no pruning. */
    public RelBuilder builder() {
        VolcanoPlanner planner = new VolcanoPlanner();
        planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
        RelOptCluster cluster = RelOptCluster.create(planner, rex);
        // Calcite looks its metadata provider up in the thread that asks.
        RelMetadataQueryBase.THREAD_PROVIDERS.set(JaninoRelMetadataProvider.of(DefaultRelMetadataProvider.INSTANCE));
        CalciteCatalogReader catalog =
                new CalciteCatalogReader(root, List.of(), types, new CalciteConnectionConfigImpl(new Properties()));
        return RelFactories.LOGICAL_BUILDER
                .create(cluster, catalog)
                .transform(c -> c.withSimplify(false).withSimplifyValues(false).withPruneInputOfAggregate(false));
    }

    public RexBuilder rex() {
        return rex;
    }

    public RelDataType type(DataType type) {
        return RelTypes.toRel(type, true, types);
    }

    /** A literal of this type; the value follows {@link io.calque.spi.batch.ColumnVector#get}, null is SQL NULL. */
    public RexNode literal(DataType type, @Nullable Object value) {
        if (value == null) {
            return rex.makeNullLiteral(type(type));
        }
        if (value instanceof Double number) {
            // RexBuilder's own way keeps 16 digits, of which some doubles need 17.
            return rex.makeApproxLiteral(BigDecimal.valueOf(number), RelTypes.toRel(type, false, types));
        }
        Object literal = switch (type.kind()) {
            case DATE, TIME -> Math.toIntExact((Long) value);
            case VARBINARY -> new ByteString((byte[]) value);
            default -> value;
        };
        return rex.makeLiteral(literal, RelTypes.toRel(type, false, types), false);
    }

    /** The {@code index}th parameter of a statement, from 0. */
    public RexNode parameter(DataType type, int index) {
        return rex.makeDynamicParam(type(type), index);
    }

    /** Asks as the pushdown rules do: from the leaves up, each operator once its inputs are accepted. */
    public static Verdict verdict(Capabilities capabilities, RelNode fragment) {
        for (RelNode input : fragment.getInputs()) {
            Verdict below = verdict(capabilities, input);
            if (!below.allowed()) {
                return below;
            }
        }
        return capabilities.operator(fragment);
    }

    private static final class Described extends AbstractTable {
        private final TableDescriptor table;

        Described(TableDescriptor table) {
            this.table = table;
        }

        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            table.columns().forEach(c -> row.add(c.name(), RelTypes.toRel(c.type(), c.nullable(), factory)));
            return row.build();
        }

        @Override
        public <C> @Nullable C unwrap(Class<C> wanted) {
            return wanted.isInstance(table) ? wanted.cast(table) : super.unwrap(wanted);
        }
    }
}
