package io.calque.nl2plan.draft.words;

import java.util.List;
import java.util.Optional;

/**
 * A stretch of time as SQL: dates or expressions over CURRENT_DATE, so that a plan stays right tomorrow.
 *
 * @param from its first day; empty without a beginning
 * @param before the day after its last; empty without an end
 * @param ends the two that were said, where it is told by both: "from 2009 to 2010"
 */
public record Period(Optional<String> from, Optional<String> before, List<Period> ends) {
    public Period {
        ends = List.copyOf(ends);
    }

    public Period(Optional<String> from, Optional<String> before) {
        this(from, before, List.of());
    }

    static Period between(String from, String before) {
        return new Period(Optional.of(from), Optional.of(before));
    }

    /** Whether it has both a beginning and an end. */
    public boolean isWhole() {
        return from.isPresent() && before.isPresent();
    }

    Period onwards() {
        return new Period(from, Optional.empty());
    }

    Period afterwards() {
        return new Period(before, Optional.empty());
    }

    Period upTo() {
        return new Period(Optional.empty(), before);
    }

    Period earlier() {
        return new Period(Optional.empty(), from);
    }

    /** From the start of this to the end of the other. */
    Period through(Period other) {
        return new Period(from, other.before(), List.of(this, other));
    }

    /** A condition on a column of dates or times. */
    public String condition(String column) {
        String lower = from.map(f -> column + " >= " + f).orElse("TRUE");
        String upper = before.map(b -> column + " < " + b).orElse("TRUE");
        return from.isEmpty() ? upper : before.isEmpty() ? lower : lower + " AND " + upper;
    }
}
