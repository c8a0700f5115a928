package io.calque.jdbc.compiler;

import io.calque.jdbc.compiler.Expr.Level;
import io.calque.jdbc.cursor.Form;
import io.calque.spi.QueryException;
import io.calque.spi.pushdown.KeyTuples;
import io.calque.spi.pushdown.RelTypes;
import io.calque.spi.source.ParameterSlot;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Says scalar expressions over the columns of one row. What every SQL database means alike is said here: logic, NULL tests, CASE, IN;
 * the rest is the dialect's. Single-threaded.
 */
final class Translator {
    private final Dialect dialect;
    private final RexBuilder rexBuilder;
    private final Fields fields;

    Translator(Dialect dialect, RexBuilder rexBuilder, Fields fields) {
        this.dialect = dialect;
        this.rexBuilder = rexBuilder;
        this.fields = fields;
    }

    Expr translate(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return fields.at(ref.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return dialect.literal(literal);
        }
        if (node instanceof RexDynamicParam parameter) {
            return parameter(parameter);
        }
        if (node instanceof RexCall call && !(node instanceof RexOver)) {
            return call(call);
        }
        throw new Refused(dialect.product() + " is not asked for " + node);
    }

    /** The engine type of an expression; intervals and symbols have none. */
    static DataType type(RelDataType type) {
        try {
            return RelTypes.toData(type);
        } catch (QueryException e) {
            throw new Refused("a value of type " + type + " stays in Calque");
        }
    }

    static Expr parameter(RexDynamicParam parameter) {
        DataType type = type(parameter.getType());
        if (type.kind() == TypeKind.ARRAY) {
            throw new Refused("a parameter cannot be an array");
        }
        Sql slot = Sql.slot(new ParameterSlot(parameter.getIndex(), type));
        return Expr.of(slot, Level.ATOM, type, true);
    }

    private Expr call(RexCall call) {
        if (KeyTuples.is(call)) {
            List<Expr> columns = KeyTuples.columns(call).stream()
                    .map(column -> translate(beforeWiderInteger(column)))
                    .toList();
            return dialect.among(columns, KeyTuples.slots(call));
        }
        return switch (call.getKind()) {
            case AND -> logic(call, Level.AND, " AND ");
            case OR -> logic(call, Level.OR, " OR ");
            case NOT -> not(translate(call.getOperands().get(0)));
            case IS_NULL -> nullTest(call, " IS NULL");
            case IS_NOT_NULL -> nullTest(call, " IS NOT NULL");
            case IS_TRUE -> truthTest(call, " IS TRUE");
            case IS_NOT_TRUE -> truthTest(call, " IS NOT TRUE");
            case IS_FALSE -> truthTest(call, " IS FALSE");
            case IS_NOT_FALSE -> truthTest(call, " IS NOT FALSE");
            case EQUALS,
                    NOT_EQUALS,
                    LESS_THAN,
                    LESS_THAN_OR_EQUAL,
                    GREATER_THAN,
                    GREATER_THAN_OR_EQUAL,
                    IS_DISTINCT_FROM,
                    IS_NOT_DISTINCT_FROM -> comparison(call);
            case SEARCH -> search(call);
            case CASE -> choice(call);
            case COALESCE -> coalesce(call);
            default -> dialect.call(call, this);
        };
    }

    private Expr logic(RexCall call, Level level, String word) {
        List<Sql> parts = new ArrayList<>();
        boolean nullable = false;
        for (RexNode operand : call.getOperands()) {
            Expr part = condition(operand);
            // AND below AND needs no parentheses, and AND below OR neither.
            parts.add(part.at(level));
            nullable |= part.nullable();
        }
        return Expr.of(Sql.joined(word, parts), level, DataType.BOOLEAN, nullable);
    }

    private Expr condition(RexNode node) {
        Expr expr = translate(node);
        if (expr.type().kind() != TypeKind.BOOLEAN) {
            throw new Refused(node + " is no condition");
        }
        return expr;
    }

