package io.calque.engine.prepare;

import io.calque.spi.QueryException;
import io.calque.spi.SourceId;

/** Whether a statement may send native text to a source. */
@FunctionalInterface
public interface PassThroughPolicy {
    /**
     * @throws QueryException ACCESS_DENIED
     */
    void check(SourceId source);
}
