package io.calque.benchmarks.world;

import io.calque.spi.source.Bindings;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import java.util.List;
import java.util.function.Consumer;

/** A source that tells what it is sent. As thread-safe as the source behind it and the listener. */
public final class RecordingSource extends ForwardingSource {
    private final Consumer<RecordedRead> listener;

    public RecordingSource(Source source, Consumer<RecordedRead> listener) {
        super(source);
        this.listener = listener;
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return new RecordingSession(super.begin(options), listener);
    }

    private record RecordingSession(ReadSession session, Consumer<RecordedRead> listener) implements ReadSession {
        @Override
        public RowCursor read(NativeQuery query, Bindings bindings) {
            listener.accept(new RecordedRead(query, bindings));
            return session.read(query, bindings);
        }

        @Override
        public List<NativeQuery> divide(NativeQuery query, int parts) {
            return session.divide(query, parts);
        }

        @Override
        public Consistency consistency() {
            return session.consistency();
        }

        @Override
        public void cancel() {
            session.cancel();
        }

        @Override
        public void close() {
            session.close();
        }
    }
}
