package io.calque.spi.pushdown;

/**
 * What reads of a source take, in microseconds, from the request to rows that operators can use: estimates from scans and look-ups of the
 * embedded servers, which for rows, values and groups are beside what {@code calque bench bind} shows in docs/measurements.md. Immutable.
 *
 * @param roundTrip a native query that brings nothing
 * @param row each row, without its columns
 * @param field each value
 * @param key each key of a set that rows are looked up by
 * @param grouped each row that the source puts into a group, beside reading it
 */
public record ReadCosts(double roundTrip, double row, double field, double key, double grouped) {
    /** Of a source of which nothing is known. */
    public static final ReadCosts UNKNOWN = new ReadCosts(1_000, 0.6, 0.3, 3, 0.3);

    public ReadCosts {
        if (roundTrip < 0 || row < 0 || field < 0 || key < 0 || grouped < 0) {
            throw new IllegalArgumentException("a read takes less than no time");
        }
    }

    /** So many rows of so many columns. */
    public double transfer(double rows, int fields) {
        return rows * (row + field * fields);
    }
}
