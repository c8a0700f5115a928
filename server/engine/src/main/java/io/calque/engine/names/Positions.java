package io.calque.engine.names;

import io.calque.spi.QueryException;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Says where in the statement an error stands. */
public final class Positions {
    private Positions() {}

    /** The same error with its place in the message; unchanged where the place is unknown. */
    public static QueryException at(QueryException error, SqlParserPos place) {
        if (place.getLineNum() <= 0) {
            return error;
        }
        return new QueryException(
                error.code(), text(place.getLineNum(), place.getColumnNum()) + error.getMessage(), error);
    }

    /** {@code line 2, column 7: }; clients read it to mark the place. */
    public static String text(int line, int column) {
        return "line " + line + ", column " + column + ": ";
    }
}
