package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Replaces operators inside one expression; every replacement keeps the type of what it replaces. Single-threaded. */
final class RexLowering extends RexShuttle {
    static final EngineFunction TO_SORT_KEY = strict(TextFunctions.class, "toSortKey");
    static final EngineFunction FROM_SORT_KEY = strict(TextFunctions.class, "fromSortKey");
    private static final EngineFunction DECIMAL = strict(DecimalFunctions.class, "decimal");
    private final RexBuilder rexBuilder;

    RexLowering(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (call.getKind() == SqlKind.SEARCH) {
            return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
        }
        RexCall lowered = (RexCall) super.visitCall(call);
        RexNode replaced = replace(lowered);
        return replaced == null ? lowered : replaced;
    }

    private @Nullable RexNode replace(RexCall call) {
        if (call.getOperator() == SqlStdOperatorTable.CAST) {
            return CastLowering.lower(rexBuilder, call.getOperands().get(0), call.getType());
        }
        RexNode text = TextLowering.lower(rexBuilder, call);
        if (text != null) {
            return text;
        }
        RexNode time = TimeLowering.lower(rexBuilder, call);
        if (time != null) {
            return time;
        }
        RexNode rounded = MathLowering.lower(rexBuilder, call);
        return rounded != null ? rounded : ArithmeticLowering.lower(rexBuilder, call);
    }

    @Override
    public RexNode visitOver(RexOver over) {
        RexOver lowered = (RexOver) super.visitOver(over);
        boolean textExtreme = isExtreme(over.getAggOperator().getKind()) && SqlTypeUtil.inCharFamily(over.getType());
        if (textExtreme) {
            RexNode extreme = over(lowered, toSortKey(lowered.getOperands().get(0)));
            return FROM_SORT_KEY.call(rexBuilder, over.getType(), extreme);
        }
        boolean bigintSum = isDecimalSum(over.getAggOperator().getKind(), over.getType())
                && lowered.getOperands().get(0).getType().getSqlTypeName() != SqlTypeName.DECIMAL;
        RexNode sum = bigintSum
                ? over(lowered, toDecimal(rexBuilder, lowered.getOperands().get(0)))
                : lowered;
        return checkedSum(rexBuilder, over.getAggOperator().getKind(), sum);
    }

    /** The same call over the same window, of another argument. */
    private RexNode over(RexOver lowered, RexNode argument) {
        return rexBuilder.makeOver(
                lowered.getParserPosition(),
                lowered.getType(),
                lowered.getAggOperator(),
                List.of(argument),
                lowered.getWindow().partitionKeys,
                lowered.getWindow().orderKeys,
                lowered.getWindow().getLowerBound(),
                lowered.getWindow().getUpperBound(),
                lowered.getWindow().getExclude(),
                lowered.getWindow().isRows(),
                true,
                false,
                lowered.isDistinct(),
                lowered.ignoreNulls());
    }

    /** A window orders text by its sort key; the direction and the place of NULLs stay. */
    @Override
    public RexWindow visitWindow(RexWindow window) {
        RexWindow lowered = super.visitWindow(window);
        if (lowered.orderKeys.stream().noneMatch(k -> SqlTypeUtil.inCharFamily(k.left.getType()))) {
            return lowered;
        }
        List<RexFieldCollation> keys = lowered.orderKeys.stream()
                .map(k -> SqlTypeUtil.inCharFamily(k.left.getType())
                        ? new RexFieldCollation(toSortKey(k.left), k.right)
                        : k)
                .toList();
        return rexBuilder.makeWindow(
                lowered.partitionKeys,
                ImmutableList.copyOf(keys),
                lowered.getLowerBound(),
                lowered.getUpperBound(),
                lowered.isRows(),
                lowered.getExclude());
    }

    RexNode toSortKey(RexNode text) {
        return TO_SORT_KEY.call(rexBuilder, text.getType(), text);
    }

    static boolean isExtreme(SqlKind kind) {
        return kind == SqlKind.MIN || kind == SqlKind.MAX;
    }

    static boolean isDecimalSum(SqlKind kind, RelDataType type) {
        return (kind == SqlKind.SUM || kind == SqlKind.SUM0) && type.getSqlTypeName() == SqlTypeName.DECIMAL;
    }

    static RexNode toDecimal(RexBuilder rexBuilder, RexNode integer) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 0),
                        integer.getType().isNullable());
        return Objects.requireNonNull(CastLowering.lower(rexBuilder, integer, type));
    }

    /** The stock sum of decimals has no limit: checks the 38 digits once, on the result. */
    static RexNode checkedSum(RexBuilder rexBuilder, SqlKind kind, RexNode sum) {
        RelDataType type = sum.getType();
        return isDecimalSum(kind, type)
                ? DECIMAL.call(
                        rexBuilder,
                        type,
                        sum,
                        CastLowering.number(rexBuilder, type.getPrecision()),
                        CastLowering.number(rexBuilder, type.getScale()))
                : sum;
    }
}
