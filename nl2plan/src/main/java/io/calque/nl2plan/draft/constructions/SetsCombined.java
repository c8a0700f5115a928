package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Item;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Together;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.During;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.nl2plan.plan.PlanNode.SetKind;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows of which two things hold that no one row of theirs can say: S are those of which the question with A holds, and the question with B.
 *
 * <pre>
 * S ... A and again B          of whom both hold            (A, B: two times, or two values of one column)
 * S ... A as well as B, both A and B
 * S ... A but not B            of whom the first holds and the second does not
 * S ... A or B, but not both   of whom one holds
 * </pre>
 */
final class SetsCombined implements Construction {
    private static final Set<String> AGAIN = Set.of("and again", "as well as", "and also");
    private static final Set<String> NOT = Set.of("but not", "but never", "and not", "not");
    private static final Set<String> NOT_BOTH = Set.of("but not in both", "but not both");
    private static final Set<String> AND = Set.of("and", "as well as");
    private static final Set<String> BUT = Set.of("but");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        Optional<Cut> cut = notBoth(list).or(() -> butNot(list)).or(() -> again(list));
        return cut.flatMap(c -> read(c, reader));
    }

    private enum How {
        BOTH,
        FIRST_ALONE,
        ONE_OF_BOTH
    }

    /** The question with the one and with the other. */
    private record Cut(MentionList first, MentionList second, How how) {}

    private static Optional<Cut> notBoth(MentionList list) {
        int not = list.find(0, NOT_BOTH);
        int or = not < 0 ? -1 : orBefore(list, not);
        if (or < 0) {
            return Optional.empty();
        }
        MentionList rest = list.without(not, not + 1);
        for (int i = not; i < rest.size() && !rest.marks(i, Mark.STOP); ) {
            boolean filler = rest.marks(i, Mark.BOTH)
                    || rest.at(i)
                            .filter(m -> m.text().matches("(?i)years?|months?|both|of them"))
                            .isPresent();
            if (!filler) {
                break;
            }
            rest = rest.without(i, i + 1);
        }
        return parallel(rest, or, or + 1, not, How.ONE_OF_BOTH);
    }

    private static int orBefore(MentionList list, int end) {
        for (int i = end - 1; i > 0; i--) {
            if (list.marks(i, Mark.OR)) {
                return i;
            }
        }
        return -1;
    }

    private static Optional<Cut> butNot(MentionList list) {
        for (int i = 1; i < list.size(); i++) {
            boolean but = list.says(i, NOT) && (!list.says(i, Set.of("not", "and not")) || list.says(i - 1, BUT));
            if (but) {
                Optional<Cut> cut = parallel(list, i, i + 1, list.stop(i), How.FIRST_ALONE);
                if (cut.isPresent()) {
                    return cut;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Cut> again(MentionList list) {
        boolean both = false;
        for (int i = 0; i < list.size(); i++) {
            both |= list.marks(i, Mark.BOTH);
            boolean joins = list.says(i, AGAIN) || both && list.says(i, AND);
            if (joins) {
                int at = i;
                Optional<Cut> cut = parallel(list, at, at + 1, list.stop(at), How.BOTH);
                if (cut.isPresent()) {
                    return cut;
                }
            }
        }
        return Optional.empty();
    }

    /** What stands from {@code right} on says the same kind of thing as what stands last before {@code left}: a time, or a value of one column. */
    private static Optional<Cut> parallel(MentionList list, int left, int right, int end, How how) {
        int second = right;
        while (second < end && list.marks(second, Mark.PREPOSITION)) {
            second++;
        }
        if (list.at(second).filter(m -> m instanceof During).isPresent()) {
            int first = list.duringBefore(left);
            return first < 0
                    ? Optional.empty()
                    : Optional.of(new Cut(
                            unmarked(list.without(left, second + 1)),
                            unmarked(list.without(left, second + 1)
                                    .replaced(
                                            first, first + 1, List.of(list.all().get(second)))),
                            how));
        }
        if (!list.isValue(second)
                || !list.at(second).filter(m -> m instanceof Linked).isPresent()) {
            return Optional.empty();
        }
        for (int first = left - 1; first > 0; first--) {
            if (list.isValue(first) && list.sameColumn(first, second)) {
                int after = list.isTable(second + 1) && list.isTable(first + 1) ? second + 2 : second + 1;
                MentionList alone = list.without(left, after);
                return Optional.of(new Cut(
                        unmarked(alone),
                        unmarked(alone.replaced(
                                first, first + 1, List.of(list.all().get(second)))),
                        how));
            }
        }
        return Optional.empty();
    }

    private static MentionList unmarked(MentionList list) {
        for (int i = 0; i < list.size(); i++) {
            if (list.marks(i, Mark.BOTH) || list.marks(i, Mark.EITHER)) {
                return list.without(i, i + 1);
            }
        }
        return list;
    }

    private static Optional<Understood> read(Cut cut, QuestionReader reader) {
        Understood first = reader.read(cut.first().all());
        Understood second = reader.read(cut.second().all());
        Optional<TableDescriptor> whose = whose(first.request(), reader.context());
        if (whose.isEmpty() || reader.context().rows().key(whose.get()).isEmpty()) {
            return Optional.empty();
        }
        boolean values = cut.how() == How.BOTH && isOfItself(first.request(), whose.get());
        if (values) {
            // of a row's own column both cannot hold; "songs that are rock as well as metal" asks for either
            return Optional.empty();
        }
        List<ColumnRef> key = reader.context().rows().key(whose.get());
        Listing one = new Listing(listing(first.request(), key));
        Listing other = new Listing(listing(second.request(), key));
        Request request = shown(first.request(), whose.get());
        switch (cut.how()) {
            case BOTH -> {
                request.memberships.add(new Membership(key, one, Wanted.LISTED));
                request.memberships.add(new Membership(key, other, Wanted.LISTED));
            }
            case FIRST_ALONE -> {
                request.memberships.add(new Membership(key, one, Wanted.LISTED));
                request.memberships.add(new Membership(key, other, Wanted.NOT_LISTED));
            }
            case ONE_OF_BOTH -> {
                request.memberships.add(
                        new Membership(key, new Together(SetKind.UNION, List.of(one, other)), Wanted.LISTED));
                request.memberships.add(
                        new Membership(key, new Together(SetKind.INTERSECT, List.of(one, other)), Wanted.NOT_LISTED));
            }
        }
        List<String> unexplained = new ArrayList<>(first.unexplained());
        second.unexplained().stream().filter(w -> !unexplained.contains(w)).forEach(unexplained::add);
        return Optional.of(new Understood(request, unexplained));
    }

    private static boolean isOfItself(Request request, TableDescriptor whose) {
        return request.conditions.stream()
                .allMatch(c -> c.table().name().equals(whose.name())
                        && c.column().table().name().equals(whose.name()));
    }

    /** Whose rows are asked for, or counted. */
    static Optional<TableDescriptor> whose(Request request, Context context) {
        for (Item output : request.outputs) {
            if (output instanceof Measure measure && measure.function() == AggregateFunction.COUNT) {
                return measure.column().flatMap(context.rows()::refersTo).or(() -> Optional.of(measure.of()));
            }
            if (output instanceof Attribute attribute) {
                return request.subject.or(() -> Optional.of(attribute.column().table()));
            }
        }
        return request.subject;
    }

    /** The keys of the rows that a request is about. */
    static Request listing(Request request, List<ColumnRef> key) {
        Request listing = new Request();
        key.forEach(k -> listing.outputs.add(new Attribute(k)));
        listing.conditions.addAll(request.filters());
        listing.required.addAll(request.required);
        request.measures().stream()
                .filter(m -> request.outputs.contains(m) && m.column().isPresent())
                .map(Measure::of)
                .forEach(listing.required::add);
        listing.absent.addAll(request.absent);
        listing.having.addAll(request.having);
        listing.memberships.addAll(request.memberships);
        listing.beside.addAll(request.beside);
        listing.pairs.addAll(request.pairs);
        return listing;
    }

    /** What a request shows, of all rows. */
    private static Request shown(Request request, TableDescriptor whose) {
        Request shown = new Request();
        shown.subject = request.subject;
        for (Item output : request.outputs) {
            shown.outputs.add(output instanceof Measure ? Reading.count(whose) : output);
        }
        shown.orders.addAll(request.orders);
        shown.limit = request.limit;
        shown.ties = request.ties;
        shown.hiddenKeys.addAll(request.hiddenKeys);
        shown.distinctness = request.distinctness;
        return shown;
    }
}
