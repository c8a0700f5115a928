package io.calque.benchmarks.world;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Bindings;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.RowCursor;
import io.calque.spi.source.Source;
import java.util.List;
import java.util.function.Consumer;

/** A source that tells what it is sent. As thread-safe as the source behind it and the listener. */
public final class RecordingSource implements Source {
    private final Source source;
    private final Consumer<RecordedRead> listener;

    public RecordingSource(Source source, Consumer<RecordedRead> listener) {
        this.source = source;
        this.listener = listener;
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return new RecordingSession(source.begin(options), listener);
    }

    @Override
    public SourceId id() {
        return source.id();
    }

    @Override
    public String kind() {
        return source.kind();
    }

    @Override
    public int permits() {
        return source.permits();
    }

    @Override
    public Capabilities capabilities() {
        return source.capabilities();
    }

    @Override
    public Introspector introspector() {
        return source.introspector();
    }

    @Override
    public FragmentCompiler compiler() {
        return source.compiler();
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        return source.passThrough(nativeText);
    }

    @Override
    public void close() {
        source.close();
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
