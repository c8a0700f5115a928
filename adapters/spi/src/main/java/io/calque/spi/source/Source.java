package io.calque.spi.source;

import io.calque.spi.QueryException;
import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;

/** One configured database. Thread-safe; connects on first use. */
public interface Source extends AutoCloseable {
    SourceId id();

    String kind();

    /** How many native queries may run at once. */
    int permits();

    /** What this source computes exactly as the engine would. Never connects. */
    Capabilities capabilities();

    Introspector introspector();

    /** Says a fragment in the source's language. Never connects. */
    FragmentCompiler compiler();

    /**
     * Types a native text for {@code TABLE(source.query('...'))}.
     *
     * @throws QueryException READ_ONLY when the text would write; SYNTAX_ERROR when the source rejects it
     */
    NativeQuery passThrough(String nativeText);

    /**
     * Opens one consistent view of the source for one query, where the source offers one.
     *
     * @throws QueryException SOURCE_UNAVAILABLE, SOURCE_REFUSED
     */
    ReadSession begin(ReadOptions options);

    /** Ends all connections; running reads fail. Never throws. */
    @Override
    void close();
}
