package io.calque.planner.join;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;

class ColumnEqualitiesTest {
    private final RexBuilder rex = new RexBuilder(new JavaTypeFactoryImpl());

    private RexNode equal(int one, int other, SqlTypeName type) {
        return rex.makeCall(SqlStdOperatorTable.EQUALS, column(one, type), column(other, type));
    }

    private RexNode column(int index, SqlTypeName type) {
        return new RexInputRef(index, rex.getTypeFactory().createSqlType(type));
    }

    private String between(int one, int other, RexNode... conjuncts) {
        return new ColumnEqualities(List.of(conjuncts), rex)
                .between(new int[] {one}, new int[] {other})
                .map(RexNode::toString)
                .orElse("nothing");
    }

    @Test
    void followsAChain() {
        assertThat(between(
                        3,
                        0,
                        equal(0, 1, SqlTypeName.BIGINT),
                        equal(2, 1, SqlTypeName.BIGINT),
                        equal(2, 3, SqlTypeName.BIGINT)))
                .isEqualTo("=($3, $0)");
    }

    @Test
    void saysNothingOfColumnsThatNothingLinks() {
        assertThat(between(0, 2, equal(0, 1, SqlTypeName.BIGINT), equal(2, 3, SqlTypeName.BIGINT)))
                .isEqualTo("nothing");
    }

    /** Floating numbers are compared elsewhere by other rules, NaN and -0.0 among them. */
    @Test
    void leavesFloatingNumbersAlone() {
        assertThat(between(0, 2, equal(0, 1, SqlTypeName.DOUBLE), equal(1, 2, SqlTypeName.DOUBLE)))
                .isEqualTo("nothing");
    }
}
