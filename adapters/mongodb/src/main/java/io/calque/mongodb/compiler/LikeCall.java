package io.calque.mongodb.compiler;

import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/**
 * A call of LIKE with a literal pattern. Immutable.
 *
 * @param operand without casts that change nothing
 * @param pattern empty for NULL
 * @param negated whether it is one operator with NOT
 */
record LikeCall(RexNode operand, Optional<String> pattern, Optional<Character> escape, boolean negated) {
    static LikeCall of(RexCall call) {
        String name = call.getOperator().getName();
        if (!name.endsWith("LIKE")
                || name.contains("ILIKE")
                || !(Casts.strip(call.getOperands().get(1)) instanceof RexLiteral pattern)) {
            throw new Refused("MongoDB is asked for LIKE only with a literal pattern");
        }
        Optional<String> text = pattern.isNull() ? Optional.empty() : Optional.of((String) Literals.value(pattern));
        Optional<Character> escape = escape(call);
        if (escape.isEmpty() && text.filter(t -> t.indexOf('\\') >= 0).isPresent()) {
            throw new Refused("whether a backslash escapes in LIKE is the engine's to say");
        }
        return new LikeCall(Casts.strip(call.getOperands().get(0)), text, escape, name.startsWith("NOT"));
    }

    private static Optional<Character> escape(RexCall like) {
        if (like.getOperands().size() < 3) {
            return Optional.empty();
        }
        if (like.getOperands().get(2) instanceof RexLiteral literal && !literal.isNull()) {
            String text = (String) Literals.value(literal);
            if (text.length() <= 1) {
                return text.isEmpty() ? Optional.empty() : Optional.of(text.charAt(0));
            }
        }
        throw new Refused("the escape of LIKE is not a single character");
    }
}
