package io.calque.planner.functions;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;

/** Steps that convertlets share. Stateless. */
final class Rewrite {
    private Rewrite() {}

    /** The same arguments under another operator. */
    static RexNode as(SqlOperator operator, SqlRexContext cx, SqlCall call) {
        return cx.getRexBuilder().makeCall(type(cx, call), operator, operands(cx, call));
    }

    /** All arguments cast to the type of the call. */
    static RexNode withOperandsOfItsType(SqlRexContext cx, SqlCall call) {
        RelDataType type = type(cx, call);
        List<RexNode> operands = operands(cx, call).stream()
                .map(o -> cast(cx.getRexBuilder(), o, type))
                .toList();
        return cx.getRexBuilder().makeCall(type, call.getOperator(), operands);
    }

    static RelDataType type(SqlRexContext cx, SqlCall call) {
        return cx.getValidator().getValidatedNodeType(call);
    }

    static List<RexNode> operands(SqlRexContext cx, SqlCall call) {
        return call.getOperandList().stream().map(cx::convertExpression).toList();
    }

    static RexNode asText(RexBuilder rexBuilder, RexNode value) {
        return SqlTypeUtil.inCharFamily(value.getType())
                ? value
                : cast(rexBuilder, value, rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR));
    }

    /** {@code value} as {@code type}, as nullable as it is. */
    static RexNode cast(RexBuilder rexBuilder, RexNode value, RelDataType type) {
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        return SqlTypeUtil.equalSansNullability(types, value.getType(), type)
                ? value
                : rexBuilder.makeCast(
                        types.createTypeWithNullability(type, value.getType().isNullable()), value);
    }
}
