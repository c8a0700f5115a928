package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Order;
import io.calque.nl2plan.draft.request.Request.Ties;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import io.calque.nl2plan.plan.PlanNode.AggregateFunction;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What belongs to somebody's latest or first row of a kind.
 *
 * <pre>
 * which S were on E's latest T       S of those T of E than which none is later
 * how many S did E's first T have
 * what was E's latest T worth        a number of that T
 * </pre>
 */
final class LatestOf implements Construction {
    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 1; i + 1 < list.size(); i++) {
            boolean latest = list.all().get(i) instanceof Rank rank && rank.kind() == RankKind.TIME;
            if (!latest || !list.isTable(i + 1)) {
                continue;
            }
            TableDescriptor table = list.link(i + 1).orElseThrow().table();
            Optional<ColumnRef> time = reader.context().times().nearest(table);
            int from = i;
            while (from > 0 && list.isValue(from - 1)) {
                from--;
            }
            int end = i + 2;
            boolean named = from < i;
            while (!named && list.isValue(end)) {
                end++;
            }
            boolean grouped = false;
            for (int j = 0; j < list.size(); j++) {
                grouped |= list.marks(j, Mark.PER);
            }
            if (time.isEmpty() || from == i && end == i + 2 || grouped) {
                continue;
            }
            Rank rank = (Rank) list.all().get(i);
            List<Mention> entity = from < i ? list.sub(from, i) : list.sub(i + 2, end);
            MentionList rest = list.replaced(from, end, List.of(list.all().get(i + 1)));
            Optional<Understood> understood = read(table, time.get(), rank, entity, rest, reader);
            if (understood.isPresent()) {
                return understood;
            }
        }
        return Optional.empty();
    }

    private static Optional<Understood> read(
            TableDescriptor table,
            ColumnRef time,
            Rank rank,
            List<Mention> entity,
            MentionList rest,
            QuestionReader reader) {
        Context context = reader.context();
        Understood understood = reader.amending(reading -> {
                    Request request = reading.request;
                    List<ColumnRef> key = context.rows().key(table);
                    if (key.isEmpty()) {
                        throw new NotUnderstood("rows of " + table.name().table() + " have no key");
                    }
                    boolean asked = request.subject
                            .filter(s -> s.name().equals(table.name()))
                            .isPresent();
                    request.measures().stream()
                            .filter(m -> m.function() == AggregateFunction.SUM || m.function() == AggregateFunction.MAX)
                            .filter(m -> m.of().name().equals(table.name())
                                    && m.column().isPresent())
                            .toList()
                            .forEach(m -> request.outputs.replaceAll(
                                    o -> o.equals(m) ? new Attribute(m.column().orElseThrow()) : o));
                    Request latest = new Request();
                    key.forEach(k -> latest.outputs.add(new Attribute(k)));
                    Sameness.entity(entity, table, latest, context);
                    latest.orders.add(new Order(new Attribute(time), rank.direction()));
                    latest.limit = OptionalLong.of(1);
                    latest.ties = Ties.KEEP;
                    request.memberships.add(new Membership(key, new Listing(latest), Wanted.LISTED));
                    if (!asked) {
                        request.required.removeIf(t -> t.name().equals(table.name()));
                    }
                })
                .read(rest.all());
        boolean anything = understood.request().outputs.stream()
                .anyMatch(o -> Request.isFigure(o)
                        || o instanceof Attribute a
                                && (!a.column().table().name().equals(table.name())
                                        || !context.rows().label(table).contains(a.column())));
        return anything ? Optional.of(understood) : Optional.empty();
    }
}
