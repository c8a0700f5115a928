package io.calque.mongodb.compiler;

import io.calque.mongodb.pipeline.EngineValues;
import io.calque.spi.type.DataType;
import io.calque.spi.type.TypeKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;

/**
 * How many digits decimal arithmetic may come to. Decimal128 holds 34: as long as columns have few enough digits before the point, no
 * operation of an expression rounds. Stateless.
 */
final class DecimalBounds {
    private static final int INTEGER_DIGITS = 10;
    private static final int BIGINT_DIGITS = 19;
    /** Fewer would refuse numbers that people keep. */
    private static final int LEAST_ADMITTED = 12;

    private DecimalBounds() {}

    /** Digits before and behind the point, at most. */
    private record Digits(int before, int behind) {
        int all() {
            return before + behind;
        }
    }

    /** How many digits before the point decimal columns may have so that the expression is exact. */
    static int admitted(RexNode expression) {
        for (int digits = EngineValues.DECIMAL128_DIGITS; digits >= LEAST_ADMITTED; digits--) {
            if (fits(expression, digits)) {
                return digits;
            }
        }
        throw new Refused("the digits of " + columns(expression).size()
                + " columns together may pass the 34 that MongoDB computes with");
    }

    private static boolean fits(RexNode expression, int admitted) {
        try {
            return digits(expression, admitted).all() <= EngineValues.DECIMAL128_DIGITS;
        } catch (ArithmeticException tooMany) {
            return false;
        }
    }

    /**
     * @throws ArithmeticException where an operation on the way may round
     */
    private static Digits digits(RexNode node, int admitted) {
        RexNode expression = Casts.strip(node);
        DataType type = Literals.type(expression.getType());
        if (expression instanceof RexLiteral literal && !literal.isNull()) {
            BigDecimal value = ((BigDecimal) Literals.value(literal)).stripTrailingZeros();
            return new Digits(Math.max(0, value.precision() - value.scale()), Math.max(0, value.scale()));
        }
        if (type.kind() != TypeKind.DECIMAL) {
            return new Digits(type.kind() == TypeKind.BIGINT ? BIGINT_DIGITS : INTEGER_DIGITS, 0);
        }
        if (expression instanceof RexInputRef) {
            return new Digits(Math.min(type.precision() - type.scale(), admitted), type.scale());
        }
        if (!(expression instanceof RexCall call)) {
            return new Digits(type.precision() - type.scale(), type.scale());
        }
        List<Digits> operands =
                call.getOperands().stream().map(o -> digits(o, admitted)).toList();
        Digits result = switch (call.getKind()) {
            case PLUS, MINUS ->
                new Digits(
                        Math.max(operands.get(0).before(), operands.get(1).before()) + 1,
                        Math.max(operands.get(0).behind(), operands.get(1).behind()));
            case TIMES ->
                new Digits(
                        operands.get(0).before() + operands.get(1).before(),
                        operands.get(0).behind() + operands.get(1).behind());
            case MINUS_PREFIX -> operands.get(0);
            case OTHER_FUNCTION ->
                digits(Arithmetic.required(call).getOperands().get(0), admitted);
            default -> throw new Refused(Unpushed.reason(call));
        };
        if (result.all() > EngineValues.DECIMAL128_DIGITS) {
            throw new ArithmeticException();
        }
        return result;
    }

    /** The decimal columns that the expression reads, each once. */
    static List<RexInputRef> columns(RexNode expression) {
        List<RexInputRef> found = new ArrayList<>();
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public Void visitInputRef(RexInputRef ref) {
                if (Literals.type(ref.getType()).kind() == TypeKind.DECIMAL && !found.contains(ref)) {
                    found.add(ref);
                }
                return null;
            }
        });
        return found;
    }

    static int integerDigits(RexInputRef column) {
        DataType type = Literals.type(column.getType());
        return type.precision() - type.scale();
    }
}
