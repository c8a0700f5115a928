package io.calque.app.evaluation;

import java.time.Duration;
import java.util.Optional;

/**
 * How one question went.
 *
 * @param detail why it was declined or failed; empty otherwise
 * @param planning time until the plan was there
 * @param answer the rows; empty where there were none to judge
 */
public record Verdict(GoldQuestion question, Outcome outcome, String detail, Duration planning, Optional<Rows> answer) {
    /** From best to worst, as far as trust goes. */
    public enum Outcome {
        /** The gold's columns and no other. */
        STRICT,
        /** The gold's columns among others. */
        LENIENT,
        /** Declined, and rightly so. */
        RIGHTLY_DECLINED,
        DECLINED,
        /** The answer cannot be judged, for no gold query ran. */
        NO_GOLD,
        /** The plan did not run. */
        FAILED,
        WRONG
    }

    static Verdict without(GoldQuestion question, Outcome outcome, String detail, Duration planning) {
        return new Verdict(question, outcome, detail, planning, Optional.empty());
    }

    public boolean isRight() {
        return outcome == Outcome.STRICT || outcome == Outcome.LENIENT;
    }

    boolean answered() {
        return isRight() || outcome == Outcome.WRONG || outcome == Outcome.FAILED;
    }

    /** Whether the same came of a question elsewhere: the same rows, or none there as here. */
    public boolean sameAs(Verdict other) {
        if (answer.isEmpty() || other.answer.isEmpty()) {
            return answer.isEmpty() && other.answer.isEmpty();
        }
        return answer.get().width() == other.answer.get().width()
                && answer.get().within(other.answer.get(), false);
    }
}
