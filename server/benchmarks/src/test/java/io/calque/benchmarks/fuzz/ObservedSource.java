package io.calque.benchmarks.fuzz;

import io.calque.benchmarks.world.ForwardingSource;
import io.calque.spi.pushdown.FragmentCompiler;
import io.calque.spi.source.ReadOptions;
import io.calque.spi.source.ReadSession;
import io.calque.spi.source.Source;

/**
 * A source that tells which fragments it is given, and may be made to get them wrong. As thread-safe as the source that it stands
 * before, but for planning, which must be done by one thread.
 */
final class ObservedSource extends ForwardingSource {
    private final FragmentLedger ledger;
    private final Fault fault;

    ObservedSource(Source source, FragmentLedger ledger, Fault fault) {
        super(source);
        this.ledger = ledger;
        this.fault = fault;
        ledger.knows(source.id(), source.capabilities());
    }

    @Override
    public FragmentCompiler compiler() {
        FragmentCompiler real = super.compiler();
        return fragment -> {
            ledger.compiled(id(), fragment);
            try {
                return real.compile(fault.changed(fragment));
            } catch (IllegalArgumentException e) {
                ledger.refused(id() + ": " + e.getMessage());
                throw e;
            }
        };
    }

    @Override
    public ReadSession begin(ReadOptions options) {
        return fault.reading(super.begin(options));
    }
}
