package io.calque.planner.pushdown;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Finds a condition that holds wherever another one does, and that a source takes: it fetches a few rows too many, which the whole
 * condition, kept above, drops again.
 *
 * <pre>
 * a = 1 AND upper(b) = 'X' OR a = 2 AND upper(b) = 'Y'   implies   a = 1 OR a = 2
 * t &gt; TIMESTAMP '2024-03-05 10:00:00'                   implies   t &gt;= TIMESTAMP '2024-03-05 00:00:00'
 * </pre>
 *
 * <p>Stateless but for its arguments.
 */
final class ImpliedCondition {
    private static final long DAY = 86_400_000L;

    private final RexBuilder rex;
    private final Predicate<RexNode> taken;

    /**
     * @param taken whether the source takes a condition
     */
    ImpliedCondition(RexBuilder rex, Predicate<RexNode> taken) {
        this.rex = rex;
        this.taken = taken;
    }

    /** The condition itself where it is taken; null where nothing that it implies is. */
    @Nullable RexNode of(RexNode written) {
        RexNode condition = RexUtil.removeNullabilityCast(rex.getTypeFactory(), written);
        if (taken.test(condition)) {
            return condition;
        }
        if (!(condition instanceof RexCall call)) {
            return null;
        }
        return switch (call.getKind()) {
            case AND -> conjunction(call);
            case OR -> disjunction(call);
            case SEARCH -> {
                RexNode expanded = RexUtil.expandSearch(rex, null, call);
                yield expanded.getKind() == SqlKind.SEARCH ? null : of(expanded);
            }
            case EQUALS, LESS_THAN, LESS_THAN_OR_EQUAL, GREATER_THAN, GREATER_THAN_OR_EQUAL -> days(call);
            default -> null;
        };
    }

    private @Nullable RexNode conjunction(RexCall call) {
        List<RexNode> implied = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            RexNode part = of(operand);
            if (part != null) {
                implied.add(part);
            }
        }
        return implied.isEmpty() ? null : RexUtil.composeConjunction(rex, implied);
    }

    private @Nullable RexNode disjunction(RexCall call) {
        List<RexNode> implied = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            RexNode part = of(operand);
            if (part == null) {
                return null;
            }
            implied.add(part);
        }
        RexNode either = RexUtil.composeDisjunction(rex, implied);
        return either.isAlwaysTrue() || !taken.test(either) ? null : either;
    }

    /** A moment lies in its day. */
    private @Nullable RexNode days(RexCall call) {
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        if (left instanceof RexLiteral && !(right instanceof RexLiteral)) {
            SqlOperator reversed = call.getOperator().reverse();
            return reversed == null ? null : of(rex.makeCall(reversed, right, left));
        }
        if (!(right instanceof RexLiteral literal)
                || literal.isNull()
                || literal.getTypeName() != SqlTypeName.TIMESTAMP
                || left.getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
            return null;
        }
        Long moment = literal.getValueAs(Long.class);
        if (moment == null) {
            return null;
        }
        long day = Math.floorDiv(moment, DAY) * DAY;
        boolean midnight = day == moment;
        RexNode from = compared(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, left, day, literal);
        RexNode before = compared(SqlStdOperatorTable.LESS_THAN, left, day + DAY, literal);
        RexNode implied = switch (call.getKind()) {
            case GREATER_THAN, GREATER_THAN_OR_EQUAL -> from;
            case LESS_THAN -> midnight ? compared(SqlStdOperatorTable.LESS_THAN, left, day, literal) : before;
            case LESS_THAN_OR_EQUAL -> before;
            default -> rex.makeCall(SqlStdOperatorTable.AND, from, before);
        };
        return taken.test(implied) ? implied : null;
    }

    private RexNode compared(SqlOperator comparison, RexNode left, long moment, RexLiteral like) {
        RexNode bound = rex.makeLiteral(TimestampString.fromMillisSinceEpoch(moment), like.getType(), false);
        return rex.makeCall(comparison, left, bound);
    }
}
