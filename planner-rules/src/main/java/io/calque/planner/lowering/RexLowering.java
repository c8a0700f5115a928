package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import com.google.common.collect.ImmutableList;
import io.calque.planner.functions.WindowOperators;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexWindow;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Replaces operators inside one expression; every replacement keeps the type of what it replaces. Single-threaded. */
final class RexLowering extends RexShuttle {
    static final EngineFunction TO_SORT_KEY = strict(TextFunctions.class, "toSortKey");
    static final EngineFunction FROM_SORT_KEY = strict(TextFunctions.class, "fromSortKey");
    private static final EngineFunction TILE = strict(IntegerFunctions.class, "tile");
    private static final EngineFunction DECIMAL = strict(DecimalFunctions.class, "decimal");

    private final RexBuilder rexBuilder;

    private final Set<RexNode> kept;

    RexLowering(RexBuilder rexBuilder) {
        this(rexBuilder, Set.of());
    }

    /**
     * @param kept equalities that stay what they are
     */
    RexLowering(RexBuilder rexBuilder, Set<RexNode> kept) {
        this.rexBuilder = rexBuilder;
        this.kept = kept;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (call.getKind() == SqlKind.SEARCH) {
            return asSure(call, RexUtil.expandSearch(rexBuilder, null, call).accept(this));
        }
        if (kept.contains(call)) {
            return call;
        }
        RexNode lookup = lookup(call);
        if (lookup != null) {
            // What is left are at most a few terms, and calls that are ours already.
            return lookup instanceof RexCall rest ? super.visitCall(rest) : lookup;
        }
        RexCall lowered = (RexCall) super.visitCall(call);
        if (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR) {
            // A range that became a conjunction of its own would stand inside another one, which a filter refuses.
            return RexUtil.flatten(rexBuilder, lowered);
        }
        RexNode replaced = replace(lowered);
        return replaced == null ? lowered : replaced;
    }

    /** {@code x IN (1, 2) OR x IS NULL} is never unknown, though its parts may be: an aggregate's FILTER insists on the type that says so. */
    private RexNode asSure(RexCall call, RexNode lowered) {
        return !call.getType().isNullable() && lowered.getType().isNullable()
                ? rexBuilder.makeCall(SqlStdOperatorTable.IS_TRUE, lowered)
                : lowered;
    }

    private @Nullable RexNode lookup(RexCall call) {
        if (call.getKind() == SqlKind.OR) {
            return MemberLowering.lower(rexBuilder, call);
        }
        return call.getKind() == SqlKind.AND ? MemberLowering.lowerConjunction(rexBuilder, call) : null;
    }

