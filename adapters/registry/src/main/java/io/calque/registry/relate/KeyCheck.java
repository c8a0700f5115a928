package io.calque.registry.relate;

import io.calque.registry.relate.ColumnSketch.Overlap;
import io.calque.spi.source.ValueScan;
import io.calque.spi.source.ValueScan.Coverage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A second look at the keys of one table, for pairs whose sketches share too few values to tell: the sampled referring values are
 * looked for among all values of the key. Single-threaded.
 */
final class KeyCheck {
    /** Sketches that compare so many values need no second look. */
    private static final int ENOUGH = 64;

    private final Map<String, LongSet> found = new LinkedHashMap<>();
    private final Map<String, LongSet> wanted = new LinkedHashMap<>();

    static boolean isDoubtful(Pair pair) {
        return !pair.exact()
                && pair.overlap().compared()
                        < Math.min(ENOUGH, pair.from().sketch().sampled());
    }

    /**
     * @param pairs whose keys are of this table
     * @return the pairs with what was found; as they were when the source did not answer
     */
    List<Pair> check(Profile table, List<Pair> pairs, SourceScans source) {
        for (Pair pair : pairs) {
            LongSet set = wanted.computeIfAbsent(pair.to().label(), k -> new LongSet());
            for (long hash : pair.from().sketch().hashes()) {
                set.add(hash);
            }
            found.computeIfAbsent(pair.to().label(), k -> new LongSet());
        }
        List<String> columns = List.copyOf(wanted.keySet());
        Optional<ValueScan> scan = source.scan(table.descriptor(), columns, values -> {
            for (int i = 0; i < values.length; i++) {
                String value = values[i];
                if (value != null) {
                    long hash = ValueHash.of(value);
                    if (wanted.getOrDefault(columns.get(i), EMPTY).contains(hash)) {
                        found.getOrDefault(columns.get(i), EMPTY).add(hash);
                    }
                }
            }
        });
        if (scan.isEmpty()) {
            return pairs;
        }
        boolean all = scan.get().coverage() == Coverage.COMPLETE;
        List<Pair> checked = new ArrayList<>();
        for (Pair pair : pairs) {
            checked.add(pair.checked(count(pair), all));
        }
        return checked;
    }

    private static final LongSet EMPTY = new LongSet();

    private Overlap count(Pair pair) {
        LongSet there = found.getOrDefault(pair.to().label(), EMPTY);
        int hits = 0;
        long[] hashes = pair.from().sketch().hashes();
        for (long hash : hashes) {
            hits += there.contains(hash) ? 1 : 0;
        }
        return new Overlap(hashes.length, hits);
    }
}
