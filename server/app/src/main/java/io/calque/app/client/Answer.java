package io.calque.app.client;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of one statement, streamed. Single-threaded. */
public interface Answer extends AutoCloseable {
    /** Empty when the statement returns no rows by its nature, such as SET. */
    List<AnswerColumn> columns();

    /**
     * The next row, one value a column: Boolean, a Number, String, byte[], LocalDate, LocalTime, LocalDateTime, OffsetDateTime,
     * List, or null.
     *
     * @throws StatementFailedException when the statement ends early
     */
    Optional<List<@Nullable Object>> next();

    /** What to tell the user beside the rows; complete once the rows have ended. */
    List<String> warnings();

    /** Stops the statement when it still runs. Idempotent; never throws. */
    @Override
    void close();
}
