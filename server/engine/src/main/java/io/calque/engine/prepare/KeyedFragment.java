package io.calque.engine.prepare;

import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.spi.source.NativeQuery;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a fetch asks once the key sets that it waits for are complete. Immutable.
 *
 * @param uses the sets
 * @param queries by the forms that the sets are sent in; where none is sent the fetch asks its plain query
 */
public record KeyedFragment(List<KeyUse> uses, Map<List<KeyForm>, NativeQuery> queries) {
    public KeyedFragment {
        uses = List.copyOf(uses);
        queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
    }

    /** What is asked in these forms, where the source takes them so. */
    public Optional<NativeQuery> query(List<KeyForm> forms) {
        return Optional.ofNullable(queries.get(forms));
    }

    /** With all sets, in the form that they are expected in. */
    public NativeQuery full() {
        List<KeyForm> expected = uses.stream()
                .map(use -> use.ranges() == KeyRanges.ALWAYS ? KeyForm.RANGE : KeyForm.KEYS)
                .toList();
        return query(expected)
                .or(() -> query(Collections.nCopies(uses.size(), KeyForm.KEYS)))
                .orElseThrow();
    }

    /** Whether the bounds of a set may be sent in place of its keys. */
    public boolean mayBeRange(int use) {
        return queries.keySet().stream().anyMatch(forms -> forms.get(use) == KeyForm.RANGE);
    }
}
