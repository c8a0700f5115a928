package io.calque.planner.functions;

import io.calque.planner.lowering.TimeFunctions;
import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;

/** PostgreSQL's functions of dates and times in terms of standard operators. Stateless. */
final class TimeConvertlets {
    private TimeConvertlets() {}

    /** {@code DATE_TRUNC('month', x)} is {@code FLOOR(x TO MONTH)}, which sources know; of a DATE it gives a TIMESTAMP. */
    static RexNode truncate(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        RelDataType type = Rewrite.type(cx, call);
        RexNode unit = cx.convertExpression(call.operand(0));
        RexNode value = cx.convertExpression(call.operand(1));
        if (!(unit instanceof RexLiteral)) {
            boolean instant = type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
            RexNode clock = Rewrite.cast(rexBuilder, value, type);
            return rexBuilder.makeCall(
                    type, instant ? TimeOperators.TRUNC_INSTANT : TimeOperators.TRUNC_TIMESTAMP, List.of(unit, clock));
        }
        RexNode flag = rexBuilder.makeFlag(unit(unit));
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        boolean date = SqlTypeUtil.isDate(value.getType());
        RexNode clock = date || SqlTypeUtil.isDatetime(value.getType()) ? value : Rewrite.cast(rexBuilder, value, type);
        RelDataType floorType = types.createTypeWithNullability(clock.getType(), type.isNullable());
        RexNode floor = rexBuilder.makeCall(floorType, SqlStdOperatorTable.FLOOR, List.of(clock, flag));
        return date ? rexBuilder.makeCast(type, floor) : floor;
    }

    /** {@code DATE_PART('year', x)} is {@code EXTRACT(YEAR FROM x)}. */
    static RexNode part(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        RexNode unit = cx.convertExpression(call.operand(0));
        if (!(unit instanceof RexLiteral)) {
            throw new QueryException(
                    ErrorCode.NOT_SUPPORTED, "DATE_PART takes its unit as a literal: DATE_PART('year', x)");
        }
        RexNode value = cx.convertExpression(call.operand(1));
        return rexBuilder.makeCall(
                Rewrite.type(cx, call), TimeOperators.EXTRACT, List.of(rexBuilder.makeFlag(unit(unit)), value));
    }

    /** TO_CHAR writes the wall clock of the session. */
    static RexNode format(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        RelDataType timestamp = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.TIMESTAMP);
        RexNode clock = Rewrite.cast(rexBuilder, cx.convertExpression(call.operand(0)), timestamp);
        return rexBuilder.makeCall(
                Rewrite.type(cx, call), TimeOperators.TO_CHAR, List.of(clock, cx.convertExpression(call.operand(1))));
    }

    private static TimeUnitRange unit(RexNode literal) {
        String text = ((RexLiteral) literal).getValueAs(String.class);
        try {
            return TimeUnitRange.valueOf(TimeFunctions.unitName(text == null ? "" : text));
        } catch (IllegalArgumentException e) {
            throw new QueryException(
                    ErrorCode.INVALID_PARAMETER,
                    "'" + (text == null ? "" : text.toLowerCase(Locale.ROOT))
                            + "' is no unit of time; year, quarter, month, week, day, " + "hour, minute and second are",
                    e);
        }
    }
}
