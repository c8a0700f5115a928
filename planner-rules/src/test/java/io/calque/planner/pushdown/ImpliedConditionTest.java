package io.calque.planner.pushdown;

import static org.apache.calcite.sql.fun.SqlStdOperatorTable.AND;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.EQUALS;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.GREATER_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.LESS_THAN;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.NOT;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.OR;
import static org.apache.calcite.sql.fun.SqlStdOperatorTable.UPPER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.junit.jupiter.api.Test;

class ImpliedConditionTest {
    private final RexBuilder rex = new RexBuilder(new JavaTypeFactoryImpl());
    private final RexNode number = rex.makeInputRef(rex.getTypeFactory().createSqlType(SqlTypeName.INTEGER), 0);
    private final RexNode text = rex.makeInputRef(rex.getTypeFactory().createSqlType(SqlTypeName.VARCHAR), 1);
    private final RexNode moment = rex.makeInputRef(rex.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP, 3), 2);

    private RexNode number(int value) {
        return rex.makeCall(EQUALS, number, rex.makeLiteral(value, number.getType(), false));
    }

    private RexNode upper(String value) {
        return rex.makeCall(EQUALS, rex.makeCall(UPPER, text), rex.makeLiteral(value));
    }

    private RexNode at(String value) {
        return rex.makeLiteral(new TimestampString(value), moment.getType(), false);
    }

    private String implied(RexNode condition, Predicate<RexNode> taken) {
        return String.valueOf(new ImpliedCondition(rex, taken).of(condition));
    }

    private String withoutUpper(RexNode condition) {
        return implied(condition, c -> !c.toString().contains("UPPER"));
    }

    @Test
    void leavesOutWhatIsNotTakenOfEachAlternative() {
        RexNode first = rex.makeCall(AND, number(1), upper("X"));
        RexNode second = rex.makeCall(AND, number(2), upper("Y"));
        assertThat(withoutUpper(rex.makeCall(OR, first, second))).isEqualTo("OR(=($0, 1), =($0, 2))");
        assertThat(withoutUpper(first)).isEqualTo("=($0, 1)");
    }

    @Test
    void impliesNothingWhereOneAlternativeImpliesNothing() {
        RexNode first = rex.makeCall(AND, number(1), upper("X"));
        assertThat(withoutUpper(rex.makeCall(OR, first, upper("Y")))).isEqualTo("null");
        assertThat(withoutUpper(rex.makeCall(NOT, first))).isEqualTo("null");
    }

    @Test
    void widensMomentsToDays() {
        Predicate<RexNode> midnights = c -> !c.toString().contains(":30:00");
        assertThat(implied(rex.makeCall(GREATER_THAN, moment, at("2024-03-05 10:30:00")), midnights))
                .isEqualTo(">=($2, 2024-03-05 00:00:00)");
        assertThat(implied(rex.makeCall(GREATER_THAN, at("2024-03-05 10:30:00"), moment), midnights))
                .isEqualTo("<($2, 2024-03-06 00:00:00)");
        assertThat(implied(rex.makeCall(LESS_THAN, moment, at("1969-12-31 23:30:00")), midnights))
                .isEqualTo("<($2, 1970-01-01 00:00:00)");
        assertThat(implied(rex.makeCall(EQUALS, moment, at("2024-02-29 23:30:00")), midnights))
                .isEqualTo("AND(>=($2, 2024-02-29 00:00:00), <($2, 2024-03-01 00:00:00))");
    }
}
