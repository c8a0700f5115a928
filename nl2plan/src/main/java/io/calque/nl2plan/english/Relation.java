package io.calque.nl2plan.english;

/** How a word is related to the one that was asked for, and how much that is worth. */
public enum Relation {
    /** Another word for the same: reservation, booking. */
    SYNONYM(0.85),
    /** Made of the same root: booked, booking. */
    DERIVED(0.8),
    /** A kind of it: luggage, bag. */
    NARROWER(0.75),
    /** What it is a kind of: plane, aircraft. */
    BROADER(0.72);

    private static final double STEP = 0.04;

    private final double weight;

    Relation(double weight) {
        this.weight = weight;
    }

    /** @param steps how often the relation is followed, from 0 on */
    double weight(int steps) {
        return weight - STEP * steps;
    }
}
