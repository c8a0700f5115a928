package io.calque.planner.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

class RulePassTest {
    private final RelBuilder builder =
            RelBuilder.create(Frameworks.newConfigBuilder().build());
    private final RelNode rows =
            builder.values(new String[] {"a", "b"}, 1, 2, 3, 4).build();

    private static RelNode secondTwice(RelNode input) {
        List<RexInputRef> columns =
                List.of(RexInputRef.of(1, input.getRowType()), RexInputRef.of(1, input.getRowType()));
        return LogicalProject.create(input, List.of(), columns, List.of("x", "y"), Set.of());
    }

    @Test
    void leavesAPlanAloneThatHoldsOnlyAPartOfWhatARuleLooksFor() {
        RulePass pass = RulePass.of(HepMatchOrder.BOTTOM_UP, List.of(CoreRules.PROJECT_MERGE));
        RelNode one = secondTwice(rows);
        RelNode two = secondTwice(secondTwice(rows));

        assertThat(pass.over(rows)).isSameAs(rows);
        assertThat(pass.over(one)).isSameAs(one);
        assertThat(pass.over(two).getInput(0)).isInstanceOf(Values.class);
    }
}
