package io.calque.spi.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.junit.jupiter.api.Test;

class FragmentUsesTest {
    private final RelBuilder builder =
            RelBuilder.create(Frameworks.newConfigBuilder().build());

    private RelBuilder values() {
        return builder.values(new String[] {"a", "b"}, 1, "x", 2, "y");
    }

    private static List<String> uses(RelNode fragment) {
        return FragmentUses.of(fragment).stream().map(Object::toString).toList();
    }

    @Test
    void namesOperatorsAndTheFunctionsInThem() {
        RelNode filter = values().filter(builder.call(
                        SqlStdOperatorTable.GREATER_THAN,
                        builder.call(SqlStdOperatorTable.CHAR_LENGTH, builder.field("b")),
                        builder.field("a")))
                .build();
        assertThat(uses(filter))
                .containsExactly("operator FILTER", "operator VALUES", "function >", "function CHAR_LENGTH");
    }

    @Test
    void namesSortsByDirectionAndPlaceOfNulls() {
        RelNode sort = values().sortLimit(
                        2, 3, builder.desc(builder.field("a")), builder.nullsFirst(builder.field("b")))
                .build();
        assertThat(uses(sort))
                .containsExactly(
                        "operator VALUES",
                        "sort ASC NULLS FIRST",
                        "sort DESC NULLS FIRST",
                        "sort LIMIT",
                        "sort OFFSET");
    }

    @Test
    void namesAggregatesWithTheirDistinctAndFilter() {
        RelNode aggregate = values().aggregate(
                        builder.groupKey("b"),
                        builder.count(builder.field("a")).distinct(),
                        builder.sum(builder.field("a")).filter(builder.isNotNull(builder.field("b"))))
                .build();
        assertThat(uses(aggregate))
                .contains(
                        "operator GROUP BY", "operator AGGREGATE FILTER", "aggregate COUNT DISTINCT", "aggregate SUM");
        RelNode rows = values().build();
        assertThat(uses(LogicalAggregate.create(rows, List.of(), ImmutableBitSet.of(1), null, List.of())))
                .contains("operator DISTINCT");
        assertThat(uses(values().aggregate(builder.groupKey(), builder.countStar("n"))
                        .build()))
                .contains("operator AGGREGATE", "aggregate COUNT");
    }

    @Test
    void namesJoinsAndSetOperations() {
        values();
        RelNode join = values().join(JoinRelType.LEFT, "a").build();
        assertThat(uses(join)).contains("join LEFT", "function =");
        RelNode rows = values().build();
        assertThat(uses(LogicalUnion.create(List.of(rows, rows), true))).contains("set operation UNION ALL");
        assertThat(uses(LogicalMinus.create(List.of(rows, rows), false))).contains("set operation EXCEPT");
    }

    @Test
    void aListSaysWhatItHoldsAndWhyNot() {
        CapabilityList list = CapabilityList.of("Toy")
                .operator(Filter.class)
                .functions(ExpressionRule.ALWAYS, "like")
                .refused(Capability.Kind.FUNCTION, "Toy folds case", "=")
                .build();
        assertThat(list.list())
                .extracting(c -> c.use() + " " + c.state())
                .containsExactly("operator FILTER PROVEN", "function = REFUSED", "function LIKE PROVEN");
        RelNode filter = values().filter(builder.equals(builder.field("a"), builder.literal(1)))
                .build();
        assertThat(list.operator(filter)).isEqualTo(Verdict.no("Toy folds case"));
    }
}
