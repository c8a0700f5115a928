package io.calque.nl2plan.draft.meaning;

import io.calque.nl2plan.draft.request.ColumnKinds;
import io.calque.nl2plan.draft.request.KnownValues;
import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Like;
import io.calque.nl2plan.draft.words.Mention.LikeKind;
import io.calque.nl2plan.draft.words.Mention.Linked;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Quoted;
import io.calque.nl2plan.draft.words.Mention.Unknown;
import io.calque.nl2plan.search.Link;
import io.calque.nl2plan.search.Stems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nouns that say no more beside a column than what kind of thing it holds: "RAM size", "the amount of sugar", "approval status", "the east
 * side"; and "the substring 'ab'", which is looked for inside texts. Stateless.
 */
public final class LightNouns {
    private static final Set<String> OF_NUMBERS = stems(
            "size",
            "amount",
            "percentage",
            "percent",
            "value",
            "level",
            "figure",
            "quantity",
            "degree",
            "count",
            "number");
    private static final Set<String> OF_TIMES = stems("year", "date", "time", "day", "month");
    private static final Set<String> OF_TEXTS =
            stems("status", "type", "kind", "name", "option", "label", "title", "function", "code", "category");
    private static final Set<String> OF_VALUES =
            stems("side", "type", "status", "position", "role", "category", "class", "kind", "style", "option");
    private static final Set<String> PIECES = stems("substring", "word", "string", "phrase", "letters");

    private LightNouns() {}

    private static Set<String> stems(String... words) {
        return Stream.of(words).map(Stems::of).collect(Collectors.toUnmodifiableSet());
    }

    /** The mentions without those that say nothing more. */
    public static List<Mention> without(List<Mention> mentions, Context context) {
        List<Mention> left = new ArrayList<>();
        for (int i = 0; i < mentions.size(); i++) {
            Mention mention = mentions.get(i);
            boolean piece = mention instanceof Unknown word
                    && PIECES.contains(Stems.of(word.text()))
                    && i + 1 < mentions.size()
                    && isText(mentions.get(i + 1));
            if (piece) {
                boolean said = !left.isEmpty() && left.get(left.size() - 1) instanceof Like;
                if (!said) {
                    left.add(new Like(LikeKind.CONTAINS, mention.text()));
                }
            } else if (!isLight(mention, i, mentions, context)) {
                left.add(mention);
            }
        }
        return left;
    }

    private static boolean isText(Mention mention) {
        return mention instanceof Quoted
                || mention instanceof Linked linked && linked.links().get(0) instanceof Link.ToValue;
    }

    private static boolean isLight(Mention mention, int at, List<Mention> mentions, Context context) {
        boolean share = mention instanceof Marker marker
                && marker.mark() == Mark.SHARE
                && marker.text().matches("(?i)percentage( of)?");
        if (!(mention instanceof Unknown) && !share) {
            return false;
        }
        String stem = Stems.of(share ? mention.text().split(" ")[0] : mention.text());
        return named(mentions, at - 1, context).filter(l -> says(stem, l)).isPresent()
                || mention instanceof Unknown
                        && named(mentions, at + 1, context)
                                .filter(l -> l instanceof Link.ToColumn && says(stem, l))
                                .isPresent();
    }

    private static Optional<Link> named(List<Mention> mentions, int at, Context context) {
        return at >= 0 && at < mentions.size() && mentions.get(at) instanceof Linked linked
                ? context.pick(linked, l -> true)
                : Optional.empty();
    }

    private static boolean says(String stem, Link link) {
        if (link instanceof Link.ToValue) {
            return OF_VALUES.contains(stem);
        }
        if (!(link instanceof Link.ToColumn column)) {
            return false;
        }
        ColumnRef ref = new ColumnRef(column.table(), column.column());
        return (column.column().type().isNumeric() ? OF_NUMBERS : OF_TEXTS).contains(stem)
                || OF_TIMES.contains(stem) && (ColumnKinds.temporal(column.column()) || KnownValues.years(ref));
    }
}