    private @Nullable RexNode replace(RexCall call) {
        if (call.getOperator() == SqlStdOperatorTable.CAST) {
            return CastLowering.lower(rexBuilder, call.getOperands().get(0), call.getType());
        }
        RexNode text = TextLowering.lower(rexBuilder, call);
        if (text != null) {
            return text;
        }
        RexNode compared = DoubleComparison.lower(rexBuilder, call);
        if (compared != null) {
            return compared;
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
        SqlKind kind = over.getAggOperator().getKind();
        if (lowered.getOperands().isEmpty()) {
            return lowered;
        }
        RexNode argument = lowered.getOperands().get(0);
        if (RexLiteral.isNullLiteral(argument)) {
            return ofNothing(lowered);
        }
        if (kind == SqlKind.NTH_VALUE) {
            return inFrame(lowered);
        }
        if (kind == SqlKind.NTILE) {
            return tile(lowered);
        }
        if (kind == SqlKind.LAG || kind == SqlKind.LEAD) {
            return withTypedDefault(lowered);
        }
        if (isExtreme(kind) && SqlTypeUtil.inCharFamily(over.getType())) {
            RexNode extreme = over(lowered, lowered.getAggOperator(), toSortKey(argument));
            return FROM_SORT_KEY.call(rexBuilder, over.getType(), extreme);
        }
        if (isExtreme(kind) && DoubleComparison.isFloating(over.getType())) {
            RexNode key = DoubleComparison.toKey(rexBuilder, argument);
            RelDataType type = DoubleComparison.keyType(rexBuilder, over.getType());
            return DoubleComparison.fromKey(
                    rexBuilder, over.getType(), over(lowered, lowered.getAggOperator(), key, type));
        }
        SqlAggFunction own = EngineAggregates.of(kind, over.getType());
        boolean decimal = over.getType().getSqlTypeName() == SqlTypeName.DECIMAL;
        if (own != null) {
            RexNode value = decimal ? toDecimal(rexBuilder, argument) : toDouble(rexBuilder, argument);
            return fitted(rexBuilder, kind, over(lowered, own, value));
        }
        RexNode sum = isDecimalSum(kind, over.getType())
                ? over(lowered, lowered.getAggOperator(), toDecimal(rexBuilder, argument))
                : lowered;
        return fitted(rexBuilder, kind, sum);
    }

    /** What a function of NULL alone comes to, as of a column that a filter leaves only NULL; generated code has no type for it. */
    private RexNode ofNothing(RexOver over) {
        RelDataType type = over.getType();
        RexNode nothing = type.isNullable() ? rexBuilder.makeNullLiteral(type) : rexBuilder.makeZeroLiteral(type);
        if (over.getOperands().size() < 3) {
            return nothing;
        }
        // LAG and LEAD fall back on their default where no row is that far away.
        RelDataType integer = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.INTEGER);
        RexNode there = over(
                over,
                WindowOperators.stock(over.getAggOperator()),
                List.of(
                        rexBuilder.makeExactLiteral(BigDecimal.ONE, integer),
                        over.getOperands().get(1)),
                rexBuilder.getTypeFactory().createTypeWithNullability(integer, true));
        return rexBuilder.makeCall(
                type,
                SqlStdOperatorTable.CASE,
                List.of(
                        rexBuilder.makeCall(SqlStdOperatorTable.IS_NOT_NULL, there),
                        nothing,
                        rexBuilder.ensureType(type, over.getOperands().get(2), true)));
    }

    /** Generated code puts the default in place of a value, so that it has to be of the same Java class. */
    private RexNode withTypedDefault(RexOver neighbour) {
        SqlAggFunction stock = WindowOperators.stock(neighbour.getAggOperator());
        List<RexNode> operands = new ArrayList<>(neighbour.getOperands());
        if (operands.size() > 2) {
            RexNode otherwise = operands.get(2);
            RelDataType type = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(
                            neighbour.getType(), otherwise.getType().isNullable());
            if (type.getSqlTypeName() != otherwise.getType().getSqlTypeName()) {
                operands.set(2, rexBuilder.makeCast(type, otherwise).accept(this));
            }
        }
        return stock == neighbour.getAggOperator() && operands.equals(neighbour.getOperands())
                ? neighbour
                : over(neighbour, stock, operands, neighbour.getType());
    }

    /** Calcite's NTH_VALUE looks behind the end of a frame that has fewer rows: {@code CASE WHEN COUNT(*) OVER w >= n THEN ... END}. */
    private RexNode inFrame(RexOver value) {
        RexNode rows = over(value, SqlStdOperatorTable.COUNT, List.of(), bigint());
        RexNode plain = over(value, SqlStdOperatorTable.NTH_VALUE, value.getOperands(), value.getType());
        return rexBuilder.makeCall(
                value.getParserPosition(),
                value.getType(),
                SqlStdOperatorTable.CASE,
                List.of(
                        rexBuilder.makeCall(
                                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                                rows,
                                value.getOperands().get(1)),
                        plain,
                        rexBuilder.makeNullLiteral(value.getType())));
    }

