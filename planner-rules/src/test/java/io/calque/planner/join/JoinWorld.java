package io.calque.planner.join;

import io.calque.planner.PlannerCluster;
import io.calque.planner.catalog.CatalogSchemas;
import io.calque.planner.catalog.SourceTable;
import io.calque.planner.pushdown.JoinOrders;
import io.calque.planner.pushdown.PushdownGate;
import io.calque.planner.pushdown.PushdownSwitches;
import io.calque.spi.SourceId;
import io.calque.spi.TableName;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.ColumnDescriptor.Nullability;
import io.calque.spi.catalog.ColumnStatistics;
import io.calque.spi.catalog.KeyDescriptor;
import io.calque.spi.catalog.TableDescriptor;
import io.calque.spi.catalog.TableKind;
import io.calque.spi.catalog.TableStatistics;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.CapabilityList;
import io.calque.spi.pushdown.Verdict;
import io.calque.spi.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.tools.RelBuilder;

/** Tables of which only figures exist, and joins over them. Single use. */
final class JoinWorld {
    private static final Capabilities SOURCE = CapabilityList.of("A source")
            .operator(TableScan.class)
            .operator(Filter.class)
            .operator(Project.class)
            .operator(Join.class)
            .functions((call, input) -> Verdict.yes(), "=", "AND")
            .keySets()
            .build();

    private final CatalogSchemas schemas = new CatalogSchemas();
    private final Map<String, TableName> names = new LinkedHashMap<>();
    private final Map<String, String> filters = new LinkedHashMap<>();

    /**
     * A table of whole numbers.
     *
     * @param columns {@code name:distinct values}, {@code name:?} where nobody knows; the first one is the key where it has as many as rows
     */
    JoinWorld table(String source, String name, double rows, String... columns) {
        List<ColumnDescriptor> described = new ArrayList<>();
        Map<String, ColumnStatistics> figures = new TreeMap<>();
        for (String column : columns) {
            String[] parts = column.split(":");
            described.add(ColumnDescriptor.of(parts[0], DataType.BIGINT, "bigint", Nullability.NOT_NULL));
            if (parts[1].equals("?")) {
                continue;
            }
            figures.put(
                    parts[0],
                    new ColumnStatistics(
                            OptionalDouble.of(Double.parseDouble(parts[1])),
                            OptionalDouble.of(0),
                            Optional.empty(),
                            Optional.empty(),
                            OptionalDouble.empty(),
                            List.of(),
                            List.of()));
        }
        TableName full = new TableName(new SourceId(source), "main", name);
        String[] first = columns[0].split(":");
        boolean key = !first[1].equals("?") && Double.parseDouble(first[1]) == rows;
        TableDescriptor table = new TableDescriptor(
                full,
                TableKind.TABLE,
                described,
                key ? Optional.of(new KeyDescriptor("key", List.of(first[0]))) : Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                new TableStatistics(OptionalDouble.of(rows), Optional.empty(), new TreeMap<>(figures)),
                "",
                new TreeMap<>());
        schemas.add(full, new SourceTable(table));
        names.put(name, full);
        return this;
    }

    /** Only rows whose column has one value. */
    JoinWorld where(String table, String column) {
        filters.put(table, column);
        return this;
    }

    /**
     * The joins of all tables by {@code t.a = u.b}, in an order.
     *
     * @return {@code ((a b) c)}
     */
    String ordered(JoinOrders orders, String... equalities) {
        RelNode plan = plan(List.of(equalities));
        PushdownGate gate = new PushdownGate(source -> SOURCE, PushdownSwitches.ALL_ON);
        return text(new OrderJoins(gate, orders).apply(plan));
    }

    private RelNode plan(List<String> equalities) {
        JavaTypeFactoryImpl types = new JavaTypeFactoryImpl();
        RelOptCluster cluster = PlannerCluster.create(new RexBuilder(types));
        CalciteCatalogReader reader = new CalciteCatalogReader(
                schemas.root(), List.of(), types, new CalciteConnectionConfigImpl(new Properties()));
        RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, reader);
        boolean first = true;
        for (Map.Entry<String, TableName> table : names.entrySet()) {
            builder.scan(table.getValue().source().value(), "main", table.getKey());
            Optional.ofNullable(filters.get(table.getKey()))
                    .ifPresent(column -> builder.filter(builder.equals(builder.field(column), builder.literal(1L))));
            if (!first) {
                builder.join(JoinRelType.INNER, builder.literal(true));
            }
            first = false;
        }
        builder.filter(equalities.stream()
                .map(equality -> equality.split(" = "))
                .map(sides -> builder.equals(builder.field(sides[0]), builder.field(sides[1])))
                .toList());
        Filter filter = (Filter) builder.build();
        Join top = (Join) filter.getInput();
        return top.copy(
                top.getTraitSet(), filter.getCondition(), top.getLeft(), top.getRight(), top.getJoinType(), false);
    }

    private static String text(RelNode node) {
        if (node instanceof TableScan scan) {
            return scan.getTable().getQualifiedName().get(2);
        }
        String inputs = node.getInputs().stream().map(JoinWorld::text).collect(Collectors.joining(" "));
        return node instanceof Join ? "(" + inputs + ")" : inputs;
    }
}
