package io.calque.spi.pushdown;

import java.util.Comparator;
import java.util.Locale;

/**
 * One line of what a source is known to compute, or known not to: a row of docs/pushdown.md and of {@code system.capabilities}.
 * Immutable; ordered by kind, then name.
 *
 * @param use what is asked for
 * @param note for {@link State#REFUSED} the reason, for {@link State#DOCUMENTED} what it waits for, else what limits it; may be empty; one
 *     clause without a full stop
 */
public record Capability(Use use, State state, String note) implements Comparable<Capability> {
    /** What sort of work a line is about, in the order of the document. */
    public enum Kind {
        /** A relational operator or a part of one: FILTER, PROJECT, GROUP BY, DISTINCT, ... */
        OPERATOR,
        /** A join of two tables of one source, by its type. */
        JOIN,
        /** UNION, UNION ALL, INTERSECT, ... */
        SET_OPERATION,
        /** A direction with its place for NULLs, LIMIT, OFFSET. */
        SORT,
        /** An aggregate function, with DISTINCT behind its name where it has one. */
        AGGREGATE,
        /** A function over a window. */
        WINDOW,
        /** A scalar operator or function, by Calcite's name. */
        FUNCTION;

        /** As people read it: "set operation". */
        public String title() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How far a line is to be trusted. */
    public enum State {
        /** Pushed, and a case of the contract suite that pushed it gave the engine's answer. */
        PROVEN,
        /** Written from the product's documentation; off until a probe on the user's own server gives the right answer. */
        DOCUMENTED,
        /** Never pushed. */
        REFUSED
    }

    /**
     * A kind of work by its name.
     *
     * @param name upper case: {@code "LIKE"}, {@code "COUNT DISTINCT"}, {@code "LEFT"}
     */
    public record Use(Kind kind, String name) implements Comparable<Use> {
        public Use {
            name = name.toUpperCase(Locale.ROOT);
        }

        @Override
        public int compareTo(Use other) {
            return Comparator.comparing(Use::kind).thenComparing(Use::name).compare(this, other);
        }

        @Override
        public String toString() {
            return kind.title() + " " + name;
        }
    }

    @Override
    public int compareTo(Capability other) {
        return use.compareTo(other.use);
    }
}
