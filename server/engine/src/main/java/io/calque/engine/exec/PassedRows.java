package io.calque.engine.exec;

import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;

/** The rows of an operator, counted one by one, until the query is stopped. Belongs to the thread that pulls the query. */
final class PassedRows extends AbstractEnumerable<Object> {
    private final Enumerable<Object> rows;
    private final OperatorWatch watch;
    private final StopFlag stop;

    PassedRows(Enumerable<Object> rows, OperatorWatch watch, StopFlag stop) {
        this.rows = rows;
        this.watch = watch;
        this.stop = stop;
    }

    @Override
    public Enumerator<Object> enumerator() {
        Enumerator<Object> from = rows.enumerator();
        return new Enumerator<>() {
            @Override
            public Object current() {
                return from.current();
            }

            @Override
            public boolean moveNext() {
                stop.check();
                if (from.moveNext()) {
                    watch.passed();
                    return true;
                }
                watch.ended();
                return false;
            }

            @Override
            public void reset() {
                from.reset();
            }

            @Override
            public void close() {
                from.close();
                watch.ended();
            }
        };
    }
}
