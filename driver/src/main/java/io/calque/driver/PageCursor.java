package io.calque.driver;

import java.sql.SQLException;
import java.sql.SQLWarning;

/** Which row of a result is read; one page of them is held at a time. Single-threaded. */
final class PageCursor {
    private final ResultPages pages;
    private ColumnFrame frame;
    private int rowInFrame = -1;
    private long row;
    private boolean done;
    private SQLWarning warnings;

    /** Before the first row. */
    PageCursor(ResultPages pages) {
        this.pages = pages;
        this.frame = pages.first().frame();
        this.warnings = pages.first().warnings();
    }

    /**
     * Goes on to the next row.
     *
     * @param fetchSize how many rows the next page is to have; 0 leaves it to the server
     * @return false where there is none
     */
    boolean next(int fetchSize) throws SQLException {
        if (done) {
            return false;
        }
        rowInFrame++;
        while (rowInFrame >= frame.rows()) {
            if (pages.isLast()) {
                end();
                return false;
            }
            ResultPage page = pages.next(fetchSize);
            frame = page.frame();
            rowInFrame = 0;
            append(page.warnings());
        }
        row++;
        return true;
    }

    private void append(SQLWarning more) {
        if (warnings == null) {
            warnings = more;
        } else if (more != null) {
            warnings.setNextWarning(more);
        }
    }

    private void end() {
        done = true;
        frame = ColumnFrame.empty();
    }

    /**
     * A column, of which {@link #rowInPage()} is the value that is read.
     *
     * @param index from 0
     */
    Column column(int index) throws SQLException {
        if (rowInFrame < 0 || done) {
            throw new SQLException(
                    rowInFrame < 0 ? "No row yet: call next() first" : "No row is left in the result", "24000");
        }
        return frame.column(index);
    }

    int rowInPage() {
        return rowInFrame;
    }

    /** From 1; 0 where none is read. */
    long row() {
        return done ? 0 : row;
    }

    boolean isBeforeFirst() {
        return row == 0 && !done && (frame.rows() > 0 || !pages.isLast());
    }

    boolean isAfterLast() {
        return done && row > 0;
    }

    SQLWarning warnings() {
        return warnings;
    }

    void clearWarnings() {
        warnings = null;
    }

    /** Gives up the rows not yet read. */
    void close() throws SQLException {
        end();
        pages.close();
    }
}
