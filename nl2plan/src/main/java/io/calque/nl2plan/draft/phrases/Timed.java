package io.calque.nl2plan.draft.phrases;

import io.calque.nl2plan.draft.request.Request.ColumnRef;
import io.calque.nl2plan.draft.request.Request.Condition;
import io.calque.nl2plan.draft.words.Mention.During;
import java.util.List;
import java.util.Optional;

/**
 * A time that was said, and what was said around it: that tells which date it is a time of.
 *
 * @param before stems of the words before it, nearest first
 * @param joined whether it is listed after another time: "in May and June"
 * @param of the column right before it
 * @param or what may hold in its place
 */
public record Timed(
        During during, List<String> before, boolean joined, Optional<ColumnRef> of, Optional<Condition> or) {
    public Timed {
        before = List.copyOf(before);
    }

    public Timed(During during, List<String> before, boolean joined) {
        this(during, before, joined, Optional.empty(), Optional.empty());
    }

    Timed or(Condition other) {
        return new Timed(during, before, joined, of, Optional.of(other));
    }
}
