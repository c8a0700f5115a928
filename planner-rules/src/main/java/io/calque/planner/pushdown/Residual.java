package io.calque.planner.pushdown;

/**
 * Work that the engine does itself.
 *
 * @param operator FILTER, PROJECT, JOIN, AGGREGATE, SORT, ...
 * @param expression what it computes, for people
 * @param reason why no source does it
 */
public record Residual(String operator, String expression, String reason) {}
