package io.calque.benchmarks.world;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;

/** Stands before a source and does as it does, but for what is overridden. As thread-safe as the source behind it. */
public class ForwardingSource implements Source {
    private final Source source;

    public ForwardingSource(Source source) {
        this.source = source;
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return source.begin(options);
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
}
