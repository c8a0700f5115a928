package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.search.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Values of a column that two kinds of rows have, though no one row is of both kinds.
 *
 * <pre>
 * V that have both R with A and R with B       V shared by R with A and B      V where R are both A and B
 * </pre>
 *
 * V is not what names a row of R, or R is named beside it.
 */
final class ValuesInBoth implements Construction {
    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 1; i < list.size(); i++) {
            boolean begins = list.marks(i, Mark.BOTH) || list.marks(i, Mark.SHARED);
            if (!begins) {
                continue;
            }
            int from = list.marks(i + 1, Mark.BOTH) ? i + 1 : i;
            for (int and = from + 1; and < list.stop(i); and++) {
                if (list.marks(and, Mark.AND)) {
                    Optional<Understood> both = halves(list, i, from, and, reader);
                    if (both.isPresent()) {
                        return both;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Understood> halves(MentionList list, int at, int from, int and, QuestionReader reader) {
        int end = list.stop(and);
        int again = again(list, from + 1, and, end);
        if (again < 0) {
            return Optional.empty();
        }
        Mention which = new Mention.Marker(Mark.WITH, "with");
        MentionList first = list.without(and, end).replaced(at, from + 1, List.of(which));
        MentionList second = list.without(again, and + 1).replaced(at, from + 1, List.of(which));
        return together(reader.read(first.all()), reader.read(second.all()), reader.context());
    }

    /** Where what is said after the "and" stands in place of what is said before it; -1 where they are not alike. */
    private static int again(MentionList list, int from, int and, int end) {
        int right = and + 1;
        while (right < end
                && (list.marks(right, Mark.PREPOSITION)
                        || list.marks(right, Mark.RELATIVE)
                        || list.marks(right, Mark.WITH)
                        || list.marks(right, Mark.HAVING_A)
                        || list.marks(right, Mark.BOTH))) {
            right++;
        }
        for (int left = and - 1; left >= from; left--) {
            if (alike(list, left, right)) {
                boolean marked = right > and + 1
                        && (list.marks(left - 1, Mark.PREPOSITION)
                                || list.marks(left - 1, Mark.RELATIVE)
                                || list.marks(left - 1, Mark.WITH)
                                || list.marks(left - 1, Mark.HAVING_A));
                return marked ? left - 1 : left;
            }
        }
        return -1;
    }

    private static boolean alike(MentionList list, int left, int right) {
        Optional<Mention> one = list.at(left);
        Optional<Mention> other = list.at(right);
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        if (list.isValue(right)) {
            return list.isValue(left) && (list.sameColumn(left, right) || !(other.get() instanceof Linked));
        }
        if (other.get() instanceof Linked) {
            Optional<Link> a = list.link(left);
            Optional<Link> b = list.link(right);
            return a.isPresent() && b.isPresent() && same(a.get(), b.get());
        }
        return other.get() instanceof During && one.get() instanceof During
                || other.get() instanceof Compare && one.get() instanceof Compare;
    }

    private static boolean same(Link a, Link b) {
        return a.table().name().equals(b.table().name())
                && (a instanceof Link.ToTable && b instanceof Link.ToTable
                        || a instanceof Link.ToColumn c
                                && b instanceof Link.ToColumn d
                                && c.column().name().equals(d.column().name()));
    }

    private static Optional<Understood> together(Understood first, Understood second, Context context) {
        Optional<List<ColumnRef>> values = values(first.request(), context);
        boolean alike = values.isPresent()
                && first.request().outputs.equals(second.request().outputs)
                && !first.request().filters().isEmpty();
        if (!alike) {
            return Optional.empty();
        }
        Request request = new Request();
        request.outputs.addAll(first.request().outputs);
        request.subject = Optional.of(values.get().get(0).table());
        request.distinctness = Distinctness.DISTINCT;
        request.orders.addAll(first.request().orders);
        for (Understood half : List.of(first, second)) {
            request.memberships.add(new Membership(
                    values.get(), new Listing(SetsCombined.listing(half.request(), values.get())), Wanted.LISTED));
        }
        List<String> unexplained = new ArrayList<>(first.unexplained());
        second.unexplained().stream().filter(w -> !unexplained.contains(w)).forEach(unexplained::add);
        return Optional.of(new Understood(request, unexplained));
    }

    /** The columns whose values are asked for, or counted; empty where rows are. */
    static Optional<List<ColumnRef>> values(Request request, Context context) {
        List<ColumnRef> columns = new ArrayList<>();
        for (Item item : request.outputs) {
            if (item instanceof Attribute attribute) {
                columns.add(attribute.column());
            } else if (item instanceof Measure measure
                    && request.outputs.size() == 1
                    && measure.function() == AggregateFunction.COUNT
                    && measure.distinctness() == Distinctness.DISTINCT
                    && measure.column().isPresent()) {
                columns.add(measure.column().get());
            } else {
                return Optional.empty();
            }
        }
        boolean named = columns.stream()
                .anyMatch(c -> context.rows().key(c.table()).contains(c)
                        || request.subject
                                .filter(s -> s.name().equals(c.table().name()))
                                .filter(s -> context.rows().label(s).contains(c))
                                .isPresent());
        boolean one = columns.stream().map(c -> c.table().name()).distinct().count() == 1;
        return named || !one ? Optional.empty() : Optional.of(columns);
    }
}
