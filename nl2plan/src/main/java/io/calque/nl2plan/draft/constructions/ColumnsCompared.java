package io.calque.nl2plan.draft.constructions;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.NotUnderstood;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Pair;
import io.calque.nl2plan.draft.request.Understood;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Compare;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.plan.PlanNode.Comparison;
import io.calque.nl2plan.search.Link;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two columns of one row beside one another.
 *
 * <pre>
 * left after the day it was promised      DATE after DATE
 * whose price exceeds its cost            NUMBER more than NUMBER
 * joined before their manager did         a column, and the same of a row that it belongs to
 * </pre>
 */
final class ColumnsCompared implements Construction {
    private static final Map<String, Comparison> TIMES = Map.of(
            "before", Comparison.LT,
            "earlier than", Comparison.LT,
            "sooner than", Comparison.LT,
            "after", Comparison.GT,
            "later than", Comparison.GT);
    private static final Map<String, Comparison> AGES =
            Map.of("older than", Comparison.LT, "younger than", Comparison.GT);
    private static final Set<String> OWN = Set.of("their own", "its own", "his own", "her own", "their", "own");

    @Override
    public Optional<Understood> read(List<Mention> mentions, QuestionReader reader) {
        MentionList list = new MentionList(mentions, reader.context());
        for (int i = 1; i < list.size(); i++) {
            Optional<Comparison> comparison = comparison(list, i);
            if (comparison.isPresent()) {
                // "no later than the promised day"
                boolean not = list.marks(i - 1, Mark.NOT) && !(list.all().get(i) instanceof Compare);
                Optional<Understood> understood = not
                        ? at(i - 1, other(comparison.get()), list.without(i - 1, i), reader)
                        : at(i, comparison.get(), list, reader);
                if (understood.isPresent()) {
                    return understood;
                }
            }
        }
        return Optional.empty();
    }

    private static Comparison other(Comparison comparison) {
        return comparison == Comparison.LT ? Comparison.GE : Comparison.LE;
    }

    private static Optional<Comparison> comparison(MentionList list, int i) {
        Mention mention = list.all().get(i);
        if (mention instanceof Compare compare) {
            return Optional.of(compare.comparison());
        }
        if (!list.marks(i, Mark.UNSUPPORTED)) {
            return Optional.empty();
        }
        Comparison said = TIMES.getOrDefault(
                mention.text().toLowerCase(java.util.Locale.ROOT),
                AGES.get(mention.text().toLowerCase(java.util.Locale.ROOT)));
        return Optional.ofNullable(said);
    }

    private Optional<Understood> at(int i, Comparison comparison, MentionList list, QuestionReader reader) {
        int next = i + 1;
        while (list.says(next, OWN) || list.marks(next, Mark.PREPOSITION) || list.marks(next, Mark.JOINT)) {
            next++;
        }
        // "the date we had committed to": the word says which date
        boolean noun =
                list.at(next).filter(m -> m.text().matches("(?i)date|day|time")).isPresent()
                        && list.at(next + 1).filter(m -> m instanceof Linked).isPresent();
        int right = noun ? next + 1 : next;
        if (list.at(right).filter(m -> m instanceof Linked).isEmpty()) {
            return Optional.empty();
        }
        Optional<Link> row = list.link(right).filter(l -> l instanceof Link.ToTable);
        return row.isPresent()
                ? relative(i, right, row.get().table(), comparison, list, reader)
                : columns(i, right, comparison, list, reader);
    }

    private Optional<Understood> columns(
            int i, int right, Comparison comparison, MentionList list, QuestionReader reader) {
        Context context = reader.context();
        Linked after = (Linked) list.all().get(right);
        for (int left = i - 1; left >= 0 && left >= i - 3; left--) {
            if (!(list.all().get(left) instanceof Linked before)) {
                continue;
            }
            for (Link one : before.links()) {
                if (!(one instanceof Link.ToColumn first) || !ordered(first)) {
                    continue;
                }
                Optional<Link> other = context.pick(
                        after,
                        l -> l instanceof Link.ToColumn c
                                && c.table().name().equals(first.table().name())
                                && !c.column().name().equals(first.column().name())
                                && alike(first, c));
                Optional<Link> chosen = context.pick(
                        before,
                        l -> l instanceof Link.ToColumn c
                                && c.table().name().equals(first.table().name())
                                && alike(first, c));
                if (other.isPresent() && chosen.isPresent()) {
                    Link.ToColumn mine = (Link.ToColumn) chosen.get();
                    Link.ToColumn theirs = (Link.ToColumn) other.get();
                    if (!mine.column().name().equals(theirs.column().name())) {
                        Pair pair = new Pair(
                                new ColumnRef(mine.table(), mine.column()),
                                comparison,
                                new ColumnRef(theirs.table(), theirs.column()));
                        return Optional.of(paired(pair, list.without(left, right + 1), reader));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static boolean ordered(Link.ToColumn column) {
        return ColumnKinds.temporal(column.column()) || column.column().type().isNumeric();
    }

    private static boolean alike(Link.ToColumn one, Link.ToColumn other) {
        return ColumnKinds.temporal(one.column()) && ColumnKinds.temporal(other.column())
                || one.column().type().isNumeric() && other.column().type().isNumeric();
    }

    /** "before their manager did": the same column of the row that is referred to. */
    private static Optional<Understood> relative(
            int i, int right, TableDescriptor of, Comparison comparison, MentionList list, QuestionReader reader) {
        Context context = reader.context();
        String said = list.all().get(i).text().toLowerCase(java.util.Locale.ROOT);
        boolean age = AGES.containsKey(said);
        boolean time = TIMES.containsKey(said) || age;
        int left = i - 1;
        String hint = list.at(left).map(Mention::text).orElse("");
        Optional<ColumnRef> theirs = age
                ? context.amounts().measured(of, "young")
                : time
                        ? context.times()
                                .of(of, io.calque.nl2plan.search.Stems.of(hint))
                                .or(() -> context.times().of(of))
                        : context.amounts()
                                .measured(of, said)
                                .or(() -> list.link(left)
                                        .filter(ColumnKinds::numeric)
                                        .map(l -> new ColumnRef(of, ((Link.ToColumn) l).column())));
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        boolean hinted = !age
                && (list.at(left).filter(m -> m instanceof Mention.Unknown).isPresent()
                        || list.link(left)
                                .filter(l -> l instanceof Link.ToColumn)
                                .isPresent());
        MentionList rest = list.without(hinted ? left : i, right + 1);
        return Optional.of(reader.amending(reading -> {
                    TableDescriptor whose = SetsCombined.whose(reading.request, context)
                            .filter(w -> !w.name().equals(of.name())
                                    && context.rows().refers(w, of))
                            .orElseThrow(
                                    () -> new NotUnderstood("whose " + of.name().table() + "?"));
                    ColumnRef mine = whose.column(theirs.get().column().name())
                            .map(c -> new ColumnRef(whose, c))
                            .orElseThrow(() -> new NotUnderstood(whose.name().table() + " has no such column"));
                    reading.request.pairs.add(new Pair(mine, comparison, theirs.get()));
                })
                .read(rest.all()));
    }

    private static Understood paired(Pair pair, MentionList rest, QuestionReader reader) {
        return reader.amending(reading -> {
                    boolean share = reading.request.shareFrom.isPresent();
                    if (share) {
                        reading.request.sharePairs.add(pair);
                    } else {
                        reading.request.pairs.add(pair);
                    }
                })
                .read(rest.all());
    }
}
