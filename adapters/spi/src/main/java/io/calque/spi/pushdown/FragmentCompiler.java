package io.calque.spi.pushdown;

import io.calque.spi.source.NativeQuery;
import org.apache.calcite.rel.RelNode;

/** Says a fragment in the source's language. Thread-safe; never connects. */
@FunctionalInterface
public interface FragmentCompiler {
    /**
     * @param fragment operators that {@link Capabilities} accepted, over table scans of this source
     * @return a query whose columns are the fragment's row type, in order, in engine types
     */
    NativeQuery compile(RelNode fragment);
}
