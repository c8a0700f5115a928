package io.calque.mongodb.cursor;

import io.calque.spi.batch.ColumnBatch;
import org.bson.RawBsonDocument;

/** Turns documents into rows of columns. Single-threaded. */
sealed interface RowDecoder permits DocumentDecoder, UnwindingDecoder {
    /** Rows since the last batch was built. */
    int rows();

    /** Adds what the last document has left; true while some of it has no room. */
    boolean drain();

    void read(RawBsonDocument document);

    /** The rows so far, as a batch; begins a new one. */
    ColumnBatch build();
}
