package io.calque.planner.lowering;

import java.lang.reflect.InvocationTargetException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.DataContext;
import org.apache.calcite.DataContexts;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexExecutorImpl;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/**
 * Computes constants while planning with the very functions that would compute them at run time.
 *
 * <p>An expression that fails, or that depends on the session's time zone or clock, stays as it is: the failure belongs to the run, and perhaps to
 * no row. Thread-safe.
 */
public final class LoweringRexExecutor implements RexExecutor {
    public static final LoweringRexExecutor INSTANCE = new LoweringRexExecutor();

    /** Compiles what is not one of our functions; costs some ten milliseconds. */
    private final RexExecutor compiler;

    private LoweringRexExecutor() {
        DataContext noSession = DataContexts.EMPTY;
        compiler = new RexExecutorImpl(noSession);
    }

    @Override
    public void reduce(RexBuilder rexBuilder, List<RexNode> constants, List<RexNode> reduced) {
        for (RexNode constant : constants) {
            reduced.add(reduce(rexBuilder, constant));
        }
    }

    private RexNode reduce(RexBuilder rexBuilder, RexNode constant) {
        if (constant instanceof RexLiteral) {
            return constant;
        }
        try {
            RexNode lowered = Lowering.apply(constant, rexBuilder);
            if (!RexUtil.isDeterministic(lowered) || dependsOnSession(lowered)) {
                return constant;
            }
            if (isOurs(lowered)) {
                return rexBuilder.makeLiteral(evaluate(lowered), constant.getType(), true);
            }
            List<RexNode> compiled = new ArrayList<>();
            compiler.reduce(rexBuilder, List.of(lowered), compiled);
            return compiled.get(0) instanceof RexCall ? constant : compiled.get(0);
        } catch (RuntimeException e) {
            return constant;
        }
    }

    private static boolean isOurs(RexNode node) {
        return node instanceof RexLiteral
                || node instanceof RexCall call
                        && call.getOperator() instanceof EngineFunction
                        && call.getOperands().stream().allMatch(LoweringRexExecutor::isOurs);
    }

    private static boolean dependsOnSession(RexNode node) {
        boolean[] found = {false};
        node.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= call.getOperator().isDynamicFunction();
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    private static @Nullable Object evaluate(RexNode node) {
        if (node instanceof RexLiteral literal) {
            return value(literal);
        }
        RexCall call = (RexCall) node;
        EngineFunction function = (EngineFunction) call.getOperator();
        @Nullable Object[] arguments = new Object[call.getOperands().size()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = evaluate(call.getOperands().get(i));
            if (arguments[i] == null && function.isStrict()) {
                return null;
            }
        }
        try {
            return function.method().invoke(null, arguments);
        } catch (InvocationTargetException | IllegalAccessException e) {
            // Not folded; if a row ever needs it, the run reports the failure.
            throw new IllegalStateException(e);
        }
    }

    /** A literal as the engine holds it. */
    private static @Nullable Object value(RexLiteral literal) {
        RelDataType type = literal.getType();
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> literal.getValueAs(Boolean.class);
            case SMALLINT -> literal.getValueAs(Short.class);
            case INTEGER, DATE, TIME, INTERVAL_YEAR, INTERVAL_YEAR_MONTH, INTERVAL_MONTH ->
                literal.getValueAs(Integer.class);
            case BIGINT,
                    TIMESTAMP,
                    TIMESTAMP_WITH_LOCAL_TIME_ZONE,
                    INTERVAL_DAY,
                    INTERVAL_DAY_HOUR,
                    INTERVAL_DAY_MINUTE,
                    INTERVAL_DAY_SECOND,
                    INTERVAL_HOUR,
                    INTERVAL_HOUR_MINUTE,
                    INTERVAL_HOUR_SECOND,
                    INTERVAL_MINUTE,
                    INTERVAL_MINUTE_SECOND,
                    INTERVAL_SECOND -> literal.getValueAs(Long.class);
            case REAL -> literal.getValueAs(Float.class);
            case FLOAT, DOUBLE -> literal.getValueAs(Double.class);
            case DECIMAL -> decimal(literal);
            case CHAR, VARCHAR -> literal.getValueAs(String.class);
            case NULL -> null;
            default -> throw new IllegalStateException("not folded: " + type);
        };
    }

    /** The literal 1.50 is held as 1.5 sometimes; its type says the scale. */
    private static @Nullable BigDecimal decimal(RexLiteral literal) {
        BigDecimal value = literal.getValueAs(BigDecimal.class);
        return value == null
                ? null
                : DecimalFunctions.decimal(
                        value,
                        literal.getType().getPrecision(),
                        literal.getType().getScale());
    }
}
