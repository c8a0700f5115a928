package io.calque.planner.cost;

/**
 * Microseconds that something takes, kept apart by what takes them. They are work, not waiting: sources work at the same time. Immutable.
 *
 * @param moving rows from sources until operators can use them
 * @param roundTrips native queries that bring nothing
 * @param atSources what sources do to find their rows
 * @param here what operators of the engine do
 */
public record Cost(double moving, double roundTrips, double atSources, double here) {
    public static final Cost NONE = new Cost(0, 0, 0, 0);

    public static Cost moving(double micros) {
        return new Cost(micros, 0, 0, 0);
    }

    public static Cost atSources(double micros) {
        return new Cost(0, 0, micros, 0);
    }

    public static Cost here(double micros) {
        return new Cost(0, 0, 0, micros);
    }

    /** The same, so many times. */
    public Cost times(double factor) {
        return new Cost(moving * factor, roundTrips * factor, atSources * factor, here * factor);
    }

    public Cost plus(Cost other) {
        return new Cost(
                moving + other.moving, roundTrips + other.roundTrips, atSources + other.atSources, here + other.here);
    }

    public double total() {
        return moving + roundTrips + atSources + here;
    }
}
