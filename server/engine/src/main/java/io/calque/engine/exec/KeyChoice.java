package io.calque.engine.exec;

import io.calque.planner.physical.KeyColumn;
import io.calque.planner.physical.KeyUse;
import io.calque.planner.pushdown.KeyFiltering;
import io.calque.planner.pushdown.KeyForm;
import io.calque.planner.pushdown.KeyRanges;
import io.calque.spi.SourceId;
import io.calque.spi.type.DataType;
import java.util.List;
import java.util.Optional;

/** Chooses in which form a source is told of keys, now that it is known how many there are and between which values. Stateless. */
final class KeyChoice {
    /** A range that leaves more of the rows is not worth the condition. */
    private static final double MOST_KEPT = 0.8;

    /** So few keys cost any server less than what is between them. */
    private static final int FEW = 50;

    private KeyChoice() {}

    /**
     * What a source is told of one set.
     *
     * @param keys sent one by one; none in another form
     * @param range present in that form
     * @param isNothing whether no row can meet a key
     */
    record Sent(KeyForm form, List<Object> keys, Optional<KeyBounds.Range> range, boolean isNothing) {
        private static final Sent NOTHING = new Sent(KeyForm.KEYS, List.of(), Optional.empty(), true);
        private static final Sent UNSENT = new Sent(KeyForm.UNSENT, List.of(), Optional.empty(), false);
    }

    /**
     * @param mayBeRange whether the source takes bounds of that column
     */
    static Sent of(KeyUse use, KeySet set, boolean mayBeRange, SourceId source, KeyedReadCosts costs) {
        Optional<List<Object>> keys = set.as(types(use), use.mostKeys());
        Optional<KeyBounds.Range> range = set.range(use.first().type());
        if (keys.filter(List::isEmpty).isPresent()
                || range.filter(KeyBounds.Range::isEmpty).isPresent()) {
            return Sent.NOTHING;
        }
        Optional<KeyBounds.Range> narrow = range.filter(r -> mayBeRange)
                .filter(r -> use.ranges() == KeyRanges.ALWAYS || share(use, r) <= MOST_KEPT);
        Optional<List<Object>> sent = keys.filter(known -> use.filtering() != KeyFiltering.ALWAYS)
                .filter(known -> narrow.isEmpty() || isCheaper(use, known.size(), narrow.get()))
                .filter(known -> costs.pays(source, use, known.size()));
        if (sent.isPresent()) {
            return new Sent(KeyForm.KEYS, sent.get(), Optional.empty(), false);
        }
        return narrow.map(r -> new Sent(KeyForm.RANGE, List.of(), Optional.of(r), false))
                .orElse(Sent.UNSENT);
    }

    static List<DataType> types(KeyUse use) {
        return use.columns().stream().map(KeyColumn::type).toList();
    }

    /** Whether keys cost less than a range: their cost grows with their number, until reading by them takes as long as reading all rows. */
    private static boolean isCheaper(KeyUse use, int keys, KeyBounds.Range range) {
        return use.ranges() == KeyRanges.BY_COST
                && (keys <= FEW || (double) keys / use.mostKeys() <= share(use, range));
    }

    private static double share(KeyUse use, KeyBounds.Range range) {
        return use.spread()
                .map(known -> known.share(range.least(), range.greatest()))
                .orElse(1.0);
    }
}
