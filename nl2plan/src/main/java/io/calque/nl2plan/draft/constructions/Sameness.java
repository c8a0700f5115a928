package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.phrases.Conditions;
import io.calque.nl2plan.draft.phrases.Reading;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request;
import io.calque.nl2plan.draft.request.Request.Attribute;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Having;
import io.calque.nl2plan.draft.request.Request.Listing;
import io.calque.nl2plan.draft.request.Request.Membership;
import io.calque.nl2plan.draft.request.Request.Wanted;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Rows that have something in common with other rows.
 *
 * <pre>
 * S ... the same C as E            S whose C is that of E, without E itself     (C a column of S, or a table that S belong to)
 * S ... the same C as one of our T S whose C is that of any T
 * S ... share a C with another S   S whose C more than one S have
 * </pre>
 */
final class Sameness implements Construction {
    private static final Set<String> SAME = Set.of("same", "identical");
    private static final Set<String> ANOTHER = Set.of("another", "other", "each other");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        int same = list.find(0, SAME);
        int common = same >= 0 ? same + 1 : shared(list);
        if (common < 0 || list.at(common).filter(m -> m instanceof Linked).isEmpty()) {
            return Optional.empty();
        }
        int from = same >= 0 ? same : common - 1;
        while (from > 0 && list.marks(from - 1, Mark.PREPOSITION)) {
            from--;
        }
        int with = common + 1;
        while (list.marks(with, Mark.JOINT) || list.marks(with, Mark.WITH)) {
            if (list.says(with, ANOTHER)) {
                break;
            }
            with++;
        }
        boolean another = list.says(with, ANOTHER)
                || list.at(with)
                        .filter(m -> m.text().matches("(?i)someone|somebody|else"))
                        .isPresent();
        int end = another ? with + 1 : with;
        while (list.at(end)
                        .filter(m -> m instanceof Linked
                                || m instanceof Mention.Quoted
                                || m.text().equals("one"))
                        .isPresent()
                || list.says(end, Set.of("else", "as"))) {
            end++;
        }
        if (end == with && !another) {
            return Optional.empty();
        }
        List<Mention> beside = list.sub(with, end);
        Linked shared = (Linked) list.all().get(common);
        boolean any = another;
        MentionList rest = list.without(from, end);
        List<String> unexplained = new ArrayList<>();
        Understood understood = reader.amending(reading -> {
                    reading.unexplained.removeIf(w -> w.equals("else"));
                    TableDescriptor subject = SetsCombined.whose(reading.request, reading.context)
                            .or(() -> any ? Optional.empty() : owner(beside, reading.context))
                            .orElseThrow(() -> new NotUnderstood("whose " + shared.text() + " is the same?"));
                    reading.askFor(subject);
                    if (any) {
                        another(reading, subject, shared);
                    } else {
                        sameAs(reading, subject, shared, beside);
                    }
                })
                .read(rest.all());
        unexplained.addAll(understood.unexplained());
        return Optional.of(new Understood(understood.request(), unexplained));
    }

    /** "share a first name with". */
    private static int shared(MentionList list) {
        for (int i = 1; i + 2 < list.size(); i++) {
            boolean verb = list.at(i)
                    .filter(m -> m instanceof Unknown || m instanceof Mention.Marker || m instanceof Linked)
                    .filter(m -> m.text().toLowerCase(Locale.ROOT).matches("shares?|shared|sharing"))
                    .isPresent();
            if (verb && list.find(i, ANOTHER) > i) {
                return i + 1;
            }
        }
        return -1;
    }

    private static Optional<TableDescriptor> owner(List<Mention> entity, Context context) {
        return entity.stream()
                .filter(m -> m instanceof Linked)
                .flatMap(m -> context.pick((Linked) m, l -> true).stream())
                .map(Link::table)
                .findFirst();
    }

    private static void another(Reading reading, TableDescriptor subject, Linked shared) {
        ColumnRef column = column(shared, subject, reading.context)
                .orElseThrow(() -> new NotUnderstood("'" + shared.text() + "' is nothing that two can share"));
        Request several = new Request();
        several.outputs.add(new Attribute(column));
        several.having.add(new Having(Reading.count(subject), Comparison.GT, BigDecimal.ONE));
        reading.request.memberships.add(new Membership(List.of(column), new Listing(several), Wanted.LISTED));
    }

    private static void sameAs(Reading reading, TableDescriptor subject, Linked shared, List<Mention> entity) {
        Context context = reading.context;
        Request other = new Request();
        TableDescriptor of = entity(entity, subject, other, context);
        boolean itself = of.name().equals(subject.name());
        Optional<ColumnRef> mine = column(shared, subject, context);
        Optional<ColumnRef> theirs = itself ? mine : column(shared, of, context);
        Optional<TableDescriptor> table = context.pick(shared, l -> l instanceof Link.ToTable)
                .map(Link::table)
                .filter(t -> context.rows().refers(subject, t) && context.rows().refers(of, t));
        Request listing = new Request();
        listing.conditions.addAll(other.conditions);
        if (mine.isPresent() && theirs.isPresent()) {
            listing.outputs.add(new Attribute(theirs.get()));
            reading.request.memberships.add(new Membership(List.of(mine.get()), new Listing(listing), Wanted.LISTED));
        } else if (table.isPresent()) {
            List<ColumnRef> key = context.rows().key(table.get());
            key.forEach(k -> listing.outputs.add(new Attribute(k)));
            reading.request.memberships.add(new Membership(key, new Listing(listing), Wanted.LISTED));
        } else {
            throw new NotUnderstood("'" + shared.text() + "' is nothing that they have in common");
        }
        if (itself) {
            List<ColumnRef> key = context.rows().key(subject);
            Request self = new Request();
            key.forEach(k -> self.outputs.add(new Attribute(k)));
            self.conditions.addAll(other.conditions);
            reading.request.memberships.add(new Membership(key, new Listing(self), Wanted.NOT_LISTED));
        }
    }

    /** The other rows: told by their values, or any of a table. */
    static TableDescriptor entity(List<Mention> words, TableDescriptor subject, Request other, Context context) {
        Conditions conditions = new Conditions(context, other);
        Optional<TableDescriptor> table = Optional.empty();
        for (Mention word : words) {
            if (word instanceof Linked linked) {
                Optional<Link> own = context.pick(
                        linked,
                        l -> l instanceof Link.ToValue && l.table().name().equals(subject.name()));
                Link best = own.or(() -> context.pick(linked, l -> true)).orElseThrow();
                if (best instanceof Link.ToValue value) {
                    conditions.value(value, false);
                }
                table = table.isPresent() && best instanceof Link.ToTable ? table : Optional.of(best.table());
            } else if (word instanceof Mention.Quoted quoted) {
                conditions.text(quoted.text(), Optional.empty(), Optional.of(subject), false);
                table = Optional.of(subject);
            }
        }
        return table.orElseThrow(() -> new NotUnderstood("the same as whose?"));
    }

    private static Optional<ColumnRef> column(Linked shared, TableDescriptor of, Context context) {
        return context.pick(
                        shared,
                        l -> l instanceof Link.ToColumn
                                && l.score() > 0.6
                                && l.table().name().equals(of.name()))
                .map(l -> new ColumnRef(l.table(), ((Link.ToColumn) l).column()));
    }
}
