package io.calque.spi.pushdown;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

class CapabilityListTest {
    private final RelBuilder builder =
            RelBuilder.create(Frameworks.newConfigBuilder().build());

    private RelBuilder values() {
        return builder.values(new String[] {"a", "b"}, 1, "x", 2, "y");
    }

    private static CapabilityList.Builder capabilities() {
        return CapabilityList.of("Toy");
    }

    private RelNode filter() {
        return values().filter(builder.equals(builder.field("a"), builder.literal(1)))
                .build();
    }

    @Test
    void refusesByNameWhatIsNotListed() {
        assertThat(capabilities().build().operator(filter())).isEqualTo(Verdict.no("Toy is not asked for FILTER"));
        assertThat(capabilities().operator(Filter.class).build().operator(filter()))
                .isEqualTo(Verdict.no("Toy is not asked for ="));
    }

    @Test
    void acceptsWhatIsListedDownToTheLeaves() {
        CapabilityList list = capabilities()
                .operator(Filter.class)
                .functions(ExpressionRule.ALWAYS, "=")
                .build();
        assertThat(list.operator(filter())).isEqualTo(Verdict.yes());
    }

    @Test
    void aRuleRefusesWithItsReason() {
        CapabilityList list = capabilities()
                .operator(Filter.class)
                .functions((call, input) -> Verdict.no("Toy compares without case"), "=")
                .build();
        assertThat(list.operator(filter())).isEqualTo(Verdict.no("Toy compares without case"));
    }

    @Test
    void columnsAndLiteralsHaveRulesOfTheirOwn() {
        CapabilityList.Builder filters = capabilities().operator(Filter.class).functions(ExpressionRule.ALWAYS, "=");
        assertThat(filters.columns((input, index) -> index == 0 ? Verdict.no("a is mixed") : Verdict.yes())
                        .build()
                        .operator(filter()))
                .isEqualTo(Verdict.no("a is mixed"));
        assertThat(filters.columns((input, index) -> Verdict.yes())
                        .literals(value -> Verdict.no("no literals"))
                        .build()
                        .operator(filter()))
                .isEqualTo(Verdict.no("no literals"));
    }

    @Test
    void aRefusalDeepInsideAnExpressionCounts() {
        RelNode project = values().project(builder.call(
                        SqlStdOperatorTable.PLUS,
                        builder.field("a"),
                        builder.call(SqlStdOperatorTable.CHAR_LENGTH, builder.field("b"))))
                .build();
        CapabilityList list = capabilities()
                .operator(Project.class)
                .functions(ExpressionRule.ALWAYS, "+")
                .build();
        assertThat(list.operator(project)).isEqualTo(Verdict.no("Toy is not asked for CHAR_LENGTH"));
    }

    @Test
    void aggregatesAreListedApartFromFunctions() {
        RelNode aggregate = values().aggregate(builder.groupKey("b"), builder.sum(builder.field("a")))
                .build();
        CapabilityList.Builder aggregates = capabilities().operator(Aggregate.class);
        assertThat(aggregates.functions(ExpressionRule.ALWAYS, "SUM").build().operator(aggregate))
                .isEqualTo(Verdict.no("Toy is not asked for SUM"));
        assertThat(aggregates.aggregates(AggregateRule.ALWAYS, "sum").build().operator(aggregate))
                .isEqualTo(Verdict.yes());
    }

    @Test
    void sortKeysAndBoundsAreChecked() {
        RelNode sort = values().sortLimit(1, 1, builder.field("b")).build();
        CapabilityList.Builder sorts = capabilities().operator(Sort.class);
        assertThat(sorts.build().operator(sort)).isEqualTo(Verdict.yes());
        assertThat(sorts.sortKeys((node, key) -> Verdict.no("order differs"))
                        .build()
                        .operator(sort))
                .isEqualTo(Verdict.no("order differs"));
        assertThat(sorts.sortKeys((node, key) -> Verdict.yes())
                        .literals(value -> Verdict.no("no bounds"))
                        .build()
                        .operator(sort))
                .isEqualTo(Verdict.no("no bounds"));
    }
}
