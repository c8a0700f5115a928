package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.english.PartOfSpeech;
import io.calque.nl2plan.english.WordNet;
import io.calque.nl2plan.search.JoinGraph;
import io.calque.nl2plan.search.JoinGraph.Edge;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import io.calque.nl2plan.search.WordList;
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Verbs between two things that hang together in one way only say no more than that: "crew stationed in Vienna", "the region that makes
 * the most cheese". Stateless.
 *
 * @param mentions without them
 * @param verbs that were left out
 */
public record ImpliedVerbs(List<Mention> mentions, List<String> verbs) {
    private static final int FARTHEST = 3;
    private static final String SHARE = "share";
    private static final Set<Mark> BETWEEN = Set.of(
            Mark.PREPOSITION,
            Mark.PER,
            Mark.NOT,
            Mark.BY,
            Mark.WHICH,
            Mark.RELATIVE,
            Mark.COUNT,
            Mark.DISTINCT,
            Mark.BOTH,
            Mark.EITHER);
    /** Of what these tell, rows that belong together say nothing. */
    private static final Set<String> OUTCOMES =
            WordList.words("outcomes.txt").stream().map(Stems::of).collect(Collectors.toUnmodifiableSet());

    public ImpliedVerbs {
        mentions = List.copyOf(mentions);
        verbs = List.copyOf(verbs);
    }

    public static ImpliedVerbs of(List<Mention> mentions, Context context, JoinGraph graph) {
        List<Mention> left = new ArrayList<>();
        List<String> verbs = new ArrayList<>();
        for (int i = 0; i < mentions.size(); i++) {
            if (mentions.get(i) instanceof Unknown unknown
                    && isVerb(unknown.text())
                    && isImplied(mentions, i, context, graph)) {
                verbs.add(unknown.text());
            } else {
                left.add(mentions.get(i));
            }
        }
        return new ImpliedVerbs(left, verbs);
    }

    private static boolean isVerb(String word) {
        return word.matches("[a-z]{4,}") && WordNet.get().of(word) == PartOfSpeech.VERB;
    }

    private static boolean isImplied(List<Mention> mentions, int verb, Context context, JoinGraph graph) {
        String stem = Stems.of(mentions.get(verb).text());
        if (OUTCOMES.contains(stem) || stem.equals(SHARE) && !isHowMany(mentions, verb + 1)) {
            return false;
        }
        Optional<Link> before = beside(mentions, verb, -1, context);
        Optional<Link> after = beside(mentions, verb, 1, context);
        return hangTogether(before, after, graph)
                || isOfTheOneDate(mentions, verb, context)
                || isOfOneTable(before, after)
                || isWhatTheyDo(mentions, verb, context, graph)
                || isOfAFigure(mentions, verb, before)
                || isOfTheOneYear(mentions, verb, before, context);
    }

    /** "shared by the most": anything else that is shared is what two have in common. */
    private static boolean isHowMany(List<Mention> mentions, int from) {
        return mentions.stream()
                .skip(from)
                .limit(2)
                .anyMatch(
                        m -> m instanceof Mention.Rank || m instanceof Mention.Compare || m instanceof Mention.Number);
    }

    /** "the industry shared by the most companies", "wines produced by Berg": what a row has is told of it. */
    private static boolean isOfOneTable(Optional<Link> before, Optional<Link> after) {
        return before.isPresent()
                && after.isPresent()
                && before.get().table().name().equals(after.get().table().name())
                && !(before.get() instanceof Link.ToTable && after.get() instanceof Link.ToTable);
    }

    /** "the projects that scientists work on": the verb ends what is said of the first. */
    private static boolean isWhatTheyDo(List<Mention> mentions, int verb, Context context, JoinGraph graph) {
        boolean ends = verb + 1 >= mentions.size()
                || mentions.get(verb + 1) instanceof Marker next
                        && (next.mark() == Mark.STOP
                                || next.mark() == Mark.COMMA
                                || next.mark() == Mark.AND
                                || next.mark() == Mark.WITH
                                || next.mark() == Mark.ORDER
                                || next.mark() == Mark.ASCENDING
                                || next.mark() == Mark.DESCENDING
                                || next.mark() == Mark.PREPOSITION);
        Optional<Link> who = verb > 0 && mentions.get(verb - 1) instanceof Linked linked
                ? context.pick(linked, l -> true).filter(l -> l instanceof Link.ToTable)
                : Optional.empty();
        if (!ends || who.isEmpty()) {
            return false;
        }
        Optional<Link> what = beside(mentions, verb - 1, -1, context);
        return isOfOneTable(what, who) || hangTogether(what, who, graph);
    }

