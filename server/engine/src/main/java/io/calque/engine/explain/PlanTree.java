package io.calque.engine.explain;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One operator of a plan, for people. Immutable.
 *
 * @param operator HashJoin, Calc, Fetch, ...
 * @param detail its condition, keys or expressions; may be empty
 * @param estimatedRows that it passes on
 * @param actualRows after EXPLAIN ANALYZE
 * @param fetch present where rows come from a source
 */
public record PlanTree(
        String operator,
        String detail,
        double estimatedRows,
        OptionalLong actualRows,
        Optional<Fetch> fetch,
        List<PlanTree> inputs) {
    public PlanTree {
        inputs = List.copyOf(inputs);
    }

    /** The operator with its detail: {@code HashJoin (inner on a.id = b.id)}. */
    public String title() {
        return detail.isEmpty() ? operator : operator + " (" + detail + ")";
    }

    /**
     * @param source whose rows they are
     * @param text exactly what it is asked
     * @param keys which of its columns is restricted to keys that other fetches bring; then the text is what it asks with all of them
     * @param parts present where so many rows are expected that they may be read in parts at the same time
     * @param figures after EXPLAIN ANALYZE
     */
    public record Fetch(
            String source,
            String text,
            Optional<String> keys,
            Optional<String> parts,
            Optional<FetchFigures> figures) {}

    /**
     * Milliseconds are wall time.
     *
     * @param queries native queries sent, for a fetch that waits for keys or was read in parts
     * @param keys sent with them
     * @param keptOut rows that came and were left out here, because they meet no key that was not sent
     * @param ranges columns, and between which keys the source was asked for them; may be empty
     */
    public record FetchFigures(
            long rows,
            long bytes,
            double permitWaitMillis,
            double sourceMillis,
            double readerWaitMillis,
            OptionalLong queries,
            OptionalLong keys,
            long keptOut,
            String ranges) {}
}
