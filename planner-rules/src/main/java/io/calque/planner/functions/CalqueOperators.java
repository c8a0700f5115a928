package io.calque.planner.functions;

import java.util.EnumSet;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;

/** The operator table of the dialect. Immutable, thread-safe. */
public final class CalqueOperators {
    private static final SqlOperatorTable TABLE = SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL));

    private CalqueOperators() {}

    /** All operators and functions that a statement may use. */
    public static SqlOperatorTable table() {
        return TABLE;
    }
}
