package io.calque.spi.catalog;

import io.calque.spi.TableName;
import java.util.List;

/**
 * That values of some columns refer to values of a key, in the same source or another.
 *
 * @param from the referring columns
 * @param to the key they refer to; as many columns, in the same order
 * @param confidence 0 to 1; 1 for what is declared or confirmed
 * @param evidence what speaks for and against it, strongest first; may be empty
 */
public record Relationship(
        End from, End to, Cardinality cardinality, double confidence, List<Evidence> evidence, State state) {
    public Relationship {
        evidence = List.copyOf(evidence);
        if (from.columns().size() != to.columns().size()) {
            throw new IllegalArgumentException("relationship of " + from + " and " + to + " pairs no columns");
        }
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence " + confidence + " is not between 0 and 1");
        }
    }

    /** Whether the two name the same columns on both ends, whatever else they say. */
    public boolean pairsLike(Relationship other) {
        return from.equals(other.from) && to.equals(other.to);
    }

    public Relationship withState(State newState) {
        return new Relationship(from, to, cardinality, confidence, evidence, newState);
    }

    /**
     * @param columns SQL names
     */
    public record End(TableName table, List<String> columns) {
        public End {
            columns = List.copyOf(columns);
            if (columns.isEmpty()) {
                throw new IllegalArgumentException("end of a relationship without columns");
            }
        }

        public static End of(TableName table, String... columns) {
            return new End(table, List.of(columns));
        }

        /** For people. */
        @Override
        public String toString() {
            return table + "(" + String.join(", ", columns) + ")";
        }
    }

    /** How many referring rows a key may have; every referring row has at most one key. */
    public enum Cardinality {
        MANY_TO_ONE,
        ONE_TO_ONE
    }

    /** Who says so. */
    public enum State {
        /** Calque, from names, types and values. */
        INFERRED,
        /** A person agreed. */
        CONFIRMED,
        /** A person disagreed; never proposed again. */
        REJECTED,
        /** The source, as a foreign key. */
        DECLARED
    }

    /**
     * One reason.
     *
     * @param weight natural logarithm of how much likelier this finding is when the relationship holds; negative speaks against it
     * @param text what was found, with figures, for people
     */
    public record Evidence(Kind kind, double weight, String text) {
        /** What was looked at. */
        public enum Kind {
            PRIOR,
            NAME,
            TYPE,
            OVERLAP,
            RANGE,
            CARDINALITY,
            POSITION,
            KEY,
            DECLARATION,
            AMBIGUITY
        }
    }
}
