package io.calque.planner.functions;

import static org.apache.calcite.sql.type.SqlTypeFamily.DATE;
import static org.apache.calcite.sql.type.SqlTypeFamily.INTEGER;
import static org.apache.calcite.sql.type.SqlTypeFamily.TIMESTAMP;

import io.calque.planner.lowering.EngineFunction;
import io.calque.planner.lowering.TimeFunctions;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlMonotonicBinaryOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlSingleOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * + and - that also take PostgreSQL's pairs: DATE - DATE is the INTEGER of days, DATE + INTEGER a DATE, TIMESTAMP - TIMESTAMP an interval. They stand in
 * the operator table for the standard ones, and become them wherever the standard knows the pair.
 */
final class DateArithmetic {
    private static final EngineFunction DAYS_BETWEEN = EngineFunction.named(
            "DAYS_BETWEEN", TimeFunctions.class, "daysBetween", ReturnTypes.INTEGER_NULLABLE, Signature.of(DATE, DATE));
    private static final EngineFunction ADD_DAYS = EngineFunction.named(
            "ADD_DAYS", TimeFunctions.class, "addDays", ReturnTypes.DATE_NULLABLE, Signature.of(DATE, INTEGER));

    private static final SqlSingleOperandTypeChecker DAYS = OperandTypes.family(DATE, INTEGER);

    static final SqlOperator PLUS = operator(
            "+",
            SqlKind.PLUS,
            ReturnTypes.NULLABLE_SUM,
            OperandTypes.PLUS_OPERATOR.or(DAYS).or(OperandTypes.family(INTEGER, DATE)));
    static final SqlOperator MINUS = operator(
            "-",
            SqlKind.MINUS,
            ReturnTypes.NULLABLE_SUM,
            OperandTypes.MINUS_OPERATOR
                    .or(DAYS)
                    .or(OperandTypes.family(DATE, DATE))
                    .or(OperandTypes.family(TIMESTAMP, TIMESTAMP))
                    .or(OperandTypes.family(TIMESTAMP, DATE))
                    .or(OperandTypes.family(DATE, TIMESTAMP)));

    private DateArithmetic() {}

    private static SqlOperator operator(
            String sign, SqlKind kind, SqlReturnTypeInference standard, SqlSingleOperandTypeChecker operands) {
        SqlReturnTypeInference returns = binding -> {
            RelDataType own = ownType(binding, kind);
            return own == null ? standard.inferReturnType(binding) : own;
        };
        return new SqlMonotonicBinaryOperator(sign, kind, 40, true, returns, InferTypes.FIRST_KNOWN, operands);
    }

    /** Null for a pair that the standard knows. */
    private static @Nullable RelDataType ownType(SqlOperatorBinding binding, SqlKind kind) {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        RelDataType type = null;
        if (kind == SqlKind.MINUS && SqlTypeUtil.isDatetime(left) && SqlTypeUtil.isDatetime(right)) {
            boolean days = SqlTypeUtil.isDate(left) && SqlTypeUtil.isDate(right);
            type = days ? types.createSqlType(SqlTypeName.INTEGER) : dayToSecond(types);
        } else if (SqlTypeUtil.isDate(left) && isClockInterval(right)
                || kind == SqlKind.PLUS && isClockInterval(left) && SqlTypeUtil.isDate(right)) {
            type = types.createSqlType(SqlTypeName.TIMESTAMP);
        } else if (SqlTypeUtil.isDate(left) && SqlTypeUtil.isIntType(right)) {
            type = types.createSqlType(SqlTypeName.DATE);
        } else if (kind == SqlKind.PLUS && SqlTypeUtil.isIntType(left) && SqlTypeUtil.isDate(right)) {
            type = types.createSqlType(SqlTypeName.DATE);
        }
        return type == null ? null : types.createTypeWithNullability(type, left.isNullable() || right.isNullable());
    }

