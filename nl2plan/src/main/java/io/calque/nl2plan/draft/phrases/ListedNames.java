package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.meaning.Context;
import io.calque.nl2plan.draft.request.ColumnKinds;
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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * "the name, city and age of each doctor": each of the names that are listed is a column of what they are said of, where that has one, before
 * anything else that goes by the same name. Used for one question.
 */
public final class ListedNames {
    private static final Set<Mark> OPENING = Set.of(Mark.RETURN, Mark.WHICH, Mark.STOP, Mark.DISTINCT);
    /** Words that say what kind of thing a column holds, and not which column it is. */
    private static final Set<String> KINDS = Stream.of(
                    "year", "date", "time", "number", "amount", "value", "percentage", "name", "code")
            .map(Stems::of)
            .collect(Collectors.toUnmodifiableSet());

    private static final Set<String> WHOLE = Set.of("full", "whole", "complet");
    private static final String OF = " of (the |a |an )?";
    private static final double CERTAIN = 0.95;
    private static final double LEAST = 0.6;
    private static final double NEAR = 0.05;

    private final List<Mention> mentions;
    private final Context context;
    private final List<Integer> pending = new ArrayList<>();
    private final List<Integer> pendingKinds = new ArrayList<>();
    private final Set<Integer> dropped = new HashSet<>();
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
        return IntStream.range(0, mentions.size())
                .filter(i -> !names.dropped.contains(i))
                .mapToObj(names.mentions::get)
                .toList();
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
            int noun = noun(end);
            if (own.isEmpty() && table(noun).isPresent()) {
                own = table(noun);
                if (!pending.isEmpty()) {
                    mentions.set(noun, as(mentions.get(noun), own.get()));
                }
                end = noun + 1;
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
                        || mentions.get(at) instanceof Every
                        || isMark(at, Mark.DETAILS));
        if (!name) {
            return from;
        }
        if (isUnknown(at, WHOLE) && at + 1 < mentions.size() && isName(mentions.get(at + 1))) {
            dropped.add(at++);
        }
        pending.add(at);
        if (isUnknown(at + 1, KINDS)) {
            // "opening year" of a column called opening
            pendingKinds.add(at + 1);
            return at + 2;
        }
        return at + 1;
    }

    private boolean isUnknown(int at, Set<String> words) {
        return at < mentions.size()
                && mentions.get(at) instanceof Unknown unknown
                && words.contains(Stems.of(unknown.text()));
    }

    private static boolean isFar(Linked linked, TableDescriptor owner) {
        return linked.links().get(0).score() < LEAST
                && linked.links().stream().noneMatch(l -> l.table().name().equals(owner.name()));
    }

    /** Whether words name columns and nothing else. */
    private static boolean isColumn(Mention mention) {
        return mention instanceof Linked linked && linked.links().stream().allMatch(l -> l instanceof Link.ToColumn);
    }

    private static boolean isName(Mention mention) {
        return mention instanceof Linked linked && linked.text().matches("(?i)names?( of .*)?");
    }

    /** "... for each doctor", "... of the three oldest German doctors": where that stands which names before are said of. */
    private int noun(int from) {
        int at = from;
        if (isMark(at, Mark.PER)
                || isMark(at, Mark.PREPOSITION) && mentions.get(at).text().matches("(?i)for|from")) {
            at++;
        }
        // "which room has the most visits" says nothing of the rooms of visits
        boolean columns = pending.stream().map(mentions::get).allMatch(ListedNames::isColumn);
        while (at < mentions.size()
                && (mentions.get(at) instanceof Mention.Rank rank
                                && columns
                                && !rank.text().matches("(?i).*(most|fewest|least|number of|amount of)")
                        || mentions.get(at) instanceof Mention.Number
                        || mentions.get(at) instanceof Mention.Place
                        || mentions.get(at) instanceof Linked linked
                                && linked.links().get(0) instanceof Link.ToValue)) {
            at++;
        }
        return at;
    }

    private static Linked as(Mention mention, Link.ToColumn column) {
        Link link = new Link.ToColumn(column.table(), column.column(), Math.max(CERTAIN, column.score()));
        return new Linked(List.of(link), mention.text(), true);
    }

    private static Linked as(Mention mention, TableDescriptor table) {
        List<Link> links = ((Linked) mention)
                .links().stream()
                        .filter(l ->
                                l instanceof Link.ToTable && l.table().name().equals(table.name()))
                        .toList();
        return new Linked(links, mention.text());
    }

    /** "names" of what has no column called so are what its rows go by. */
    private Optional<Link.ToColumn> naming(Mention mention, TableDescriptor owner) {
        boolean name = isName(mention) && words(mention, owner).size() == 1;
        List<ColumnRef> label = name ? context.rows().label(owner) : List.of();
        return label.stream()
                .filter(c -> ColumnKinds.text(c.column()) && !context.rows().isKey(c))
                .filter(c -> !taken.contains(c))
                .findFirst()
                .map(c -> new Link.ToColumn(c.table(), c.column(), CERTAIN));
    }

    /** "ages of the doctors", read as one name. */
    private Optional<TableDescriptor> named(int at) {
        String[] parts = mentions.get(at).text().toLowerCase(Locale.ROOT).split(OF, 2);
        if (!(mentions.get(at) instanceof Linked linked) || parts.length < 2) {
            return Optional.empty();
        }
        Set<String> said = split(parts[1]).stream().map(Stems::of).collect(Collectors.toSet());
        return context.tables().stream()
                .filter(t -> Set.copyOf(context.words(t)).equals(said))
                .findFirst()
                .or(() -> context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToColumn)
                        .map(Link::table));
    }

    /** "For each doctor, show ...". */
    private Optional<TableDescriptor> saidBefore(int from) {
        int at = from - 1;
        while (at >= 0 && mentions.get(at) instanceof Marker marker && marker.mark() != Mark.PER) {
            at--;
        }
        return at > 0 && isMark(at - 1, Mark.PER) ? table(at) : Optional.empty();
    }

    /** The table that a name means, even if a column refers to it by that name. */
    private Optional<TableDescriptor> table(int at) {
        if (at >= mentions.size() || !(mentions.get(at) instanceof Linked linked)) {
            return Optional.empty();
        }
        double best = linked.links().get(0).score();
        Optional<Link> picked = context.pick(linked, l -> true);
        boolean refers = picked.filter(
                        l -> l instanceof Link.ToColumn c && context.rows().isKey(new ColumnRef(c.table(), c.column())))
                .isPresent();
        return (refers ? context.pick(linked, l -> l instanceof Link.ToTable && l.score() > best - NEAR) : picked)
                .filter(l -> l instanceof Link.ToTable)
                .map(Link::table);
    }

    private void bind(TableDescriptor owner) {
        for (int at : pending) {
            Mention mention = mentions.get(at);
            Optional<Link.ToColumn> column = best(mention, owner).or(() -> naming(mention, owner));
            if (column.isPresent()) {
                mentions.set(at, as(mention, column.get()));
                if (pendingKinds.contains(at + 1)) {
                    dropped.add(at + 1);
                }
            } else if (isColumn(mention) && isFar((Linked) mention, owner)) {
                // what it has no column for is no column of something else that is called a little like it
                mentions.set(at, new Unknown(mention.text()));
            }
        }
        pending.clear();
        pendingKinds.clear();
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
        boolean column = mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToColumn
                || mention instanceof Marker;
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
        boolean isColumn = mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToColumn
                || mention instanceof Marker;
        boolean key = context.rows().key(column.table()).contains(ref(column));
        return column.score() + (left.isEmpty() && isColumn ? 0.2 : 0) + (key ? 0.05 : 0);
    }

    private static ColumnRef ref(Link.ToColumn column) {
        return new ColumnRef(column.table(), column.column());
    }

    /** The words of a name, without the table that it is said of; "name of the chair" is no name of what has a chair. */
    private List<String> words(Mention mention, TableDescriptor owner) {
        if (mention instanceof Marker) {
            return List.of(mention.text().contains("detail") ? "details" : "information");
        }
        String[] parts = mention.text().toLowerCase(Locale.ROOT).split(OF);
        List<String> words = new ArrayList<>(split(parts[0]));
        for (int part = 1; part < parts.length; part++) {
            boolean owned = split(parts[part]).stream().map(Stems::of).allMatch(context.words(owner)::contains);
            if (!owned) {
                words.addAll(split(parts[part]));
            }
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
