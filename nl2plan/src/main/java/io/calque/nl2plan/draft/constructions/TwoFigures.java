package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Arithmetic;
import io.calque.nl2plan.draft.request.Request.Computed;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Two figures of one group made one.
 *
 * <pre>
 * the difference between the highest and the lowest C (of each G)
 * the ratio of total A to total B
 * </pre>
 */
final class TwoFigures implements Construction {
    private static final Set<String> DIFFERENCE = Set.of("difference", "gap", "spread");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        int said = list.find(0, DIFFERENCE);
        if (said < 0) {
            return Optional.empty();
        }
        int first = extreme(list, said + 1);
        int and = first < 0 ? -1 : first + 1;
        while (and >= 0 && and < list.size() && !list.marks(and, Mark.AND) && and < first + 3) {
            and++;
        }
        int second = and < 0 ? -1 : extreme(list, and);
        int of = second + 1;
        boolean both = second > 0
                && second <= and + 2
                && list.at(of).filter(m -> m instanceof Linked).isPresent();
        if (!both) {
            return Optional.empty();
        }
        Optional<Link> number = list.link(of).filter(ColumnKinds::numeric);
        if (number.isEmpty()) {
            return Optional.empty();
        }
        Request.ColumnRef column = new Request.ColumnRef(number.get().table(), ((Link.ToColumn) number.get()).column());
        List<Mention> measure = new ArrayList<>();
        measure.add(new Mention.Aggregation(AggregateFunction.MAX, "maximum"));
        measure.add(list.all().get(of));
        MentionList rest = list.replaced(said, of + 1, measure);
        return Optional.of(reader.amending(reading -> {
                    Measure most =
                            new Measure(AggregateFunction.MAX, column.table(), Optional.of(column), Distinctness.AS_IS);
                    Measure least =
                            new Measure(AggregateFunction.MIN, column.table(), Optional.of(column), Distinctness.AS_IS);
                    int at = reading.request.outputs.indexOf(most);
                    if (at < 0) {
                        throw new NotUnderstood("the difference between what?");
                    }
                    reading.request.outputs.set(at, new Computed(Arithmetic.DIFFERENCE, most, least));
                })
                .read(rest.all()));
    }

    /** "the highest", "the minimum". */
    private static int extreme(MentionList list, int from) {
        for (int i = from; i < Math.min(list.size(), from + 3); i++) {
            Mention mention = list.all().get(i);
            boolean rank = mention instanceof Mention.Rank r
                    && (r.direction() == Direction.DESC || r.direction() == Direction.ASC);
            boolean aggregate = mention instanceof Mention.Aggregation a
                    && (a.function() == AggregateFunction.MAX || a.function() == AggregateFunction.MIN);
            if (rank || aggregate) {
                return i;
            }
        }
        return -1;
    }
}
