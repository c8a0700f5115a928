package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Arithmetic;
import io.calque.nl2plan.draft.request.Request.Computed;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.PartOfAll;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parts of a whole in a hundred.
 *
 * <pre>
 * for each G, what percentage of all M             M of each group, of the sum of all groups
 * what share of M came from V                      M of rows of which V holds, of M of all     (M a sum, not a count of rows)
 * </pre>
 */
final class PartsOfWhole implements Construction {
    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        int share = -1;
        for (int i = 0; i < list.size() && share < 0; i++) {
            share = list.marks(i, Mark.SHARE) ? i : -1;
        }
        if (share < 0) {
            return Optional.empty();
        }
        int of = share + 1;
        while (of < list.size()
                && (list.marks(of, Mark.JOINT)
                        || list.at(of)
                                .filter(m -> m instanceof Mention.Aggregation)
                                .isPresent())) {
            of++;
        }
        if (list.at(of).filter(m -> m instanceof Linked).isEmpty()) {
            return Optional.empty();
        }
        boolean sum = !list.isTable(of)
                || of > share + 1
                || reader.context().amounts().isAboutMoney(list.all().get(of).text()) && !isOfState(list, of);
        boolean grouped = false;
        for (int i = 0; i < list.size(); i++) {
            grouped |= list.marks(i, Mark.PER)
                    || list.marks(i, Mark.BY)
                            && list.at(i + 1).filter(m -> m instanceof Linked).isPresent();
        }
        Optional<Link> counted = list.link(of).filter(l -> l instanceof Link.ToColumn c && !ColumnKinds.numeric(c));
        if (counted.isPresent() || !sum && !grouped) {
            return Optional.empty();
        }
        List<Mention> measure = new ArrayList<>();
        measure.add(new Mention.Aggregation(io.calque.nl2plan.plan.PlanNode.AggregateFunction.SUM, "total"));
        MentionList whole = list.replaced(share, of, measure);
        boolean counts = !sum;
        int before = share;
        boolean besides = list.sub(0, before).stream()
                .anyMatch(m -> m instanceof Mention.Marker marker && marker.mark() == Mark.COUNT
                        || m instanceof Mention.Aggregation);
        Understood understood =
                reader.amending(reading -> amend(reading, counts, besides)).read(whole.all());
        boolean parts =
                understood.request().outputs.stream().anyMatch(o -> o instanceof Computed || o instanceof PartOfAll);
        return parts ? Optional.of(understood) : Optional.empty();
    }

    /** "percentage of payments that failed": a state that rows are in counts them. */
    private static boolean isOfState(MentionList list, int of) {
        for (int i = of + 1; i < list.size() && i <= of + 3; i++) {
            Optional<Link> value = list.link(i).filter(l -> l instanceof Link.ToValue);
            if (value.isPresent()
                    && list.isTable(of)
                    && value.get()
                            .table()
                            .name()
                            .equals(list.link(of).orElseThrow().table().name())) {
                return true;
            }
        }
        return false;
    }

    private static void amend(Reading reading, boolean counts, boolean besides) {
        Request request = reading.request;
        Measure measure = request.outputs.stream()
                .filter(o -> o instanceof Measure)
                .map(o -> (Measure) o)
                .findFirst()
                .orElseThrow(() -> new NotUnderstood("a share of what?"));
        List<Condition> said = List.copyOf(request.conditions);
        boolean grouped = !reading.grouped.isEmpty() || !request.groups.isEmpty() || !reading.units.isEmpty();
        int at = request.outputs.indexOf(measure);
        if (said.isEmpty() && request.pairs.isEmpty()) {
            if (!grouped) {
                throw new NotUnderstood("a share of what?");
            }
            if (besides) {
                // "their number and their share of all": both
                request.outputs.add(new PartOfAll(measure));
                return;
            }
            request.outputs.set(at, new PartOfAll(measure));
            return;
        }
        if (counts) {
            // of rows, the share is an average: read as such
            request.outputs.remove(measure);
            return;
        }
        request.conditions.clear();
        request.outputs.set(at, new Computed(Arithmetic.PERCENT, measure.only(said), measure));
    }
}
