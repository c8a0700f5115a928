package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.meaning.RoleTables;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Pair;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that have something in common with what they are joined with.
 *
 * <pre>
 * S who did something in their own C     S with a row for which the C of the one is the C of the other
 * </pre>
 */
final class OwnColumn implements Construction {
    private static final Set<String> OWN = Set.of("their own", "its own", "his own", "her own");
    private static final double NAMED = 0.75;

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        int own = list.find(1, OWN);
        if (own < 0 || !(list.at(own + 1).orElse(null) instanceof Linked linked)) {
            return Optional.empty();
        }
        int from = list.marks(own - 1, Mark.PREPOSITION) ? own - 1 : own;
        Understood rest = reader.read(list.without(from, own + 2).all());
        Request request = rest.request();
        Context context = reader.context();
        Optional<TableDescriptor> whose = SetsCombined.whose(request, context)
                .filter(w -> !context.rows().key(w).isEmpty());
        Optional<ColumnRef> mine = whose.flatMap(w -> columns(linked).stream()
                .filter(c -> c.table().name().equals(w.name()))
                .findFirst());
        Optional<ColumnRef> theirs = mine.flatMap(m -> nearest(m, linked, request, context));
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        List<ColumnRef> key = context.rows().key(whose.orElseThrow());
        Request same = new Request();
        key.forEach(k -> same.outputs.add(new Request.Attribute(k)));
        same.pairs.add(new Pair(mine.get(), Comparison.EQ, theirs.get()));
        same.required.addAll(request.required);
        same.required.add(theirs.get().table());
        request.memberships.add(new Membership(key, new Listing(same), Wanted.LISTED));
        return Optional.of(rest);
    }

    private static List<ColumnRef> columns(Linked linked) {
        return linked.links().stream()
                .filter(l -> l instanceof Link.ToColumn && l.score() > NAMED)
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()))
                .toList();
    }

    /** The column of the same name nearest to the rows spoken of; none where two are equally near. */
    private static Optional<ColumnRef> nearest(ColumnRef mine, Linked linked, Request request, Context context) {
        List<ColumnRef> others = columns(linked).stream()
                .filter(c -> !c.table().name().equals(mine.table().name()) && !RoleTables.isRole(c.table()))
                .filter(c -> context.words(c).equals(context.words(mine)))
                .sorted(Comparator.comparingInt(c -> distance(c, mine, request, context)))
                .toList();
        boolean one = others.size() == 1
                || others.size() > 1
                        && distance(others.get(0), mine, request, context)
                                < distance(others.get(1), mine, request, context);
        return one ? Optional.of(others.get(0)) : Optional.empty();
    }

    private static int distance(ColumnRef column, ColumnRef mine, Request request, Context context) {
        return request.required.stream()
                .map(TableDescriptor::name)
                .mapToInt(t -> context.distanceTo(t, column.table().name()))
                .min()
                .orElseGet(() ->
                        context.distanceTo(mine.table().name(), column.table().name()));
    }
}
