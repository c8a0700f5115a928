package io.calque.planner.pushdown;

import io.calque.spi.pushdown.KeyTuples;
import io.calque.spi.source.ParameterSlot;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * What a source is asked of a column in place of a join: {@code column = ?keys}, or {@code column >= ?least AND column <= ?greatest}; of several
 * columns, whether they are together among the keys ({@link KeyTuples}). Immutable.
 *
 * @param types of the columns, in which keys are sent
 * @param keySet number of the set in the plan
 */
record KeyCondition(RexBuilder rex, List<RelDataType> types, int keySet, KeyForm form) {
    KeyCondition {
        types = List.copyOf(types);
    }

    RexNode on(List<RexNode> values) {
        return values.size() == 1 ? on(values.get(0)) : KeyTuples.condition(rex, values, keys());
    }

    private RexNode on(RexNode value) {
        return switch (form) {
            case UNSENT -> rex.makeLiteral(true);
            case KEYS -> rex.makeCall(SqlStdOperatorTable.EQUALS, value, parameter(keys()));
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

    private int keys() {
        return ParameterSlot.FIRST_KEYS + keySet;
    }

    private RexNode parameter(int index) {
        return rex.makeDynamicParam(rex.getTypeFactory().createTypeWithNullability(types.get(0), false), index);
    }
}
