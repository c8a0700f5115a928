package io.calque.spi.question;

import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.util.List;

/** Plans a query without running it: the engine's answer to a planner that wants to know whether its draft is valid. Thread-safe. */
@FunctionalInterface
public interface PlanDryRun {
    /**
     * @throws QueryException for whatever is wrong with the query
     */
    Outcome of(String sql);

    /**
     * @param columns of the result
     * @param nativeTexts what the sources would be asked
     */
    record Outcome(List<Column> columns, List<String> nativeTexts) {
        public Outcome {
            columns = List.copyOf(columns);
            nativeTexts = List.copyOf(nativeTexts);
        }
    }

    /** A column of the result. */
    record Column(String name, DataType type) {}
}
