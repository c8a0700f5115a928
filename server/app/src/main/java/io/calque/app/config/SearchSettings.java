package io.calque.app.config;

/**
 * How the words of questions are looked for. Immutable.
 *
 * @param vectors whether names are found by their meaning, too
 * @param values whether names that no list of values has are looked up at their sources
 */
public record SearchSettings(Use vectors, Use values) {
    public static final SearchSettings DEFAULT = new SearchSettings(Use.AUTO, Use.AUTO);

    /** Whether something is used. */
    public enum Use {
        /** Where it can be had. */
        AUTO,
        OFF
    }
}
