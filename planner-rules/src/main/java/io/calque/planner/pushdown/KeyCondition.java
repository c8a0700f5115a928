package io.calque.planner.pushdown;

import io.calque.spi.source.ParameterSlot;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * What a source is asked of a column in place of a join: {@code column = ?keys}, or {@code column >= ?least AND column <= ?greatest}. Immutable.
 *
 * @param type of the column, in which keys are sent
 * @param keySet number of the set in the plan
 */
record KeyCondition(RexBuilder rex, RelDataType type, int keySet, KeyForm form) {
    RexNode on(RexNode value) {
        return switch (form) {
            case UNSENT -> rex.makeLiteral(true);
            case KEYS -> rex.makeCall(SqlStdOperatorTable.EQUALS, value, parameter(ParameterSlot.FIRST_KEYS + keySet));
            case RANGE ->
                rex.makeCall(
                        SqlStdOperatorTable.AND,
                        rex.makeCall(
                                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                                value,
                                parameter(ParameterSlot.least(keySet))),
                        rex.makeCall(
                                SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
                                value,
                                parameter(ParameterSlot.greatest(keySet))));
        };
    }

    private RexNode parameter(int index) {
        return rex.makeDynamicParam(rex.getTypeFactory().createTypeWithNullability(type, false), index);
    }
}
