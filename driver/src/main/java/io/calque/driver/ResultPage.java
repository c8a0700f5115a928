package io.calque.driver;

import java.sql.SQLWarning;
import org.apache.calcite.avatica.Meta;

/** What one round trip brought of a result: rows, or the end of them. Immutable. */
final class ResultPage {
    private final Meta.Signature signature;
    private final ColumnFrame frame;
    private final boolean last;
    private final String queryId;
    private final SQLWarning warnings;

    /**
     * @param signature null when the statement returns no rows, and on later pages
     */
    ResultPage(Meta.Signature signature, ColumnFrame frame, boolean last, String queryId, SQLWarning warnings) {
        this.signature = signature;
        this.frame = frame;
        this.last = last;
        this.queryId = queryId;
        this.warnings = warnings;
    }

    Meta.Signature signature() {
        return signature;
    }

    ColumnFrame frame() {
        return frame;
    }

    /** Whether no rows follow. */
    boolean isLast() {
        return last;
    }

    /** Null when the server did not say. */
    String queryId() {
        return queryId;
    }

    /** A chain, or null. */
    SQLWarning warnings() {
        return warnings;
    }
}
