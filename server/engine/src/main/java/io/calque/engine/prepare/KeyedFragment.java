package io.calque.engine.prepare;

import io.calque.planner.physical.KeyUse;
import io.calque.spi.source.NativeQuery;
import java.util.List;

/**
 * What a fetch asks once the key sets that it waits for are complete. Immutable.
 *
 * @param uses the sets, in the order of their bits
 * @param queries by the bits of the sets that are sent, less one; with none the fetch asks its plain query
 */
public record KeyedFragment(List<KeyUse> uses, List<NativeQuery> queries) {
    public KeyedFragment {
        uses = List.copyOf(uses);
        queries = List.copyOf(queries);
    }

    /** With all sets. */
    public NativeQuery full() {
        return queries.get(queries.size() - 1);
    }
}
