package io.calque.nl2plan.formula;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A formula whose operands are phrases. Immutable. */
public sealed interface Arithmetic {
    /** Words that say a figure: "total cost", {@code SUM(total)}. */
    record Phrase(String words) implements Arithmetic {}

    record Constant(BigDecimal number) implements Arithmetic {}

    /** @param sign one of {@code + - * /} */
    record Two(char sign, Arithmetic left, Arithmetic right) implements Arithmetic {}

    /** The phrases, from left to right. */
    default List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        map(phrase -> {
            phrases.add(phrase);
            return phrase;
        });
        return phrases;
    }

    /** The same formula, in brackets wherever it could be misread, with each phrase said anew. */
    default String map(Function<String, String> anew) {
        if (this instanceof Phrase phrase) {
            return anew.apply(phrase.words());
        }
        if (this instanceof Constant constant) {
            return constant.number().toPlainString();
        }
        Two two = (Two) this;
        return "(" + two.left().map(anew) + " " + two.sign() + " " + two.right().map(anew) + ")";
    }
}
