package io.calque.benchmarks.fuzz;

import io.calque.spi.SourceId;
import io.calque.spi.pushdown.Capabilities;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.Introspector;
import io.calque.spi.source.NativeQuery;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;

/**
 * A source that tells which fragments it is given, and may be made to get them wrong. As thread-safe as the source that it stands
 * before, but for planning, which must be done by one thread.
 */
final class ObservedSource implements Source {
    private final Source source;
    private final FragmentLedger ledger;
    private final Fault fault;

    ObservedSource(Source source, FragmentLedger ledger, Fault fault) {
        this.source = source;
        this.ledger = ledger;
        this.fault = fault;
        ledger.knows(source.id(), source.capabilities());
    }

    @Override
    public FragmentCompiler compiler() {
        return fragment -> {
            ledger.compiled(id(), fragment);
            try {
                return source.compiler().compile(fault.changed(fragment));
            } catch (IllegalArgumentException e) {
                ledger.refused(id() + ": " + e.getMessage());
                throw e;
            }
        };
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return fault.reading(source.begin(options));
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
    public NativeQuery passThrough(String nativeText) {
        return source.passThrough(nativeText);
    }

    @Override
    public void close() {
        source.close();
    }
}
