package io.calque.benchmarks.fuzz;

import io.calque.spi.source.ReadSession;
import org.apache.calcite.rel.RelNode;

/** A mistake that a source could make. */
interface Fault {
    /** No mistake. */
    Fault NONE = new Fault() {};

    /** The fragment as the source understands it. */
    default RelNode changed(RelNode fragment) {
        return fragment;
    }

    /** The session as the source reads by it. */
    default ReadSession reading(ReadSession session) {
        return session;
    }
}
