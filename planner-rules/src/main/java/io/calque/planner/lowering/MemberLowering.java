package io.calque.planner.lowering;

import static io.calque.planner.lowering.EngineFunction.strict;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Turns long lists of equalities, {@code x IN (1, 2, ...)}, into one lookup. Stateless. */
final class MemberLowering {
    /** Fewer constants are compared one by one. */
    private static final int FEWEST = 16;

    private static final EngineFunction NUMBER = strict(MemberFunctions.class, "memberNumber");
    private static final EngineFunction TEXT = strict(MemberFunctions.class, "memberText");
    private static final EngineFunction DECIMAL = strict(MemberFunctions.class, "memberDecimal");

    private MemberLowering() {}

    /** {@code disjunction} with its equalities of one expression as a lookup; null where they are few. */
    static @Nullable RexNode lower(RexBuilder rexBuilder, RexCall disjunction) {
        List<RexNode> terms = RelOptUtil.disjunctions(disjunction);
        if (terms.size() < FEWEST) {
            return null;
        }
        RexNode member = null;
        List<RexLiteral> constants = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode term : terms) {
            RexLiteral constant = constant(term);
            RexNode value =
                    constant == null ? null : ((RexCall) term).getOperands().get(0);
            if (value == null || member != null && !member.equals(value)) {
                rest.add(term);
                continue;
            }
            member = value;
            constants.add(constant);
        }
        if (member == null || constants.size() < FEWEST) {
            return null;
        }
        rest.addAll(0, lookups(rexBuilder, member, constants));
        return RexUtil.composeDisjunction(rexBuilder, rest);
    }

    /** The literal of {@code x = literal} where both have one kind that can be looked up. */
    private static @Nullable RexLiteral constant(RexNode term) {
        if (term.getKind() != SqlKind.EQUALS || !(term instanceof RexCall call)) {
            return null;
        }
        RexNode value = call.getOperands().get(0);
        boolean simple = call.getOperands().get(1) instanceof RexLiteral literal
                && !literal.isNull()
                && !(value instanceof RexLiteral)
                && kind(value.getType()) != null
                && kind(value.getType()) == kind(literal.getType());
        return simple ? (RexLiteral) call.getOperands().get(1) : null;
    }

    private static @Nullable EngineFunction kind(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> NUMBER;
            case CHAR, VARCHAR -> TEXT;
            case DECIMAL -> DECIMAL;
            default -> null;
        };
    }

    private static List<RexNode> lookups(RexBuilder rexBuilder, RexNode member, List<RexLiteral> constants) {
        EngineFunction function = kind(member.getType());
        if (function == null) {
            throw new IllegalStateException("no lookup for " + member.getType());
        }
        List<String> lists;
        if (function == NUMBER) {
            lists = MemberFunctions.encodeLongs(
                    constants.stream().map(MemberLowering::number).toList());
        } else if (function == TEXT) {
            lists = MemberFunctions.encodeTexts(constants.stream()
                    .map(c -> String.valueOf(c.getValueAs(String.class)))
                    .toList());
        } else {
            lists = MemberFunctions.encodeTexts(constants.stream()
                    .map(c -> c.getValueAs(BigDecimal.class))
                    .map(v -> MemberFunctions.canonical(v == null ? BigDecimal.ZERO : v))
                    .toList());
        }
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
                        member.getType().isNullable());
        RelDataType text = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR);
        return lists.stream()
                .map(list -> function.call(rexBuilder, type, member, rexBuilder.makeLiteral(list, text, true)))
                .toList();
    }

    private static long number(RexLiteral literal) {
        boolean day = literal.getType().getSqlTypeName() == SqlTypeName.DATE
                || literal.getType().getSqlTypeName() == SqlTypeName.TIME;
        Number value = day ? literal.getValueAs(Integer.class) : literal.getValueAs(Long.class);
        if (value == null) {
            throw new IllegalStateException("NULL in a list of constants");
        }
        return value.longValue();
    }

    /** {@code x NOT IN (...)}: a conjunction of inequalities as the negation of a lookup. */
    static @Nullable RexNode lowerConjunction(RexBuilder rexBuilder, RexCall conjunction) {
        List<RexNode> terms = RelOptUtil.conjunctions(conjunction);
        List<RexNode> equalities = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        for (RexNode term : terms) {
            if (term.getKind() == SqlKind.NOT_EQUALS) {
                equalities.add(rexBuilder.makeCall(
                        term.getType(), SqlStdOperatorTable.EQUALS, ((RexCall) term).getOperands()));
            } else {
                rest.add(term);
            }
        }
        if (equalities.size() < FEWEST) {
            return null;
        }
        RexNode disjunction = RexUtil.composeDisjunction(rexBuilder, equalities);
        RexNode member = disjunction instanceof RexCall call ? lower(rexBuilder, call) : null;
        if (member == null) {
            return null;
        }
        rest.add(rexBuilder.makeCall(SqlStdOperatorTable.NOT, member));
        return RexUtil.composeConjunction(rexBuilder, rest);
    }
}
