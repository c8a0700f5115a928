package io.calque.engine;

import io.calque.spi.QueryException;
import io.calque.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A planned statement that can be run many times, also at once. Thread-safe; replanned by itself when the catalog changed. */
public interface PreparedQuery {
    String sql();

    StatementKind kind();

    /** Columns of the result, in order; a statement such as SET returns none. */
    List<ResultColumn> columns();

    /** Types of the parameters, in order of their question marks. */
    List<DataType> parameters();

    /**
     * Starts the statement.
     *
     * @param parameters one value per parameter: Boolean, any Number, String, byte[], java.util.List, java.time.LocalDate,
     *     LocalTime, LocalDateTime, Instant, OffsetDateTime, java.util.UUID, or null; coerced to the parameter's type
     * @throws QueryException PARAMETER_MISSING, INVALID_CAST, and whatever keeps the query from starting
     */
    QueryRun run(List<? extends @Nullable Object> parameters, RunOptions options);
}
