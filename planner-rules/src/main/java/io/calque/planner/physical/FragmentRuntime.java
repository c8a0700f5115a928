package io.calque.planner.physical;

import java.util.Comparator;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.function.EqualityComparer;
import org.apache.calcite.linq4j.function.Function0;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.linq4j.function.Predicate2;
import org.jspecify.annotations.Nullable;

/**
 * What compiled plans call while they run: for the rows of their fragments, and so that every operator is counted, stopped and charged for
 * the memory it takes. The engine provides one per running query. Operators are numbered by {@link WatchedRows}.
 *
 * <p>Belongs to the thread that pulls the query.
 */
public interface FragmentRuntime {
    /** Under which name a {@code DataContext} holds it. */
    String KEY = "calque.fragments";

    /**
     * The rows of fragment {@code ordinal} in Calcite's internal values: the value itself where there is one column, an empty list where
     * there is none, else an array. May be enumerated more than once where the plan says so.
     */
    Enumerable<Object> fetch(int ordinal);

    /**
     * The same rows; the value that {@code key} finds in each of them joins the key set of this number. Fetches that read by the set
     * wait until the last row has come; where the plan reads one of them before, all rows are read at once and kept.
     */
    Enumerable<Object> keys(int keySet, Function1<Object, Object> key, Enumerable<Object> rows);

    /** Rows of an operator that computes as soon as it is made: made when they are first read, once. */
    Enumerable<Object> lazily(Function0<Enumerable<Object>> rows);

    /** The rows that {@code operator} passes on, counted; the next one fails once the query is stopped. */
    Enumerable<Object> passed(int operator, Enumerable<Object> rows);

    /**
     * The rows of an input that {@code operator} keeps until it has passed on its last row; charged to the query.
     *
     * @param overheadBytes what the operator needs for each row beside the row itself
     */
    Enumerable<Object> kept(int operator, int input, int overheadBytes, Enumerable<Object> rows);

    /** Charges {@code operator} for each group that it begins: {@code initializer} is asked once for each. */
    Function0<Object> groups(int operator, Function0<Object> initializer);

    /** Remembers the key, so that the group that begins with it is charged for its size. */
    Function1<Object, Object> groupKeys(int operator, Function1<Object, Object> selector);

    /** The distinct rows, in the order of their first coming; each is charged to {@code operator}. */
    Enumerable<Object> distinct(int operator, Enumerable<Object> rows, @Nullable EqualityComparer<Object> comparer);

    /**
     * The rows in the order of {@code plan}, from the one after {@code offset} of them.
     *
     * @param limit -1 for none
     */
    Enumerable<Object> sorted(int operator, SortPlan plan, Enumerable<Object> rows, long offset, long limit);

    /** A row for each group. */
    Enumerable<Object> aggregated(int operator, AggregatePlan plan, Enumerable<Object> rows);

    /**
     * The rows of both sides that meet, and what else the join's type asks for.
     *
     * @param condition what must hold beside the equality of keys; null for nothing
     */
    Enumerable<Object> joined(
            int operator,
            JoinPlan plan,
            Enumerable<Object> left,
            Enumerable<Object> right,
            @Nullable Predicate2<Object, Object> condition);

    /** States, once and before any row is read, what makes the rows that {@link #shared} reads. */
    void share(int operator, SharePlan plan, Function0<Enumerable<Object>> rows);

    /** The rows of a shared part, made as far as they are read; may be enumerated more than once. */
    Enumerable<Object> shared(int number);

    /** The same order, which fails once the query is stopped: a sort may compare for minutes. */
    Comparator<Object> stoppable(Comparator<Object> order);

    /** Called by loops that pull no row. Fails once the query is stopped. */
    void checkRunning();
}
