package io.calque.registry.relate;

import io.calque.spi.catalog.Relationship.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/** Evidence for one pair as it is gathered. Single-threaded. */
final class Finding {
    private final List<Entry> entries = new ArrayList<>();
    private double sum;

    void add(Evidence.Kind kind, double weight, String text) {
        add(kind, weight, () -> text);
    }

    /**
     * @param text only asked when the pair is chosen: most are not
     */
    void add(Evidence.Kind kind, double weight, Supplier<String> text) {
        if (Math.abs(weight) >= 0.05) {
            entries.add(new Entry(kind, Math.round(weight * 100) / 100.0, text));
            sum += weight;
        }
    }

    /** The same evidence, to add to apart. */
    Finding copy() {
        Finding copy = new Finding();
        copy.entries.addAll(entries);
        copy.sum = sum;
        return copy;
    }

    double sum() {
        return sum;
    }

    double sumOf(Evidence.Kind kind) {
        return entries.stream()
                .filter(e -> e.kind() == kind)
                .mapToDouble(Entry::weight)
                .sum();
    }

    /** Strongest first, whichever way it points. */
    List<Evidence> strongestFirst() {
        return entries.stream()
                .sorted(Comparator.comparingDouble((Entry e) -> -Math.abs(e.weight())))
                .map(e -> new Evidence(e.kind(), e.weight(), e.text().get()))
                .toList();
    }

    private record Entry(Evidence.Kind kind, double weight, Supplier<String> text) {}
}
