package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** "the minimum, maximum and average price" asks for three figures of one name: each is said with it. Stateless. */
final class Coordination {
    private Coordination() {}

    static List<Mention> spread(List<Mention> mentions) {
        List<Mention> spread = new ArrayList<>();
        for (int i = 0; i < mentions.size(); ) {
            int end = i;
            List<Mention> figures = new ArrayList<>();
            while (end < mentions.size() && figure(mentions.get(end)).isPresent()) {
                figures.add(figure(mentions.get(end)).orElseThrow());
                int next = end + 1;
                while (joins(mentions, next)) {
                    next++;
                }
                boolean goesOn = next > end + 1
                        && next < mentions.size()
                        && figure(mentions.get(next)).isPresent();
                end = goesOn ? next : end + 1;
                if (!goesOn) {
                    break;
                }
            }
            int name = end;
            while (name < mentions.size() && counts(mentions.get(name))) {
                // "the maximum and minimum number of rooms"
                name++;
            }
            boolean named = figures.size() > 1 && name < mentions.size() && mentions.get(name) instanceof Linked;
            if (!named) {
                spread.add(mentions.get(i++));
                continue;
            }
            for (int f = 0; f < figures.size(); f++) {
                if (f > 0) {
                    spread.add(new Marker(Mark.AND, "and"));
                }
                spread.add(figures.get(f));
                spread.addAll(mentions.subList(end, name + 1));
            }
            i = name + 1;
        }
        return spread;
    }

    private static boolean counts(Mention mention) {
        return mention instanceof Marker marker && marker.mark() == Mark.COUNT;
    }

    /** "highest" and "lowest", listed together, are figures. */
    private static Optional<Mention> figure(Mention mention) {
        if (mention instanceof Rank rank
                && rank.kind() == RankKind.MOST
                && rank.text().matches("(?i)(highest|lowest|largest|smallest|maximum|minimum)( number of)?")) {
            AggregateFunction function =
                    rank.direction() == Direction.DESC ? AggregateFunction.MAX : AggregateFunction.MIN;
            return Optional.of(new Aggregation(function, rank.text()));
        }
        return Optional.of(mention).filter(m -> m instanceof Aggregation);
    }

    private static boolean joins(List<Mention> mentions, int i) {
        return i < mentions.size()
                && mentions.get(i) instanceof Marker marker
                && (marker.mark() == Mark.AND || marker.mark() == Mark.COMMA);
    }
}
