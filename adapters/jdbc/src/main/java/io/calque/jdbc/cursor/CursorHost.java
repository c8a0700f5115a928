package io.calque.jdbc.cursor;

import io.calque.spi.QueryException;
import java.sql.SQLException;

/** What a cursor asks of the session that opened it. Thread-safe. */
public interface CursorHost {
    /** The cursor is about to call the driver; may wait for another cursor of the session. */
    void enter(JdbcCursor cursor);

    /** The cursor is done calling the driver for now. */
    void leave(JdbcCursor cursor);

    /** Makes the driver's call that the cursor is in end early, at the source itself. */
    void interrupt(JdbcCursor cursor) throws SQLException;

    /** The cursor needs its statement and connection no more. Never throws. */
    void release(JdbcCursor cursor);

    /**
     * What a driver's exception means.
     *
     * @param rows how many rows had arrived
     */
    QueryException failure(JdbcCursor cursor, SQLException failure, long rows);
}
