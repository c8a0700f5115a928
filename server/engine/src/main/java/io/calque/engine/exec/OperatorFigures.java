package io.calque.engine.exec;

/**
 * What one operator of a query did.
 *
 * @param rows passed on
 * @param firstRowNanos from the query's start to its first row; 0 when none came
 * @param lastNanos from the query's start to its last row, or to when it was last looked at
 * @param peakBytes most that it kept at once, roughly
 */
public record OperatorFigures(long rows, long firstRowNanos, long lastNanos, long peakBytes) {}
