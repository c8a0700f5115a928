package io.calque.planner.functions;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * CASE, which the validator makes of COALESCE too. Stateless.
 *
 * <pre>
 * COALESCE(x, y)   to   CASE WHEN x IS NOT NULL THEN x ELSE y END
 * </pre>
 *
 * <p>The standard way casts the second x to NOT NULL, because where it is read it is. But conditions on a CASE become conditions on its
 * branches, and {@code x IS NOT NULL AND CAST(x AS NOT NULL) < 20} is taken for its second half alone, which says of a NULL what it likes.
 * The type of the whole stays what it was.
 */
final class FirstKnown {
    private FirstKnown() {}

    static RexNode convert(SqlRexContext cx, SqlCall call) {
        RexNode made = StandardConvertletTable.INSTANCE.convertCase(cx, (SqlCase) call);
        if (!(made instanceof RexCall cases) || made.getKind() != SqlKind.CASE) {
            return made;
        }
        RexBuilder rex = cx.getRexBuilder();
        List<RexNode> operands =
                cases.getOperands().stream().map(o -> asNullableAsItIs(rex, o)).toList();
        return operands.equals(cases.getOperands())
                ? made
                : rex.makeCall(cases.getParserPosition(), made.getType(), cases.getOperator(), operands);
    }

    private static RexNode asNullableAsItIs(RexBuilder rex, RexNode value) {
        if (value.getKind() != SqlKind.CAST) {
            return value;
        }
        RexNode written = ((RexCall) value).getOperands().get(0);
        RexNode inner = asNullableAsItIs(rex, written);
        boolean honest = value.getType().isNullable() || !inner.getType().isNullable();
        if (honest && inner == written) {
            return value;
        }
        RelDataTypeFactory types = rex.getTypeFactory();
        RelDataType type =
                types.createTypeWithNullability(value.getType(), inner.getType().isNullable());
        return SqlTypeUtil.equalSansNullability(types, inner.getType(), type)
                ? inner
                : rex.makeAbstractCast(((RexCall) value).getParserPosition(), type, inner, false);
    }
}
