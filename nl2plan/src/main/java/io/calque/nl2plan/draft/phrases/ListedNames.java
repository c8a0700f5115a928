package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Aggregation;
import io.calque.nl2plan.draft.words.Mention.Every;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.spi.catalog.TableDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * "the name, city and age of each doctor": each of the names that are listed is a column of what they are said of, where that has one, before
 * anything else that goes by the same name. Used for one question.
 */
public final class ListedNames {
    private static final Set<Mark> OPENING = Set.of(Mark.RETURN, Mark.WHICH, Mark.STOP, Mark.DISTINCT);
    private static final double CERTAIN = 0.95;
    private static final double LEAST = 0.6;

    private final List<Mention> mentions;
    private final Context context;
    private final List<Integer> pending = new ArrayList<>();
    private final Set<ColumnRef> taken = new HashSet<>();

    private ListedNames(List<Mention> mentions, Context context) {
        this.mentions = new ArrayList<>(mentions);
        this.context = context;
    }

    /** The mentions, where what is listed has one meaning each. */
    public static List<Mention> bound(List<Mention> mentions, Context context) {
        ListedNames names = new ListedNames(mentions, context);
        for (int i = 0; i < mentions.size(); i++) {
            if (i == 0 || mentions.get(i - 1) instanceof Marker marker && OPENING.contains(marker.mark())) {
                names.list(i);
            }
        }
        return names.mentions;
    }

    private void list(int from) {
        pending.clear();
        taken.clear();
        Optional<TableDescriptor> owner = saidBefore(from);
        int at = from;
        while (at < mentions.size()) {
            int end = item(at);
            if (end == at) {
                break;
            }
            Optional<TableDescriptor> own = named(end - 1);
            if (own.isEmpty() && owner(end).isPresent()) {
                own = owner(end);
                while (!(mentions.get(end) instanceof Linked)) {
                    end++;
                }
                end++;
            }
            if (own.isPresent()) {
                owner = own;
                bind(own.get());
            }
            int next = end;
            while (isMark(next, Mark.COMMA) || isMark(next, Mark.AND)) {
                next++;
            }
            if (next == end) {
                break;
            }
            at = next;
        }
        owner.ifPresent(this::bind);
    }

    /** Where a thing that is listed ends; where it begins if there is none. */
    private int item(int from) {
        int at = from;
        while (isMark(at, Mark.DISTINCT)) {
            at++;
        }
        if (isMark(at, Mark.COUNT) || at < mentions.size() && mentions.get(at) instanceof Aggregation) {
            // a figure: the name in it is no column that is shown
            return at + 1 < mentions.size() && mentions.get(at + 1) instanceof Linked ? at + 2 : at + 1;
        }
        boolean name = at < mentions.size()
                && (mentions.get(at) instanceof Linked
                        || mentions.get(at) instanceof Unknown
                        || mentions.get(at) instanceof Every);
        if (!name) {
            return from;
        }
        pending.add(at);
        return at + 1;
    }

    /** "... doctors", "... for each doctor": what the names before are said of. */
    private Optional<TableDescriptor> owner(int at) {
        boolean led = isMark(at, Mark.PER)
                || isMark(at, Mark.PREPOSITION) && mentions.get(at).text().matches("(?i)for|from");
        int rows = led ? at + 1 : at;
        while (rows < mentions.size()
                && (mentions.get(rows) instanceof Mention.Rank rank
                                && rank.kind() != Mention.RankKind.TOP
                                && !rank.text().matches("(?i).*(most|fewest|least|number of|amount of)")
                        || mentions.get(rows) instanceof Mention.Number)) {
            // "names of the three oldest doctors"
            rows++;
        }
        return table(rows);
    }

    /** "ages of the doctors", read as one name. */
    private Optional<TableDescriptor> named(int at) {
        if (!(mentions.get(at) instanceof Linked linked) || !linked.text().matches("(?i).+ of .+")) {
            return Optional.empty();
        }
        return context.pick(linked, l -> true)
                .filter(l -> l instanceof Link.ToColumn)
                .map(Link::table);
    }

    /** "For each doctor, show ...". */
    private Optional<TableDescriptor> saidBefore(int from) {
        int at = from - 1;
        while (at >= 0 && mentions.get(at) instanceof Marker marker && marker.mark() != Mark.PER) {
            at--;
        }
        return at > 0 && isMark(at - 1, Mark.PER) ? table(at) : Optional.empty();
    }

    private Optional<TableDescriptor> table(int at) {
        return at < mentions.size() && mentions.get(at) instanceof Linked linked
                ? context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .map(Link::table)
                : Optional.empty();
    }

    private void bind(TableDescriptor owner) {
        for (int at : pending) {
            Mention mention = mentions.get(at);
            best(mention, owner)
                    .ifPresent(column -> mentions.set(
                            at,
                            new Linked(
                                    List.of(new Link.ToColumn(
                                            column.table(), column.column(), Math.max(CERTAIN, column.score()))),
                                    mention.text(),
                                    true)));
        }
        pending.clear();
    }

    /** The column of a table that words mean; none where they are the name of something else. */
    private Optional<Link.ToColumn> best(Mention mention, TableDescriptor owner) {
        List<Link.ToColumn> columns = context.columns(owner, words(mention, owner));
        Link.ToColumn best = null;
        double most = 0;
        for (Link.ToColumn column : columns) {
            double worth = worth(column, mention);
            if (worth > most && !taken.contains(ref(column))) {
                most = worth;
                best = column;
            }
        }
        boolean column = mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToColumn;
        if (best == null || most < (column ? LEAST : CERTAIN)) {
            return Optional.empty();
        }
        taken.add(ref(best));
        return Optional.of(best);
    }

    /** How well a column fits: what its table is called anyway need not be said of it. */
    private double worth(Link.ToColumn column, Mention mention) {
        List<String> left = new ArrayList<>(context.words(ref(column)));
        left.removeAll(words(mention, column.table()).stream().map(Stems::of).toList());
        left.removeAll(context.words(column.table()));
        boolean isColumn = mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToColumn;
        boolean key = context.rows().key(column.table()).contains(ref(column));
        return column.score() + (left.isEmpty() && isColumn ? 0.2 : 0) + (key ? 0.05 : 0);
    }

    private static ColumnRef ref(Link.ToColumn column) {
        return new ColumnRef(column.table(), column.column());
    }

    /** The words of a name, without the table that it is said of; "name of the chair" is no name of what has a chair. */
    private List<String> words(Mention mention, TableDescriptor owner) {
        String[] parts = mention.text().toLowerCase(Locale.ROOT).split(" of (the |a |an )?", 2);
        List<String> said = parts.length < 2 ? List.of() : split(parts[1]);
        boolean owned = said.stream().map(Stems::of).allMatch(context.words(owner)::contains);
        List<String> words = new ArrayList<>(split(parts[0]));
        if (!owned) {
            words.addAll(said);
        }
        return words;
    }

    private static List<String> split(String text) {
        return Arrays.asList(text.split("[_\\s]+"));
    }

    private boolean isMark(int at, Mark mark) {
        return at >= 0 && at < mentions.size() && mentions.get(at) instanceof Marker marker && marker.mark() == mark;
    }
}
