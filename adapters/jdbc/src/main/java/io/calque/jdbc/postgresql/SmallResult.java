package io.calque.jdbc.postgresql;

import io.calque.jdbc.cursor.SqlQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;

/**
 * A read of few rows, taken all at once: through a cursor PostgreSQL runs no parallel plan, which makes large aggregates half as fast.
 *
 * <p>How few they are is an estimate. So no more than a bound is asked for, and should that be passed, the query is run again through a
 * cursor, in the same snapshot. Stateless.
 */
final class SmallResult {
    private static final int MOST_ROWS = 10_000;

    /** The compiler writes a bound of the whole query at the very end; that of a subquery is followed by a parenthesis. */
    private static final Pattern BOUNDED = Pattern.compile("(LIMIT|OFFSET) \\S+$");

    private static final Pattern LOW_BOUND = Pattern.compile("LIMIT \\d{1,4}$");

    private SmallResult() {}

    /** The driver call that runs a statement, parameters bound. */
    @FunctionalInterface
    interface Run {
        ResultSet run() throws SQLException;
    }

    /**
     * Whether a query may be read so.
     *
     * @param seen whether it gave few rows when it was last read
     */
    static boolean suits(SqlQuery query, boolean seen) {
        return (seen || query.expected() == SqlQuery.Expected.FEW) && (isLow(query) || !isBounded(query));
    }

    private static boolean isBounded(SqlQuery query) {
        return BOUNDED.matcher(query.text()).find();
    }

    private static boolean isLow(SqlQuery query) {
        return LOW_BOUND.matcher(query.text()).find();
    }

    /** What is run in place of the query. */
    static String text(SqlQuery query) {
        return isLow(query) ? query.text() : query.text() + " LIMIT " + (MOST_ROWS + 1);
    }

    /**
     * @param bounded runs {@link #text}, giving rows that can be gone through twice
     * @param whole runs the query itself, through a cursor
     */
    static ResultSet run(Run bounded, Run whole) throws SQLException {
        ResultSet rows = bounded.run();
        boolean more = rows.absolute(MOST_ROWS + 1);
        if (more) {
            rows.close();
            return whole.run();
        }
        rows.beforeFirst();
        return rows;
    }
}
