package io.calque.nl2plan.draft.words;

import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Numbers with what tells their size and their unit, alone or as the two ends of a range. */
final class NumberReader {
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final List<Token> tokens;

    NumberReader(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** A number and the scale and unit behind it: "2 million dollars", "90th percentile"; where it ends. */
    int read(int i, BigDecimal value, List<Mention> mentions) {
        boolean percentile = i + 1 < tokens.size() && tokens.get(i + 1).lower().equals("percentile");
        if (percentile && value.signum() > 0 && value.compareTo(HUNDRED) < 0) {
            mentions.add(new Mention.Aggregation(
                    AggregateFunction.PERCENTILE_CONT,
                    Optional.of(value.movePointLeft(2)),
                    Token.joined(tokens, i, i + 2)));
            return i + 2;
        }
        Optional<BigDecimal> scale =
                i + 1 < tokens.size() ? NumberWords.scale(tokens.get(i + 1).lower()) : Optional.empty();
        int end = scale.isPresent() ? i + 2 : i + 1;
        String text = tokens.get(i).text();
        Optional<Unit> sign = text.endsWith("%")
                ? Optional.of(Unit.PERCENT)
                : text.matches("[$€£].*") ? Optional.of(Unit.DOLLAR) : Optional.empty();
        Optional<Unit> unit =
                sign.or(() -> end < tokens.size() ? Unit.of(tokens.get(end).text()) : Optional.empty());
        mentions.add(new Mention.Number(scale.map(value::multiply).orElse(value), unit, text));
        return unit.isPresent() && sign.isEmpty() ? end + 1 : end;
    }

    /** "between 3 and 5", "from $10 to $20": where it ends, else where it would begin. */
    int between(int i, List<Mention> mentions) {
        boolean ranges = tokens.get(i).lower().matches("between|from") && isNumber(i + 1);
        if (!ranges) {
            return i;
        }
        List<Mention> low = new ArrayList<>();
        int and = read(i + 1, NumberWords.digits(tokens.get(i + 1).text()), low);
        boolean joined = and < tokens.size() && tokens.get(and).lower().matches("and|to") && isNumber(and + 1);
        if (!joined || !(low.get(0) instanceof Mention.Number least)) {
            return i;
        }
        List<Mention> high = new ArrayList<>();
        int end = read(and + 1, NumberWords.digits(tokens.get(and + 1).text()), high);
        mentions.add(new Mention.Between(least, Token.joined(tokens, i, end)));
        mentions.addAll(high);
        return end;
    }

    private boolean isNumber(int i) {
        return i < tokens.size() && tokens.get(i).kind() == Token.Kind.NUMBER;
    }
}
