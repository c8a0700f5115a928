package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.words.Mention;
import io.calque.nl2plan.draft.words.Mention.Mark;
import io.calque.nl2plan.draft.words.Mention.Marker;
import io.calque.nl2plan.draft.words.Mention.Rank;
import io.calque.nl2plan.draft.words.Mention.RankKind;
import java.util.ArrayList;
import java.util.List;

/**
 * One order of words for superlatives with a number: "the three youngest", "the top three youngest" and "the youngest three" are read as the
 * last of these. Stateless.
 */
final class Superlatives {
    private Superlatives() {}

    static List<Mention> inOrder(List<Mention> mentions) {
        List<Mention> ordered = new ArrayList<>();
        int i = 0;
        while (i < mentions.size()) {
            Mention mention = mentions.get(i);
            boolean top = mention instanceof Rank rank && rank.kind() == RankKind.TOP;
            if (top && isCount(mentions, i + 1) && isRank(mentions, i + 2)) {
                ordered.add(mentions.get(i + 2));
                ordered.add(mentions.get(i + 1));
                i += 3;
            } else if (top && isRank(mentions, i + 1)) {
                i++;
            } else if (isCount(mentions, i) && ranked(mentions, i) > 0) {
                int rank = ranked(mentions, i);
                ordered.addAll(mentions.subList(i + 1, rank + 1));
                ordered.add(mention);
                i = rank + 1;
            } else if (isCount(mentions, i)
                    && isRank(mentions, i + 1)
                    && !isCount(mentions, i + 2)
                    && !isBound(mentions, i - 1)) {
                ordered.add(mentions.get(i + 1));
                ordered.add(mention);
                i += 2;
            } else {
                ordered.add(mention);
                i++;
            }
        }
        return ordered;
    }

    /** "the 3 branches that have the most members": where it says by what they are ranked; 0 if it does not. */
    private static int ranked(List<Mention> mentions, int count) {
        boolean rows = count + 2 < mentions.size()
                && mentions.get(count + 1) instanceof Mention.Linked linked
                && linked.text().endsWith("s")
                && mentions.get(count + 2) instanceof Marker said
                && (said.mark() == Mark.WITH || said.mark() == Mark.RELATIVE)
                && (count == 0 || !(mentions.get(count - 1) instanceof Rank || isBound(mentions, count - 1)));
        boolean rank = rows && isRank(mentions, count + 3) && !isCount(mentions, count + 4);
        return rank ? count + 3 : 0;
    }

    private static boolean isRank(List<Mention> mentions, int i) {
        return i < mentions.size() && mentions.get(i) instanceof Rank;
    }

    private static boolean isCount(List<Mention> mentions, int i) {
        return i < mentions.size()
                && mentions.get(i) instanceof Mention.Number number
                && number.unit().isEmpty()
                && number.value().scale() <= 0
                && number.value().signum() > 0;
    }

    /** "more than 3 latest": the number belongs to what stands before it. */
    private static boolean isBound(List<Mention> mentions, int i) {
        return i >= 0
                && (mentions.get(i) instanceof Mention.Compare
                        || mentions.get(i) instanceof Mention.Linked linked
                                && i > 0
                                && mentions.get(i - 1) instanceof Marker marker
                                && marker.mark() == Mark.WITH
                                && !linked.text().endsWith("s"));
    }
}
