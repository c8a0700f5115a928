package io.calque.spi.pushdown;

import java.util.function.Supplier;

/** Whether a source may do a piece of work: yes, or no with the reason that EXPLAIN prints. */
public sealed interface Verdict {
    /** The source computes it exactly as the engine would. */
    record Yes() implements Verdict {}

    /**
     * @param reason one clause for a person, without a full stop: "MongoDB has no function LPAD"
     */
    record No(String reason) implements Verdict {}

    static Verdict yes() {
        return new Yes();
    }

    static Verdict no(String reason) {
        return new No(reason);
    }

    default boolean allowed() {
        return this instanceof Yes;
    }

    /** This verdict when it refuses, else the next one. */
    default Verdict and(Supplier<Verdict> next) {
        return allowed() ? next.get() : this;
    }
}
