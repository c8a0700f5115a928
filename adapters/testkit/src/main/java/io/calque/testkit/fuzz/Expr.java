package io.calque.testkit.fuzz;

import java.util.List;
import java.util.Optional;

/**
 * A scalar expression.
 *
 * @param text as Calque spells it; {@code $0} to {@code $9} stand for the parts
 * @param reference as the flat PostgreSQL spells the same meaning
 * @param parameter the value of the question mark in {@code text}
 */
public record Expr(Family family, String text, String reference, List<Part> parts, Optional<Object> parameter)
        implements Part {
    public Expr {
        parts = List.copyOf(parts);
    }

    static Expr leaf(Family family, String text) {
        return leaf(family, text, text);
    }

    static Expr leaf(Family family, String text, String reference) {
        return new Expr(family, text, reference, List.of(), Optional.empty());
    }

    static Expr call(Family family, String text, Part... parts) {
        return new Expr(family, text, text, List.of(parts), Optional.empty());
    }

    static Expr twoWays(Family family, String text, String reference, Part... parts) {
        return new Expr(family, text, reference, List.of(parts), Optional.empty());
    }

    /** PostgreSQL's EXTRACT is numeric. */
    Expr withExtractCast() {
        return reference.isEmpty() ? new Expr(family, text, "CAST(" + text + " AS BIGINT)", parts, parameter) : this;
    }

    Expr asParameter(Object value) {
        return new Expr(family, "?", reference, List.of(), Optional.of(value));
    }

    @Override
    public void spell(Spelling spelling) {
        String template = spelling.isReference() ? reference : text;
        if (!spelling.isReference()) {
            parameter.ifPresent(spelling::parameter);
        }
        if (parts.isEmpty()) {
            spelling.add(template);
            return;
        }
        for (int i = 0; i < template.length(); i++) {
            char c = template.charAt(i);
            boolean slot = c == '$' && i + 1 < template.length() && Character.isDigit(template.charAt(i + 1));
            if (slot) {
                i++;
                spelling.add(parts.get(template.charAt(i) - '0'));
            } else {
                spelling.add(String.valueOf(c));
            }
        }
    }
}
