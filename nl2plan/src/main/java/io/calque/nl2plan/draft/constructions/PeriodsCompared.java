package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Arithmetic;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Computed;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.Request.Other;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Period;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.plan.PlanNode.Direction;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One figure in two periods.
 *
 * <pre>
 * which G ... more M P1 than P2            groups whose M in P1 is above that in P2
 * how many more M P1 than P2               the difference
 * by how much did M P1 exceed those P2     the difference
 * by how much did M grow from P1 to P2     the difference, the later less the earlier
 * by what percentage did M grow P1 to P2   the difference in a hundred of the earlier
 * which G grew (most) from P1 to P2        groups whose M grew; the one that grew most
 * </pre>
 */
final class PeriodsCompared implements Construction {
    private static final Set<String> MORE = Set.of("more", "higher", "greater", "better", "longer");
    private static final Set<String> LESS = Set.of("less", "fewer", "lower", "shorter");
    private static final Set<String> THAN =
            Set.of("than", "more than", "less than", "fewer than", "higher than", "lower than");
    private static final Set<String> PERCENT = Set.of(
            "by what percentage",
            "by what percent",
            "by how many percent",
            "percentage",
            "percent",
            "percentage of",
            "rate");
    private static final Set<String> ASKS = Set.of(
            "by how much",
            "how much more",
            "how much less",
            "how much higher",
            "how much lower",
            "how many more",
            "how many fewer",
            "how many more or fewer",
            "how many more or less",
            "how much more or less",
            "difference",
            "change",
            "change in",
            "change of",
            "growth",
            "growth in",
            "growth of");
    private static final Set<String> UP = Set.of(
            "grow",
            "grew",
            "grown",
            "increase",
            "increased",
            "rise",
            "rose",
            "risen",
            "change",
            "change in",
            "change of",
            "growth",
            "growth in",
            "growth of");
    private static final Set<String> DOWN = Set.of(
            "fall",
            "fell",
            "fallen",
            "drop",
            "dropped",
            "decline",
            "declined",
            "decrease",
            "decreased",
            "shrink",
            "shrank");
    private static final Set<String> SHORT = Set.of("fall short of", "fell short of");
    private static final Set<String> FEWER = Set.of("how much less", "how much lower", "how many fewer");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        Optional<Two> two = periods(list);
        return two.flatMap(t -> read(t, list, reader));
    }

    /** @param rest the question without them and what joins them */
    private record Two(Period first, Period second, MentionList rest, boolean range) {}

    private static Optional<Two> periods(MentionList list) {
        int one = list.during(0);
        if (one < 0) {
            return Optional.empty();
        }
        Period period = ((During) list.all().get(one)).period();
        int two = list.during(one + 1);
        if (two < 0) {
            return period.ends().size() == 2
                    ? Optional.of(new Two(period.ends().get(0), period.ends().get(1), list.without(one, one + 1), true))
                    : Optional.empty();
        }
        if (list.during(two + 1) >= 0 || two - one > 6) {
            return Optional.empty();
        }
        int than = list.find(0, THAN);
        boolean compared = than >= 0 && than < two && than > 0
                || list.find(one, SHORT) >= 0
                || list.find(one, Set.of("exceed", "exceed those", "exceeds", "compared to", "versus", "and")) >= 0
                        && list.find(0, ASKS) >= 0;
        if (!compared) {
            return Optional.empty();
        }
        // "than in the same month of" stands between them, "more" may stand before both
        MentionList rest = list.without(two, two + 1);
        int from = one + 1;
        for (int i = from; i < two; i++) {
            if (list.at(i).filter(m -> m instanceof Linked).isPresent() && i < than) {
                from = i + 1;
            }
        }
        rest = rest.without(from, two).without(one, one + 1);
        return Optional.of(new Two(period, ((During) list.all().get(two)).period(), rest, false));
    }

    private Optional<Understood> read(Two two, MentionList whole, QuestionReader reader) {
        MentionList rest = two.rest();
        boolean percent = rest.find(0, PERCENT) >= 0;
        int asks = rest.find(0, ASKS);
        int up = rest.find(0, UP);
        int down = rest.find(0, DOWN);
        boolean moved = up >= 0 || down >= 0;
        if (two.range() && !moved) {
            return Optional.empty();
        }
        int more = rest.find(0, MORE);
        int less = rest.find(0, LESS);
        boolean ask = percent || asks >= 0;
        if (!ask && !moved && more < 0 && less < 0) {
            return Optional.empty();
        }
        boolean shortOf = whole.find(0, SHORT) >= 0;
        boolean fewer = whole.find(0, FEWER) >= 0;
        int most = ranked(rest);
        boolean falls = down >= 0;
        MentionList plain = without(rest, PERCENT, ASKS, UP, DOWN, MORE, LESS, SHORT, Set.of("exceed"));
        int from = Math.max(0, more >= 0 ? more : less >= 0 ? less : 0);
        if (most >= 0 && moved) {
            int at = ranked(plain);
            plain = plain.without(at, at + 1);
        }
        // "more tracks": the name after says what is counted, else "spent more": the verb before
        MentionList measured = plain.measured(from);
        if (measured.size() == plain.size()) {
            measured = plain.measured(0);
        }
        Arithmetic how =
                !percent ? Arithmetic.DIFFERENCE : falls || fewer || less >= 0 ? Arithmetic.LOSS : Arithmetic.GROWTH;
        boolean swapped = two.range() ? !falls || percent : (shortOf || fewer) && !percent;
        Comparison kept = falls || less >= 0 && !two.range() ? Comparison.LT : Comparison.GT;
        return Optional.of(reader.amending(reading -> {
                    Measure measure = asked(reading.request);
                    ColumnRef time = reading.context
                            .times()
                            .nearest(measure.of())
                            .or(() -> reading.request.required.stream()
                                    .flatMap(t -> reading.context.times().nearest(t).stream())
                                    .findFirst())
                            .orElseThrow(() -> new NotUnderstood("no date tells the periods"));
                    Measure first = measure.only(List.of(during(time, two.first())));
                    Measure second = measure.only(List.of(during(time, two.second())));
                    Measure left = swapped ? second : first;
                    Measure right = swapped ? first : second;
                    reading.request.outputs.remove(measure);
                    if (most >= 0 && moved) {
                        mostMoved(reading.request, new Computed(how, second, first), falls);
                    } else if (ask) {
                        reading.request.outputs.add(new Computed(how, left, right));
                    } else {
                        reading.request.having.add(new Having(
                                two.range() ? second : first, kept, new Other(two.range() ? first : second)));
                    }
                })
                .read(measured.all()));
    }

    private static Measure asked(Request request) {
        return request.outputs.stream()
                .filter(o -> o instanceof Measure)
                .map(o -> (Measure) o)
                .reduce((a, b) -> b)
                .orElseThrow(() -> new NotUnderstood("two periods of what?"));
    }

    private static void mostMoved(Request request, Computed change, boolean falls) {
        request.orders.add(new Order(change, falls ? Direction.ASC : Direction.DESC));
        if (request.limit.isEmpty()) {
            request.limit = OptionalLong.of(1);
            request.ties = Request.Ties.KEEP;
        }
    }

    private static int ranked(MentionList list) {
        for (int i = 0; i < list.size(); i++) {
            if (list.all().get(i) instanceof Mention.Rank rank
                    && (rank.text().equals("most")
                            || rank.text().equals("least")
                            || rank.text().equals("fastest"))) {
                return i;
            }
        }
        return -1;
    }

    @SafeVarargs
    private static MentionList without(MentionList list, Set<String>... words) {
        MentionList rest = list;
        for (Set<String> some : words) {
            for (int at = rest.find(0, some); at >= 0; at = rest.find(at, some)) {
                rest = rest.without(at, at + 1);
            }
        }
        return rest;
    }

    private static Condition during(ColumnRef time, Period period) {
        return new Condition(
                time,
                period::condition,
                time + " is within " + period.from().orElse("") + " and before "
                        + period.before().orElse(""));
    }
}
