package io.calque.app.evaluation;

import java.time.Duration;

/**
 * How one question went.
 *
 * @param detail why it was declined or failed; empty otherwise
 * @param planning time until the plan was there
 */
public record Verdict(GoldQuestion question, Outcome outcome, String detail, Duration planning) {
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

    boolean right() {
        return outcome == Outcome.STRICT || outcome == Outcome.LENIENT;
    }

    boolean answered() {
        return right() || outcome == Outcome.WRONG || outcome == Outcome.FAILED;
    }
}
