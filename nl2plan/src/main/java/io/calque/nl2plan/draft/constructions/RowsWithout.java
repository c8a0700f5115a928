package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Distinctness;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Measure;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.spi.TableName;
import io.calque.spi.catalog.TableDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All of them without those of which something holds.
 *
 * <pre>
 * S without R that is A, S that had no R in 2004     S less the S that have such an R
 * V without R that is A                              values of a column of R, less those that rows of R with A have
 * </pre>
 *
 * What is denied of a row itself, or of the one row that it refers to, is a condition like any other and not read here.
 */
final class RowsWithout implements Construction {
    private static final Set<String> LISTED = Set.of("neither", "other than", "not only");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 1; i < list.size(); i++) {
            if (list.marks(i, Mark.NOT) && !list.says(i, LISTED)) {
                return at(i, list, reader);
            }
        }
        return Optional.empty();
    }

    private static Optional<Understood> at(int not, MentionList list, QuestionReader reader) {
        int end = end(list, not);
        int head = not;
        while (head > 0 && opens(list, head - 1)) {
            head--;
        }
        if (head == 0 || end == not + 1) {
            return Optional.empty();
        }
        Understood all = reader.read(list.without(head, end).all());
        Understood with = reader.read(list.replaced(head, not + 1, List.of(new Marker(Mark.WITH, "with")))
                .all());
        boolean clear = all.unexplained().isEmpty()
                && with.unexplained().isEmpty()
                && all.request().outputs.equals(with.request().outputs)
                && with.request().limit.isEmpty()
                && isPlain(all.request());
        Optional<TableDescriptor> whose =
                clear ? SetsCombined.whose(all.request(), reader.context()) : Optional.empty();
        if (whose.isEmpty()) {
            return Optional.empty();
        }
        boolean own = isOf(list, not + 1, end, whose.get());
        return denied(all.request(), with.request(), whose.get(), own, reader.context())
                .map(key -> {
                    Request request = all.request();
                    request.memberships.add(new Membership(
                            key, new Listing(SetsCombined.listing(with.request(), key)), Wanted.NOT_LISTED));
                    boolean values = !key.equals(reader.context().rows().key(whose.get()));
                    if (values && request.measures().isEmpty()) {
                        request.distinctness = Distinctness.DISTINCT;
                    }
                    return new Understood(request, List.of());
                });
    }

    /** Whether it is rows of this table that are denied. */
    private static boolean isOf(MentionList list, int from, int end, TableDescriptor table) {
        for (int i = from; i < end; i++) {
            if (list.isTable(i)) {
                return list.link(i).orElseThrow().table().name().equals(table.name());
            }
        }
        return false;
    }

    /** Words that lead to what is denied and are gone with it. */
    private static boolean opens(MentionList list, int i) {
        return list.marks(i, Mark.RELATIVE)
                || list.marks(i, Mark.WITH)
                || list.marks(i, Mark.HAVING_A)
                || list.marks(i, Mark.AND)
                || list.marks(i, Mark.COMMA)
                || i > 0 && list.marks(i, Mark.WHICH);
    }

    /** What is denied goes to the end of the sentence, or to where the order of the answer is said. */
    private static int end(MentionList list, int not) {
        int stop = list.stop(not);
        for (int i = not + 1; i < stop; i++) {
            boolean other = list.marks(i, Mark.ORDER)
                    || list.marks(i, Mark.RETURN)
                    || list.marks(i, Mark.ALPHABETICAL)
                    || list.marks(i, Mark.PER);
            if (other) {
                return i;
            }
        }
        return stop;
    }

    private static boolean isPlain(Request request) {
        boolean counted = request.outputs.size() == 1
                && request.outputs.get(0) instanceof Measure measure
                && measure.function() == AggregateFunction.COUNT;
        return request.limit.isEmpty()
                && request.groups.isEmpty()
                && request.having.isEmpty()
                && (request.measures().isEmpty()
                        || counted && request.measures().size() == 1);
    }

    /** By what those that are left out are told: the key of rows, or the values asked for; empty where the denial is of the rows themselves. */
    private static Optional<List<ColumnRef>> denied(
            Request all, Request with, TableDescriptor whose, boolean own, Context context) {
        Set<TableName> restricted = new HashSet<>();
        with.conditions.stream()
                .skip(all.conditions.size())
                .forEach(c -> restricted.add(c.table().name()));
        with.having.forEach(h -> h.measures().forEach(m -> restricted.add(m.of().name())));
        with.beside.forEach(b -> restricted.add(b.column().table().name()));
        boolean more = with.conditions.size() > all.conditions.size()
                || !with.having.isEmpty()
                || with.beside.size() > all.beside.size();
        if (!more) {
            return Optional.empty();
        }
        boolean ofMany = context.tables().stream()
                .filter(t -> restricted.contains(t.name()) || with.required.contains(t))
                .anyMatch(t -> !context.rows().refers(whose, t));
        List<ColumnRef> key = context.rows().key(whose);
        if (ofMany && !key.isEmpty()) {
            return Optional.of(key);
        }
        boolean ownRows = own && restricted.equals(Set.of(whose.name()));
        return ownRows ? ValuesInBoth.values(with, context) : Optional.empty();
    }
}
