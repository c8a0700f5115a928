package io.calque.spi.pushdown;

import io.calque.spi.source.ParameterSlot;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;

/**
 * The condition that several columns together are among keys that are known only while the query runs: {@code AMONG(a, ?keys1, b, ?keys1)} where
 * there is a key with this a and this b. Each column stands beside a parameter of its own type; all these have the index of one set. Stateless.
 */
public final class KeyTuples {
    /** As {@link CapabilityList} names it. */
    public static final String NAME = "AMONG";

    private static final SqlFunction AMONG = new SqlFunction(
            NAME,
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.BOOLEAN_NULLABLE,
            null,
            OperandTypes.VARIADIC,
            SqlFunctionCategory.USER_DEFINED_FUNCTION);

    private KeyTuples() {}

    /**
     * @param parameter index of the set, as {@link ParameterSlot} has it
     */
    public static RexNode condition(RexBuilder rex, List<RexNode> columns, int parameter) {
        List<RexNode> operands = new ArrayList<>();
        for (RexNode column : columns) {
            operands.add(column);
            operands.add(rex.makeDynamicParam(
                    rex.getTypeFactory().createTypeWithNullability(column.getType(), false), parameter));
        }
        return rex.makeCall(AMONG, operands);
    }

    public static boolean is(RexNode condition) {
        return condition instanceof RexCall call && call.getOperator() == AMONG;
    }

    /** What is looked for among the keys. */
    public static List<RexNode> columns(RexCall condition) {
        List<RexNode> columns = new ArrayList<>();
        for (int i = 0; i < condition.getOperands().size(); i += 2) {
            columns.add(condition.getOperands().get(i));
        }
        return columns;
    }

    /** The values of each column in turn. */
    public static List<ParameterSlot> slots(RexCall condition) {
        List<ParameterSlot> slots = new ArrayList<>();
        for (int i = 1; i < condition.getOperands().size(); i += 2) {
            RexDynamicParam keys = (RexDynamicParam) condition.getOperands().get(i);
            slots.add(new ParameterSlot(keys.getIndex(), RelTypes.toData(keys.getType()), i / 2));
        }
        return slots;
    }
}
