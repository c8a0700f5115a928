package io.calque.nl2plan.check;

/**
 * Something wrong, or doubtful, in a plan document.
 *
 * @param node the id of the node it is found at
 * @param message what, and the way out
 */
public record Finding(String node, Severity severity, String message) {
    /** Whether the plan may still run. */
    public enum Severity {
        ERROR,
        WARNING
    }

    /** For people and for planners that repair. */
    @Override
    public String toString() {
        return "node '" + node + "': " + message;
    }
}
