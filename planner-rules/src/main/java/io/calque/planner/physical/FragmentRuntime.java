package io.calque.planner.physical;

import org.apache.calcite.linq4j.Enumerable;

/** What compiled plans call to get the rows of their fragments. The engine provides one per running query. Thread-safe. */
public interface FragmentRuntime {
    /** Under which name a {@code DataContext} holds it. */
    String KEY = "calque.fragments";

    /**
     * The rows of fragment {@code ordinal} in Calcite's internal values: the value itself where there is one column, an empty list where
     * there is none, else an array. May be enumerated more than once where the plan says so.
     */
    Enumerable<Object> fetch(int ordinal);

    /** Passes rows through and counts them, for EXPLAIN ANALYZE. */
    Enumerable<Object> counted(int operator, Enumerable<Object> rows);
}
