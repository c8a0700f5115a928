package io.calque.planner.functions;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/** PostgreSQL's text functions in terms of standard operators. Stateless. */
final class TextConvertlets {
    private TextConvertlets() {}

    /** {@code STRPOS(text, part)} is {@code POSITION(part IN text)}. */
    static RexNode strpos(SqlRexContext cx, SqlCall call) {
        List<RexNode> operands = Rewrite.operands(cx, call);
        return cx.getRexBuilder()
                .makeCall(
                        Rewrite.type(cx, call),
                        SqlStdOperatorTable.POSITION,
                        List.of(operands.get(1), operands.get(0)));
    }

    /** {@code LTRIM(text, characters)} is {@code TRIM(LEADING characters FROM text)}. */
    static RexNode trim(SqlTrimFunction.Flag flag, SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        List<RexNode> operands = Rewrite.operands(cx, call);
        RexNode characters = operands.size() > 1 ? operands.get(1) : rexBuilder.makeLiteral(" ");
        return rexBuilder.makeCall(
                Rewrite.type(cx, call),
                SqlStdOperatorTable.TRIM,
                List.of(rexBuilder.makeFlag(flag), characters, operands.get(0)));
    }

    /** {@code CONCAT(a, b)} is {@code COALESCE(a, '') || COALESCE(b, '')}: NULL counts as nothing. */
    static RexNode concat(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        RelDataType type = Rewrite.type(cx, call);
        RexNode empty = rexBuilder.makeLiteral("", type, true);
        RexNode joined = null;
        for (RexNode operand : Rewrite.operands(cx, call)) {
            RexNode text = Rewrite.asText(rexBuilder, operand);
            RexNode part = operand.getType().isNullable()
                    ? rexBuilder.makeCall(
                            type,
                            SqlStdOperatorTable.CASE,
                            List.of(
                                    rexBuilder.makeCall(SqlStdOperatorTable.IS_NULL, text),
                                    empty,
                                    rexBuilder.makeNotNull(text)))
                    : text;
            joined = joined == null
                    ? part
                    : rexBuilder.makeCall(type, SqlStdOperatorTable.CONCAT, List.of(joined, part));
        }
        return joined == null ? empty : rexBuilder.ensureType(type, joined, true);
    }

    static RexNode concatWithSeparator(SqlRexContext cx, SqlCall call) {
        List<RexNode> texts = Rewrite.operands(cx, call).stream()
                .map(o -> Rewrite.asText(cx.getRexBuilder(), o))
                .toList();
        return cx.getRexBuilder().makeCall(Rewrite.type(cx, call), call.getOperator(), texts);
    }

    /**
     * LIKE without ESCAPE means a backslash, as in PostgreSQL. It is written out where it matters, so that {@code LIKE} with two operands always means "no
     * escape": {@code x LIKE 'a%'} stays, {@code x LIKE 'a\%'} becomes {@code x LIKE 'a\%' ESCAPE '\'}.
     */
    static RexNode like(SqlRexContext cx, SqlCall call) {
        RexBuilder rexBuilder = cx.getRexBuilder();
        SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
        List<RexNode> operands = new ArrayList<>(Rewrite.operands(cx, call));
        if (operands.size() == 2 && mayHoldBackslash(operands.get(1))) {
            operands.add(rexBuilder.makeLiteral("\\"));
        }
        SqlOperator positive = operator.isCaseSensitive() ? SqlStdOperatorTable.LIKE : SqlLibraryOperators.ILIKE;
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
                        operands.stream().anyMatch(o -> o.getType().isNullable()));
        RexNode like = rexBuilder.makeCall(type, positive, operands);
        return operator.isNegated() ? rexBuilder.makeCall(SqlStdOperatorTable.NOT, like) : like;
    }

    private static boolean mayHoldBackslash(RexNode pattern) {
        if (!(pattern instanceof RexLiteral literal)) {
            return true;
        }
        String value = literal.getValueAs(String.class);
        return value != null && value.indexOf('\\') >= 0;
    }

    /**
     * A cast that shortens text is a SUBSTRING.
     *
     * <p>Calcite's simplification takes a cast from VARCHAR without a length to VARCHAR(n) for one that loses nothing, and drops it
     * inside another: {@code COALESCE(a, CAST(b AS VARCHAR(2)))} gave all of {@code b}.
     */
    static RexNode cast(SqlRexContext cx, SqlCall call) {
        RexNode cast = Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(call))
                .convertCall(cx, call);
        if (cast.getKind() != SqlKind.CAST) {
            return cast;
        }
        RexNode text = ((RexCall) cast).getOperands().get(0);
        int most = cast.getType().getPrecision();
        boolean shortens = SqlTypeUtil.inCharFamily(text.getType())
                && SqlTypeUtil.inCharFamily(cast.getType())
                && most != RelDataType.PRECISION_NOT_SPECIFIED
                && (text.getType().getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
                        || text.getType().getPrecision() > most);
        RexBuilder rexBuilder = cx.getRexBuilder();
        return shortens
                ? rexBuilder.makeCall(
                        cast.getType(),
                        SqlStdOperatorTable.SUBSTRING,
                        List.of(
                                text,
                                rexBuilder.makeExactLiteral(BigDecimal.ONE),
                                rexBuilder.makeExactLiteral(BigDecimal.valueOf(most))))
                : cast;
    }
}
