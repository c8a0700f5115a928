package io.calque.driver;

import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * The pages of one result, asked for one after the other. Whoever has asked for a second page will want a third: from then on the next page
 * is on its way while the last one is read. Single-threaded.
 */
final class ResultPages {
    private final RemoteSession session;
    private final int statement;
    private final int columns;
    private final ResultPage first;
    private boolean last;
    private long offset;
    private CompletableFuture<ResultPage> ahead;

    /**
     * @param session null when the first page is all there is
     */
    ResultPages(RemoteSession session, int statement, ResultPage first) {
        this.session = session;
        this.statement = statement;
        this.first = first;
        this.columns = first.signature().columns.size();
        this.last = first.isLast();
        this.offset = first.frame().rows();
    }

    ResultPage first() {
        return first;
    }

    /** Whether the page last given ends the result. */
    boolean isLast() {
        return last;
    }

    ResultPage next(int frameRows) throws SQLException {
        ResultPage page = ahead == null ? fetch(offset, frameRows) : arrived();
        ahead = null;
        offset += page.frame().rows();
        last = page.isLast();
        if (!last) {
            long from = offset;
            ahead = session.ahead(() -> fetch(from, frameRows));
        }
        return page;
    }

    private ResultPage fetch(long from, int frameRows) throws SQLException {
        return session.fetch(statement, from, columns, frameRows);
    }

    /** Waits without an end of its own: the transport has its time-outs, and a request under way cannot be taken back. */
    private ResultPage arrived() throws SQLException {
        try {
            return ahead.join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private static SQLException failure(Throwable cause) {
        if (cause instanceof Error) {
            throw (Error) cause;
        }
        if (cause instanceof RuntimeException) {
            throw (RuntimeException) cause;
        }
        return (SQLException) cause;
    }

    /** Gives up the rows not yet asked for. */
    void close() throws SQLException {
        if (last) {
            return;
        }
        last = true;
        session.closeResult(statement);
        if (ahead != null) {
            awaitEnd();
        }
    }

    /** A page asked for must not arrive at the statement's next result, whose rows it would take. */
    private void awaitEnd() {
        try {
            arrived();
        } catch (SQLException | RuntimeException e) {
            // nobody waits for these rows any more
        } finally {
            ahead = null;
        }
    }
}