    /** "projects that require more than 300 hours": the number has its unit, by which it is known. */
    private static boolean isOfAFigure(List<Mention> mentions, int verb, Optional<Link> before) {
        return before.filter(l -> l instanceof Link.ToTable).isPresent()
                && verb + 2 < mentions.size()
                && mentions.get(verb + 1) instanceof Mention.Compare
                && mentions.get(verb + 2) instanceof Mention.Number number
                && number.unit().isPresent();
    }

    /** "tickets raised in 2024", of a table that has one date only. */
    private static boolean isOfTheOneDate(List<Mention> mentions, int verb, Context context) {
        boolean time = mentions.get(verb).text().endsWith("ed")
                && verb + 1 < mentions.size()
                && mentions.get(verb + 1) instanceof Mention.During;
        return time
                && verb > 0
                && mentions.get(verb - 1) instanceof Linked linked
                && context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToTable)
                        .filter(l -> l.table().columns().stream()
                                        .filter(ColumnKinds::temporal)
                                        .count()
                                == 1)
                        .isPresent();
    }

    /** "wines made in 2008", of a table that has one year and no date. */
    private static boolean isOfTheOneYear(List<Mention> mentions, int verb, Optional<Link> before, Context context) {
        boolean time = mentions.get(verb).text().matches(".*ed|made")
                && verb + 1 < mentions.size()
                && (mentions.get(verb + 1) instanceof Mention.During
                        || mentions.get(verb + 1) instanceof Mention.Compare
                        || mentions.get(verb + 1) instanceof Marker marker && marker.mark() == Mark.PREPOSITION);
        return time
                && before.filter(l -> context.times().years(l.table()).size() == 1
                                && l.table().columns().stream().noneMatch(ColumnKinds::temporal))
                        .isPresent();
    }

    /** What is spoken of next to a verb. */
    private static Optional<Link> beside(List<Mention> mentions, int verb, int step, Context context) {
        // "customers that never contacted support" are not those of another support
        boolean denied = IntStream.rangeClosed(Math.max(0, verb - 2), Math.min(mentions.size() - 1, verb + 2))
                .mapToObj(mentions::get)
                .anyMatch(m -> m instanceof Marker marker && marker.mark() == Mark.NOT);
        for (int i = verb + step; i >= 0 && i < mentions.size(); i += step) {
            Mention mention = mentions.get(i);
            if (mention instanceof Linked linked) {
                return context.pick(linked, l -> true).filter(l -> l instanceof Link.ToTable || !denied);
            }
            boolean between = mention instanceof Marker marker && BETWEEN.contains(marker.mark())
                    || step > 0
                            && (mention instanceof Mention.Number
                                    || mention instanceof Mention.Compare
                                    || mention instanceof Mention.Rank);
            if (!between) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean hangTogether(Optional<Link> one, Optional<Link> other, JoinGraph graph) {
        if (one.isEmpty() || other.isEmpty()) {
            return false;
        }
        TableName a = one.get().table().name();
        TableName b = other.get().table().name();
        if (a.equals(b)) {
            return false;
        }
        Optional<List<Edge>> path = graph.connect(Set.of(a, b));
        return path.isPresent()
                && path.get().size() <= FARTHEST
                && path.get().stream().allMatch(edge -> ways(edge, graph) == 1);
    }

    private static long ways(Edge edge, JoinGraph graph) {
        return graph.edges().stream()
                .filter(e -> e.many().equals(edge.many()) && e.one().equals(edge.one())
                        || e.many().equals(edge.one()) && e.one().equals(edge.many()))
                .count();
    }
}
