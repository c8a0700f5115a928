package io.calque.app.format;

import io.calque.app.client.AnswerColumn;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one answer. Call {@link #start} once, {@link #row} for each row, {@link #finish} once. Single-threaded. */
public interface RowPrinter {
    void start(List<AnswerColumn> columns) throws IOException;

    /** @param values as {@link io.calque.app.client.Answer#next} gives them */
    void row(List<@Nullable Object> values) throws IOException;

    /** Writes what is still held back. */
    void finish() throws IOException;
}