    private static Expr not(Expr operand) {
        return Expr.condition(Level.NOT, operand.nullable(), "NOT ", operand.at(Level.ATOM));
    }

    private Expr nullTest(RexCall call, String test) {
        Expr operand = translate(call.getOperands().get(0));
        return Expr.condition(Level.COMPARISON, false, operand.at(Level.CONCATENATION), test);
    }

    private Expr truthTest(RexCall call, String test) {
        Expr operand = condition(call.getOperands().get(0));
        return Expr.condition(Level.COMPARISON, false, operand.at(Level.CONCATENATION), test);
    }

    private Expr comparison(RexCall call) {
        if (call.getOperands().get(1) instanceof RexDynamicParam parameter
                && ParameterSlot.isKeys(parameter.getIndex())) {
            if (call.getKind() != SqlKind.EQUALS) {
                throw new Refused("a set of keys is compared for equality only");
            }
            return dialect.among(
                    translate(beforeWiderInteger(call.getOperands().get(0))),
                    new ParameterSlot(parameter.getIndex(), type(parameter.getType())));
        }
        Expr left = compared(call.getOperands().get(0));
        Expr right = compared(call.getOperands().get(1));
        return left.isConstant() && !right.isConstant()
                ? dialect.comparison(call.getKind().reverse(), right, left)
                : dialect.comparison(call.getKind(), left, right);
    }

    /** A whole number is among keys of another width alike, and a cast would hide the column's index. */
    private static RexNode beforeWiderInteger(RexNode node) {
        if (node.getKind() == SqlKind.CAST && node instanceof RexCall cast) {
            RexNode inner = cast.getOperands().get(0);
            if (SqlTypeUtil.isIntType(inner.getType())
                    && SqlTypeUtil.isIntType(cast.getType())
                    && widens(inner.getType(), cast.getType())) {
                return beforeWiderInteger(inner);
            }
        }
        return node;
    }

    /** An operand of a comparison: exact numbers compare alike in every width, and a cast would hide the column's index. */
    private Expr compared(RexNode node) {
        if (node.getKind() == SqlKind.CAST && node instanceof RexCall cast) {
            RexNode inner = cast.getOperands().get(0);
            if (widens(inner.getType(), cast.getType())) {
                return compared(inner);
            }
        }
        return translate(node);
    }

    /** Whether every value of an exact type is the same number in another. */
    static boolean widens(RelDataType from, RelDataType to) {
        return SqlTypeUtil.isExactNumeric(from)
                && SqlTypeUtil.isExactNumeric(to)
                && fraction(to) >= fraction(from)
                && whole(to) >= whole(from);
    }

    private static int fraction(RelDataType exact) {
        return exact.getSqlTypeName() == SqlTypeName.DECIMAL ? exact.getScale() : 0;
    }

    /** Digits before the point. */
    private static int whole(RelDataType exact) {
        return switch (exact.getSqlTypeName()) {
            case TINYINT -> 3;
            case SMALLINT -> 5;
            case INTEGER -> 10;
            case BIGINT -> 19;
            default -> exact.getPrecision() - exact.getScale();
        };
    }

    private Expr search(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        if (sarg != null && (sarg.isPoints() || sarg.isComplementedPoints())) {
            Optional<Expr> list = list(call, operand, sarg);
            if (list.isPresent()) {
                return list.get();
            }
        }
        return translate(RexUtil.expandSearch(rexBuilder, null, call));
    }

