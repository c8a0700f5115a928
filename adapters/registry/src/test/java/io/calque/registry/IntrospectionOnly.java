package io.calque.registry;

import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;

/** A source that can be looked at and never queried: all that the registry asks of one. */
public interface IntrospectionOnly extends Source {
    @Override
    default String kind() {
        return "fake";
    }

    @Override
    default int permits() {
        return 2;
    }

    @Override
    default Capabilities capabilities() {
        throw new UnsupportedOperationException();
    }

    @Override
    default FragmentCompiler compiler() {
        throw new UnsupportedOperationException();
    }

    @Override
    default NativeQuery passThrough(String nativeText) {
        throw new UnsupportedOperationException();
    }

    @Override
    default ReadSession begin(ReadOptions options) {
        throw new UnsupportedOperationException();
    }

    @Override
    default void close() {}
}