    /** Calcite's NTILE leaves numbers out where there are fewer rows than parts, and makes parts of the wrong sizes. */
    private RexNode tile(RexOver tile) {
        RexWindow window = tile.getWindow();
        RexNode place = over(tile, SqlStdOperatorTable.ROW_NUMBER, List.of(), bigint());
        RexNode rows = rexBuilder.makeOver(
                tile.getParserPosition(),
                bigint(),
                SqlStdOperatorTable.COUNT,
                List.of(),
                window.partitionKeys,
                ImmutableList.of(),
                RexWindowBounds.UNBOUNDED_PRECEDING,
                RexWindowBounds.UNBOUNDED_FOLLOWING,
                window.getExclude(),
                true,
                true,
                false,
                false,
                false);
        RexNode parts = rexBuilder.makeCast(bigint(), tile.getOperands().get(0));
        return TILE.call(rexBuilder, tile.getType(), place, rows, parts);
    }

    private RelDataType bigint() {
        return rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    }

    /** {@code function} of {@code argument} over the same window. */
    private RexNode over(RexOver lowered, SqlAggFunction function, RexNode argument) {
        return over(lowered, function, argument, lowered.getType());
    }

    private RexNode over(RexOver lowered, SqlAggFunction function, RexNode argument, RelDataType type) {
        return over(lowered, function, List.of(argument), type);
    }

    private RexNode over(RexOver lowered, SqlAggFunction function, List<RexNode> arguments, RelDataType type) {
        return rexBuilder.makeOver(
                lowered.getParserPosition(),
                type,
                function,
                arguments,
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

    /**
     * A window orders text by its sort key, and floating numbers by theirs, since the stock comparison knows neither NaN nor infinity; the
     * direction and the place of NULLs stay. A frame of a distance counts from the numbers themselves.
     */
    @Override
    public RexWindow visitWindow(RexWindow window) {
        RexWindow lowered = super.visitWindow(window);
        boolean ofDistance = !lowered.isRows()
                && (lowered.getLowerBound().getOffset() != null
                        || lowered.getUpperBound().getOffset() != null);
        List<RexFieldCollation> keys = lowered.orderKeys.stream()
                .map(k -> SqlTypeUtil.inCharFamily(k.left.getType())
                        ? new RexFieldCollation(toSortKey(k.left), k.right)
                        : DoubleComparison.isFloating(k.left.getType()) && !ofDistance
                                ? new RexFieldCollation(DoubleComparison.toKey(rexBuilder, k.left), k.right)
                                : k)
                .toList();
        if (keys.equals(lowered.orderKeys)) {
            return lowered;
        }
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

    /** An exact number as DECIMAL. */
    static RexNode toDecimal(RexBuilder rexBuilder, RexNode exact) {
        if (exact.getType().getSqlTypeName() == SqlTypeName.DECIMAL) {
            return exact;
        }
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DECIMAL, 19, 0),
                        exact.getType().isNullable());
        return Objects.requireNonNull(CastLowering.lower(rexBuilder, exact, type));
    }

    static RexNode toDouble(RexBuilder rexBuilder, RexNode number) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                        number.getType().isNullable());
        RexNode cast = CastLowering.lower(rexBuilder, number, type);
        return cast == null ? number : cast;
    }

    /** Sums and deviations of decimals have no limit: rounds and checks the 38 digits once, on the result. */
    static RexNode fitted(RexBuilder rexBuilder, SqlKind kind, RexNode sum) {
        RelDataType type = sum.getType();
        boolean unlimited =
                isDecimalSum(kind, type) || SqlTypeUtil.isDecimal(type) && EngineAggregates.of(kind, type) != null;
        return unlimited
                ? DECIMAL.call(
                        rexBuilder,
                        type,
                        sum,
                        CastLowering.number(rexBuilder, type.getPrecision()),
                        CastLowering.number(rexBuilder, type.getScale()))
                : sum;
    }
}
