package io.calque.jdbc.pool;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;
import io.calque.spi.source.SourceConfig;
import java.util.function.Function;

/**
 * One database behind a pool of connections, put together of what its adapter brings. Thread-safe; connects on first use.
 *
 * @param begin opens a session on a connection of the pool
 * @param describer types a native text
 */
public record PooledSource(
        SourceConfig config,
        ConnectionPool pool,
        Introspector introspector,
        Capabilities capabilities,
        FragmentCompiler compiler,
        Function<String, NativeQuery> describer,
        Function<ReadOptions, ReadSession> begin)
        implements Source {

    @Override
    public SourceId id() {
        return config.id();
    }

    @Override
    public String kind() {
        return config.kind();
    }

    @Override
    public int permits() {
        return config.permits();
    }

    @Override
    public NativeQuery passThrough(String nativeText) {
        return describer.apply(nativeText);
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return begin.apply(options);
    }

    @Override
    public void close() {
        pool.close();
    }
}
