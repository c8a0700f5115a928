package io.calque.driver;

import java.sql.SQLException;

/** The pages of one result, asked for one after the other. Single-threaded. */
final class ResultPages {
    private final RemoteSession session;
    private final int statement;
    private final int columns;
    private final ResultPage first;
    private boolean last;
    private long offset;

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
        ResultPage page = session.fetch(statement, offset, columns, frameRows);
        offset += page.frame().rows();
        last = page.isLast();
        return page;
    }

    /** Gives up the rows not yet asked for. */
    void close() throws SQLException {
        if (!last) {
            last = true;
            session.closeResult(statement);
        }
    }
}