    private static RelDataType dayToSecond(RelDataTypeFactory types) {
        return types.createSqlIntervalType(new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
    }

    static RexNode convertPlus(SqlRexContext cx, SqlCall call) {
        RelDataType left = cx.getValidator().getValidatedNodeType(call.operand(0));
        RelDataType right = cx.getValidator().getValidatedNodeType(call.operand(1));
        if (SqlTypeUtil.isDate(left) && SqlTypeUtil.isIntType(right)) {
            return addDays(cx, call, 0, 1);
        }
        if (SqlTypeUtil.isDate(left) && isClockInterval(right)) {
            return addToMidnight(SqlStdOperatorTable.DATETIME_PLUS, cx, call, 0, 1);
        }
        if (isClockInterval(left) && SqlTypeUtil.isDate(right)) {
            return addToMidnight(SqlStdOperatorTable.DATETIME_PLUS, cx, call, 1, 0);
        }
        return SqlTypeUtil.isIntType(left) && SqlTypeUtil.isDate(right)
                ? addDays(cx, call, 1, 0)
                : standard(SqlStdOperatorTable.PLUS, cx, call);
    }

    static RexNode convertMinus(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        RelDataType left = cx.getValidator().getValidatedNodeType(call.operand(0));
        RelDataType right = cx.getValidator().getValidatedNodeType(call.operand(1));
        RelDataType type = Rewrite.type(cx, call);
        if (SqlTypeUtil.isDatetime(left) && SqlTypeUtil.isDatetime(right)) {
            SqlOperator operator = SqlTypeUtil.isDate(left) && SqlTypeUtil.isDate(right)
                    ? DAYS_BETWEEN
                    : SqlStdOperatorTable.MINUS_DATE;
            return rexBuilder.makeCall(type, operator, Rewrite.operands(cx, call));
        }
        if (SqlTypeUtil.isDate(left) && SqlTypeUtil.isIntType(right)) {
            List<RexNode> operands = Rewrite.operands(cx, call);
            RexNode days = rexBuilder.makeCall(SqlStdOperatorTable.UNARY_MINUS, operands.get(1));
            return rexBuilder.makeCall(type, ADD_DAYS, List.of(operands.get(0), days));
        }
        return SqlTypeUtil.isDate(left) && isClockInterval(right)
                ? addToMidnight(SqlStdOperatorTable.MINUS_DATE, cx, call, 0, 1)
                : standard(SqlStdOperatorTable.MINUS, cx, call);
    }

    /** Hours, minutes or seconds take part: a DATE plus these is a TIMESTAMP. */
    private static boolean isClockInterval(RelDataType type) {
        return SqlTypeName.DAY_INTERVAL_TYPES.contains(type.getSqlTypeName())
                && type.getSqlTypeName() != SqlTypeName.INTERVAL_DAY;
    }

    private static RexNode addToMidnight(SqlOperator operator, SqlRexContext cx, SqlCall call, int date, int interval) {
        RelDataType type = Rewrite.type(cx, call);
        List<RexNode> operands = Rewrite.operands(cx, call);
        RexNode midnight = Rewrite.cast(cx.getRexBuilder(), operands.get(date), type);
        return cx.getRexBuilder().makeCall(type, operator, List.of(midnight, operands.get(interval)));
    }

    private static RexNode addDays(SqlRexContext cx, SqlCall call, int date, int days) {
        List<RexNode> operands = Rewrite.operands(cx, call);
        return cx.getRexBuilder()
                .makeCall(Rewrite.type(cx, call), ADD_DAYS, List.of(operands.get(date), operands.get(days)));
    }

    /** The call under the standard's operator; its type stays the one that validation found. */
    private static RexNode standard(SqlOperator operator, SqlRexContext cx, SqlCall call) {
        ((SqlBasicCall) call).setOperator(operator);
        return StandardConvertletTable.INSTANCE.get(call).convertCall(cx, call);
    }
}