    /** {@code x IN (1, 2)}; NULL among the points, or kept out of them, is a test of its own. */
    private Optional<Expr> list(RexCall call, RexNode operand, Sarg<?> sarg) {
        boolean in = sarg.isPoints();
        RexNode expanded = RexUtil.expandSearch(rexBuilder, null, call);
        List<Expr> constants = new ArrayList<>();
        collect(expanded, constants);
        if (constants.size() < 2) {
            return Optional.empty();
        }
        Optional<Expr> left = dialect.listed(compared(operand), constants);
        if (left.isEmpty()) {
            return Optional.empty();
        }
        List<Sql> shown = constants.stream().map(dialect::compared).toList();
        Expr list = Expr.condition(
                Level.COMPARISON,
                left.get().nullable(),
                left.get().at(Level.CONCATENATION),
                in ? " IN (" : " NOT IN (",
                Sql.joined(", ", shown),
                ")");
        return Optional.of(withNull(list, left.get(), sarg.nullAs));
    }

    private static Expr withNull(Expr list, Expr operand, RexUnknownAs nullAs) {
        if (!operand.nullable() || nullAs == RexUnknownAs.UNKNOWN) {
            return list;
        }
        boolean kept = nullAs == RexUnknownAs.TRUE;
        return Expr.condition(
                kept ? Level.OR : Level.AND,
                false,
                operand.at(Level.CONCATENATION),
                kept ? " IS NULL OR " : " IS NOT NULL AND ",
                list.at(kept ? Level.OR : Level.AND));
    }

    /** The constants of {@code x = 1 OR x = 2}, {@code x <> 1 AND x <> 2}, with or without a test for NULL beside them. */
    private void collect(RexNode node, List<Expr> constants) {
        if (!(node instanceof RexCall call)) {
            return;
        }
        switch (call.getKind()) {
            case AND, OR -> call.getOperands().forEach(o -> collect(o, constants));
            case EQUALS, NOT_EQUALS ->
                constants.add(translate(call.getOperands().get(1)));
            default -> {
                // IS NULL and IS NOT NULL are said apart.
            }
        }
    }

    private Expr choice(RexCall call) {
        List<RexNode> operands = call.getOperands();
        DataType type = type(call.getType());
        List<Object> parts = new ArrayList<>(List.of("CASE"));
        boolean nullable = false;
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            Expr value = value(operands.get(i + 1), type);
            nullable |= value.nullable();
            parts.add(" WHEN ");
            parts.add(condition(operands.get(i)).sql());
            parts.add(" THEN ");
            parts.add(value.sql());
        }
        Expr otherwise = value(operands.get(operands.size() - 1), type);
        parts.add(" ELSE ");
        parts.add(otherwise.sql());
        parts.add(" END");
        return Expr.atom(type, nullable || otherwise.nullable(), parts.toArray());
    }

    private Expr coalesce(RexCall call) {
        DataType type = type(call.getType());
        List<Sql> parts = new ArrayList<>();
        boolean nullable = true;
        for (RexNode operand : call.getOperands()) {
            Expr value = value(operand, type);
            nullable &= value.nullable();
            parts.add(value.sql());
        }
        return Expr.atom(type, nullable, "COALESCE(", Sql.joined(", ", parts), ")");
    }

    /** One of several values of which the source makes one column: exact, and of the same family as the others. */
    private Expr value(RexNode node, DataType common) {
        Expr value = dialect.groupable(translate(node));
        boolean null0 = node instanceof RexLiteral literal && literal.isNull();
        if (!null0 && !sameFamily(value.type(), common)) {
            throw new Refused(
                    "a value of type " + value.type() + " among values of type " + common + " stays in Calque");
        }
        if (value.form() != Form.PLAIN && value.form() != Form.BINARY) {
            throw new Refused(value.label() + " is held in a form of its own");
        }
        return value;
    }

    private static boolean sameFamily(DataType type, DataType common) {
        return type.kind() == common.kind() || (type.isExactNumeric() && common.isExactNumeric());
    }

    Expr operand(RexCall call, int index) {
        return translate(call.getOperands().get(index));
    }

    @Nullable RexLiteral literalOperand(RexCall call, int index) {
        return call.getOperands().get(index) instanceof RexLiteral literal ? literal : null;
    }
}
