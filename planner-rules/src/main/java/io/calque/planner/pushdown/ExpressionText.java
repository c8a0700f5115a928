package io.calque.planner.pushdown;

import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Writes a row expression as SQL for people: names instead of positions, no types on literals. Immutable. */
final class ExpressionText {
    private final List<String> names;

    /**
     * @param names of the columns that the expression refers to by position
     */
    ExpressionText(List<String> names) {
        this.names = names;
    }

    String of(RexNode expression) {
        if (expression instanceof RexInputRef ref) {
            return names.get(ref.getIndex());
        }
        if (expression instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (expression instanceof RexDynamicParam parameter) {
            return "?" + (parameter.getIndex() + 1);
        }
        return expression instanceof RexCall call ? call(call) : expression.toString();
    }

    private static String literal(RexLiteral literal) {
        if (literal.isNull()) {
            return "NULL";
        }
        if (SqlTypeName.CHAR_TYPES.contains(literal.getTypeName())) {
            return "'" + String.valueOf(literal.getValueAs(String.class)).replace("'", "''") + "'";
        }
        return switch (literal.getTypeName()) {
            case DATE -> "DATE '" + literal.getValueAs(DateString.class) + "'";
            case TIME -> "TIME '" + literal.getValueAs(TimeString.class) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + literal.getValueAs(TimestampString.class) + "'";
            default -> String.valueOf(literal.getValue()).toLowerCase(Locale.ROOT);
        };
    }

    private String call(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlSyntax syntax = call.getOperator().getSyntax();
        String name = call.getOperator().getName();
        if (call.getKind() == SqlKind.CAST) {
            return "CAST(" + of(operands.get(0)) + " AS " + call.getType().getSqlTypeName() + ")";
        }
        if (syntax == SqlSyntax.BINARY || syntax == SqlSyntax.SPECIAL && call.isA(SqlKind.LIKE)) {
            String separator = " " + name + " ";
            return String.join(
                    separator, operands.stream().map(o -> nested(o, call)).toList());
        }
        if (syntax == SqlSyntax.POSTFIX) {
            return nested(operands.get(0), call) + " " + name;
        }
        if (syntax == SqlSyntax.PREFIX) {
            return name + " " + nested(operands.get(0), call);
        }
        return name + "(" + String.join(", ", operands.stream().map(this::of).toList()) + ")";
    }

    /** In parentheses where it could be misread. */
    private String nested(RexNode operand, RexCall around) {
        boolean plain = !(operand instanceof RexCall call)
                || call.getOperator().getLeftPrec() > around.getOperator().getLeftPrec()
                || call.getOperator().getSyntax() == SqlSyntax.FUNCTION
                || call.getKind() == SqlKind.CAST;
        return plain ? of(operand) : "(" + of(operand) + ")";
    }

    /** The same with searches spelled out as comparisons. */
    String expanded(RexNode expression, RexBuilder rex) {
        return of(RexUtil.expandSearch(rex, null, expression));
    }
}
