package io.calque.planner.lowering;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import io.calque.spi.pushdown.CalqueTypeFactory;
import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.Sarg;
import org.junit.jupiter.api.Test;

class LoweringTest {
    /** TPC-H Q6 has ranges of two columns beside a third condition; a filter asserts that its condition is flat. */
    @Test
    void keepsConjunctionsFlatWhenRangesBecomeComparisons() {
        RelDataTypeFactory types = new CalqueTypeFactory();
        RexBuilder rex = new RexBuilder(types);
        RelDataType integer = types.createSqlType(SqlTypeName.INTEGER);
        Sarg<BigDecimal> range =
                Sarg.of(RexUnknownAs.UNKNOWN, ImmutableRangeSet.of(Range.closedOpen(BigDecimal.ONE, BigDecimal.TEN)));
        RexNode between = rex.makeCall(
                SqlStdOperatorTable.SEARCH,
                rex.makeInputRef(integer, 0),
                rex.makeSearchArgumentLiteral(range, integer));
        RexNode below = rex.makeCall(
                SqlStdOperatorTable.LESS_THAN,
                rex.makeInputRef(integer, 1),
                rex.makeExactLiteral(BigDecimal.valueOf(2)));

        RexNode lowered = Lowering.apply(rex.makeCall(SqlStdOperatorTable.AND, between, below), rex);

        assertThat(RexUtil.isFlat(lowered)).as(lowered.toString()).isTrue();
    }
}
