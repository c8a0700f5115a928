package io.calque.registry.store;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who changed something last, and when. Immutable.
 *
 * @param revision the version that brought it; 0 when it does not exist, be it never or no more
 * @param told {@code changed by ann at 2024-05-01T10:00:00Z}, for messages; empty when it never existed
 */
record LastEdit(long revision, Optional<String> told) {

    /**
     * @param sql gives at most one row: valid_from, valid_to
     */
    static LastEdit read(Connection connection, String sql, @Nullable Object... arguments) throws SQLException {
        List<long[]> found = new ArrayList<>();
        Sql.each(connection, sql, row -> found.add(new long[] {row.getLong(1), row.getLong(2)}), arguments);
        if (found.isEmpty()) {
            return new LastEdit(0, Optional.empty());
        }
        long from = found.get(0)[0];
        long to = found.get(0)[1];
        List<String> told = new ArrayList<>();
        Sql.each(
                connection,
                "SELECT author, published_at FROM versions WHERE version = ?1",
                row -> told.add((to == 0 ? "changed" : "removed") + by(row.getString(1)) + " at " + row.getString(2)),
                to == 0 ? from : to);
        return new LastEdit(to == 0 ? from : 0, told.stream().findFirst());
    }

    private static String by(String author) {
        return author.isEmpty() ? "" : " by '" + author + "'";
    }

    /**
     * @param expected the revision that an edit was made from; 0 for something that is to be new
     * @throws QueryException REVISION_CONFLICT when somebody else was first
     */
    void check(long expected, String what) {
        if (expected == revision) {
            return;
        }
        String based = expected == 0
                ? "The edit takes " + what + " to be new"
                : "The edit of " + what + " started from revision " + expected;
        String now = revision == 0 ? "it does not exist" : "it has revision " + revision;
        throw new QueryException(
                ErrorCode.REVISION_CONFLICT,
                based + ", but " + now + told.map(t -> ", " + t).orElse("") + ". Read it again and repeat the edit");
    }
}
