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
import io.calque.spi.TableName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Verbs between two things that hang together in one way only say no more than that: "crew stationed in Vienna", "crew rostered on a
 * flight". Stateless.
 *
 * @param mentions without them
 * @param verbs that were left out
 */
public record ImpliedVerbs(List<Mention> mentions, List<String> verbs) {
    private static final int FARTHEST = 3;
    private static final Set<Mark> BETWEEN = Set.of(Mark.PREPOSITION, Mark.PER, Mark.NOT, Mark.BY, Mark.WHICH);

    public ImpliedVerbs {
        mentions = List.copyOf(mentions);
        verbs = List.copyOf(verbs);
    }

    public static ImpliedVerbs of(List<Mention> mentions, Context context, JoinGraph graph) {
        List<Mention> left = new ArrayList<>();
        List<String> verbs = new ArrayList<>();
        for (int i = 0; i < mentions.size(); i++) {
            boolean implied = mentions.get(i) instanceof Unknown unknown
                    && isVerb(unknown.text())
                    && (hangTogether(beside(mentions, i, -1, context), beside(mentions, i, 1, context), graph)
                            || isOfTheOneDate(mentions, i, context));
            if (implied) {
                verbs.add(mentions.get(i).text());
            } else {
                left.add(mentions.get(i));
            }
        }
        return new ImpliedVerbs(left, verbs);
    }

    private static boolean isVerb(String word) {
        return word.matches("[a-z]{4,}") && WordNet.get().of(word) == PartOfSpeech.VERB;
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

    /** The rows that are spoken of next to a verb. */
    private static Optional<TableName> beside(List<Mention> mentions, int verb, int step, Context context) {
        // "customers that never contacted support" are not those of another support
        boolean denied = IntStream.rangeClosed(Math.max(0, verb - 2), Math.min(mentions.size() - 1, verb + 2))
                .mapToObj(mentions::get)
                .anyMatch(m -> m instanceof Marker marker && marker.mark() == Mark.NOT);
        for (int i = verb + step; i >= 0 && i < mentions.size(); i += step) {
            Mention mention = mentions.get(i);
            if (mention instanceof Linked linked) {
                return context.pick(linked, l -> true)
                        .filter(l -> l instanceof Link.ToTable || l instanceof Link.ToValue && !denied)
                        .map(l -> l.table().name());
            }
            boolean between = mention instanceof Marker marker && BETWEEN.contains(marker.mark())
                    || mention instanceof Mention.Number && step > 0;
            if (!between) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static boolean hangTogether(Optional<TableName> a, Optional<TableName> b, JoinGraph graph) {
        if (a.isEmpty() || b.isEmpty() || a.get().equals(b.get())) {
            return false;
        }
        Optional<List<Edge>> path = graph.connect(Set.of(a.get(), b.get()));
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
