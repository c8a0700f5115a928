package io.calque.nl2plan.draft.request;

import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.plan.SqlNames;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Figures put together by arithmetic: "(revenue - cost) / revenue * 100"; NULL where it divides by zero. */
public record Formula(Term term) implements Item {
    /** A part of the arithmetic. */
    public sealed interface Term {}

    public record Figure(Item item) implements Term {}

    public record Number(BigDecimal value) implements Term {}

    public record Two(Operation operation, Term left, Term right) implements Term {}

    /** Arithmetic on two figures. */
    public enum Operation {
        PLUS("+"),
        MINUS("-"),
        TIMES("*"),
        DIVIDED("/");

        private final String sign;

        Operation(String sign) {
            this.sign = sign;
        }

        public static Operation of(char sign) {
            for (Operation operation : values()) {
                if (operation.sign.charAt(0) == sign) {
                    return operation;
                }
            }
            throw new IllegalArgumentException("no arithmetic: " + sign);
        }
    }

    static Formula ratio(Item part, Item whole) {
        return new Formula(new Two(Operation.DIVIDED, new Figure(part), new Figure(whole)));
    }

    public static Formula percent(Item part, Item whole) {
        return new Formula(new Two(
                Operation.DIVIDED,
                new Two(Operation.TIMES, new Number(new BigDecimal("100.0")), new Figure(part)),
                new Figure(whole)));
    }

    /** The figures that it is computed of. */
    List<Item> figures() {
        List<Item> figures = new ArrayList<>();
        collect(term, figures);
        return figures;
    }

    private static void collect(Term term, List<Item> figures) {
        if (term instanceof Figure figure) {
            figures.add(figure.item());
        } else if (term instanceof Two two) {
            collect(two.left(), figures);
            collect(two.right(), figures);
        }
    }

    /** @param named the columns that hold the figures */
    public String sql(Function<Item, String> named) {
        return sql(term, named);
    }

    private static String sql(Term term, Function<Item, String> named) {
        if (term instanceof Figure figure) {
            return SqlNames.quoted(named.apply(figure.item()));
        }
        if (term instanceof Number number) {
            return number.value().toPlainString();
        }
        Two two = (Two) term;
        String left = sql(two.left(), named);
        String right = sql(two.right(), named);
        return two.operation() == Operation.DIVIDED
                ? "(1.0 * " + left + " / NULLIF(" + right + ", 0))"
                : "(" + left + " " + two.operation().sign + " " + right + ")";
    }

    /** @param told how a figure is told */
    String words(Function<Item, String> told) {
        return words(term, told);
    }

    private static String words(Term term, Function<Item, String> told) {
        if (term instanceof Figure figure) {
            return told.apply(figure.item());
        }
        if (term instanceof Number number) {
            return number.value().stripTrailingZeros().toPlainString();
        }
        Two two = (Two) term;
        return "(" + words(two.left(), told) + " " + two.operation().sign + " " + words(two.right(), told) + ")";
    }
}
