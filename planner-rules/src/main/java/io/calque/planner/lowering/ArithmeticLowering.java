package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Chooses our function for arithmetic on numbers, by the type of the result. Immutable, thread-safe. */
final class ArithmeticLowering {
    private static final Map<SqlKind, String> VERBS = Map.of(
            SqlKind.PLUS, "add",
            SqlKind.MINUS, "subtract",
            SqlKind.TIMES, "multiply",
            SqlKind.DIVIDE, "divide",
            SqlKind.MOD, "mod",
            SqlKind.MINUS_PREFIX, "negate");
    private static final Map<SqlKind, Map<SqlTypeName, EngineFunction>> FUNCTIONS = functions();
    private static final Map<SqlTypeName, EngineFunction> ABS = byType("abs");

    private ArithmeticLowering() {}

    /** {@code call} with our arithmetic; null where it is none, or the stock one is right. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall call) {
        Map<SqlTypeName, EngineFunction> byType =
                call.getOperator() == SqlStdOperatorTable.ABS ? ABS : FUNCTIONS.getOrDefault(call.getKind(), Map.of());
        SqlTypeName result = call.getType().getSqlTypeName() == SqlTypeName.FLOAT
                ? SqlTypeName.DOUBLE
                : call.getType().getSqlTypeName();
        EngineFunction function = byType.get(result);
        if (function == null || !call.getOperands().stream().allMatch(o -> SqlTypeUtil.isNumeric(o.getType()))) {
            return null;
        }
        if (call.getKind() == SqlKind.MOD && result != SqlTypeName.DECIMAL) {
            return integerMod(rexBuilder, call);
        }
        List<RexNode> operands = call.getOperands().stream()
                .map(operand -> toResultKind(rexBuilder, operand, call.getType()))
                .toList();
        if (result == SqlTypeName.DECIMAL && operands.size() == 2) {
            return function.call(
                    rexBuilder,
                    call.getType(),
                    operands.get(0),
                    operands.get(1),
                    CastLowering.number(rexBuilder, call.getType().getScale()));
        }
        return function.call(rexBuilder, call.getType(), operands.toArray(RexNode[]::new));
    }

    /** MOD has the type of its divisor, which may be narrower than the dividend; the remainder fits it all the same. */
    private static RexNode integerMod(RexBuilder rexBuilder, RexCall call) {
        RelDataType bigint = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                        call.getType().isNullable());
        EngineFunction mod = FUNCTIONS.getOrDefault(SqlKind.MOD, Map.of()).get(SqlTypeName.BIGINT);
        if (mod == null) {
            throw new IllegalStateException("no BIGINT remainder");
        }
        List<RexNode> operands = call.getOperands().stream()
                .map(operand -> toResultKind(rexBuilder, operand, bigint))
                .toList();
        RexNode remainder = mod.call(rexBuilder, bigint, operands.toArray(RexNode[]::new));
        RexNode narrowed = CastLowering.lower(rexBuilder, remainder, call.getType());
        return narrowed == null ? remainder : narrowed;
    }

    private static RexNode toResultKind(RexBuilder rexBuilder, RexNode operand, RelDataType result) {
        if (operand.getType().getSqlTypeName() == result.getSqlTypeName()) {
            return operand;
        }
        RelDataType target = result.getSqlTypeName() == SqlTypeName.DECIMAL
                ? rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 0)
                : result;
        target = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(target, operand.getType().isNullable());
        RexNode cast = CastLowering.lower(rexBuilder, operand, target);
        return cast == null ? operand : cast;
    }

    private static Map<SqlKind, Map<SqlTypeName, EngineFunction>> functions() {
        Map<SqlKind, Map<SqlTypeName, EngineFunction>> map = new EnumMap<>(SqlKind.class);
        VERBS.forEach((kind, verb) -> map.put(kind, byType(verb)));
        return map;
    }

    private static Map<SqlTypeName, EngineFunction> byType(String verb) {
        Map<SqlTypeName, EngineFunction> map = new EnumMap<>(SqlTypeName.class);
        map.put(SqlTypeName.SMALLINT, strict(IntegerFunctions.class, verb + "Smallint"));
        map.put(SqlTypeName.INTEGER, strict(IntegerFunctions.class, verb + "Integer"));
        map.put(SqlTypeName.BIGINT, strict(IntegerFunctions.class, verb + "Bigint"));
        map.put(SqlTypeName.DECIMAL, strict(DecimalFunctions.class, verb + "Decimal"));
        if (List.of("add", "subtract", "multiply", "divide").contains(verb)) {
            map.put(SqlTypeName.REAL, strict(DoubleFunctions.class, verb + "Real"));
            map.put(SqlTypeName.DOUBLE, strict(DoubleFunctions.class, verb + "Double"));
        }
        return map;
    }
}
