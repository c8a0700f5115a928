package io.calque.planner.lowering;

import io.calque.spi.ErrorCode;
import io.calque.spi.QueryException;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An order that fails once a flag is set: the one place where a sort of millions of rows in memory can be stopped. As thread-safe as what
 * it wraps.
 */
public final class StoppableOrder<T> implements Comparator<T> {
    private final Comparator<T> order;
    private final AtomicBoolean stopped;

    public StoppableOrder(Comparator<T> order, AtomicBoolean stopped) {
        this.order = order;
        this.stopped = stopped;
    }

    @Override
    public int compare(T left, T right) {
        if (stopped.get()) {
            throw new QueryException(ErrorCode.CANCELLED, "The query was cancelled");
        }
        return order.compare(left, right);
    }
}
