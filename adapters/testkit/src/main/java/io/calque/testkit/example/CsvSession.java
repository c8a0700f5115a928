package io.calque.testkit.example;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

// [doc: session]
/** One query's reads. Thread-safe; files may change between two of them, so it claims no snapshot. */
final class CsvSession implements ReadSession {
    private final CsvFolder folder;
    private final ReadOptions options;
    private final List<CsvCursor> cursors = new CopyOnWriteArrayList<>();
    private volatile boolean cancelled;

    CsvSession(CsvFolder folder, ReadOptions options) {
        this.folder = folder;
        this.options = options;
    }

    @Override
    public RowCursor read(NativeQuery query, Bindings bindings) {
        CsvCursor cursor = new CsvCursor(folder, (CsvQuery) query, bindings, options);
        cursors.add(cursor);
        if (cancelled) {
            cursor.cancel();
        }
        return cursor;
    }

    @Override
    public Consistency consistency() {
        return Consistency.UNSYNCHRONISED;
    }

    @Override
    public void cancel() {
        cancelled = true;
        cursors.forEach(CsvCursor::cancel);
    }

    @Override
    public void close() {
        cursors.forEach(CsvCursor::close);
    }
}
// [end]
