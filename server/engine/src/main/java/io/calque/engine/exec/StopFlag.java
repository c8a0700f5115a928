package io.calque.engine.exec;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether a query is to end. Thread-safe. */
final class StopFlag {
    private final AtomicBoolean raised = new AtomicBoolean();

    void raise() {
        raised.set(true);
    }

    /** For Calcite's own code. */
    AtomicBoolean raw() {
        return raised;
    }

    /**
     * @throws QueryException CANCELLED; what ended the query is told in its place
     */
    void check() {
        if (raised.get()) {
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled");
        }
    }
}
