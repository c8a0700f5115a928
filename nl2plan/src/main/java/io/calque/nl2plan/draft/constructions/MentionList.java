package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The mentions of a question, to be searched and cut. Immutable. */
record MentionList(List<Mention> all, Context context) {
    MentionList {
        all = List.copyOf(all);
    }

    int size() {
        return all.size();
    }

    Optional<Mention> at(int i) {
        return i >= 0 && i < all.size() ? Optional.of(all.get(i)) : Optional.empty();
    }

    boolean says(int i, Set<String> words) {
        return at(i).filter(m -> m instanceof Marker && words.contains(m.text().toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    boolean marks(int i, Mark mark) {
        return at(i).filter(m -> m instanceof Marker marker && marker.mark() == mark)
                .isPresent();
    }

    /** Where a word of the grammar stands, from here on; -1 where it does not. */
    int find(int from, Set<String> words) {
        for (int i = Math.max(0, from); i < all.size(); i++) {
            if (says(i, words)) {
                return i;
            }
        }
        return -1;
    }

    /** The next time of the question from here on. */
    int during(int from) {
        for (int i = from; i < all.size(); i++) {
            if (all.get(i) instanceof During) {
                return i;
            }
        }
        return -1;
    }

    int duringBefore(int end) {
        for (int i = Math.min(end, all.size()) - 1; i >= 0; i--) {
            if (all.get(i) instanceof During) {
                return i;
            }
        }
        return -1;
    }

    /** Where the sentence ends. */
    int stop(int from) {
        for (int i = from; i < all.size(); i++) {
            if (marks(i, Mark.STOP)) {
                return i;
            }
        }
        return all.size();
    }

    Optional<Link> link(int i) {
        return at(i).filter(m -> m instanceof Linked).flatMap(m -> context.pick((Linked) m, l -> true));
    }

    boolean isValue(int i) {
        return link(i).filter(l -> l instanceof Link.ToValue).isPresent()
                || at(i).filter(m -> m instanceof Quoted).isPresent();
    }

    /** Whether two values may be of one column. */
    boolean sameColumn(int first, int second) {
        return link(first)
                .filter(l -> l instanceof Link.ToValue)
                .map(l -> (Link.ToValue) l)
                .filter(v -> at(second).filter(m -> m instanceof Linked).stream()
                        .flatMap(m -> ((Linked) m).links().stream())
                        .anyMatch(l -> l instanceof Link.ToValue o
                                && o.table().name().equals(v.table().name())
                                && o.column().name().equals(v.column().name())))
                .isPresent();
    }

    boolean isTable(int i) {
        return link(i).filter(l -> l instanceof Link.ToTable).isPresent();
    }

    /** Without the mentions from {@code from} to before {@code to}. */
    MentionList without(int from, int to) {
        return replaced(from, to, List.of());
    }

    MentionList replaced(int from, int to, List<Mention> by) {
        List<Mention> rest = new ArrayList<>(all.subList(0, from));
        rest.addAll(by);
        rest.addAll(all.subList(Math.min(to, all.size()), all.size()));
        return new MentionList(rest, context);
    }

    List<Mention> sub(int from, int to) {
        return all.subList(from, Math.min(to, all.size()));
    }

    /** With a measure before the first name from here on that could be one, where none is said yet: a count of rows, a total of numbers. */
    MentionList measured(int from) {
        for (int i = from; i < all.size(); i++) {
            Mention mention = all.get(i);
            if (mention instanceof Mention.Aggregation || marks(i, Mark.COUNT) || marks(i, Mark.SHARE)) {
                return this;
            }
            Optional<Link> link = link(i);
            boolean number = link.filter(ColumnKinds::numeric).isPresent();
            if (number || isTable(i)) {
                return replaced(
                        i,
                        i,
                        List.of(new Mention.Aggregation(
                                io.calque.nl2plan.plan.PlanNode.AggregateFunction.SUM, "total")));
            }
        }
        return this;
    }
}
