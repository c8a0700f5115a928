package io.calque.app.drift;

import io.calque.spi.SourceId;
import io.calque.spi.catalog.CatalogSnapshot;
import io.calque.spi.catalog.ColumnDescriptor;
import io.calque.spi.catalog.SourceSnapshot;
import io.calque.spi.catalog.TableDescriptor;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;

/** Random choices from a seed. Single-threaded. */
final class Draw {
    private static final List<String> WORDS = List.of(
            "amount", "city", "code", "color", "email", "grade", "height", "label", "level", "mark", "note", "owner",
            "phone", "price", "rank", "region", "score", "state", "title", "total", "unit", "value", "weight", "zip");

    private final Random random;
    private int names;

    Draw(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean chance(double of) {
        return random.nextDouble() < of;
    }

    <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    <T> Optional<T> maybe(List<T> list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(of(list));
    }

    /** Never the same twice. */
    String name() {
        return of(WORDS) + "_" + ++names;
    }

    Optional<TableDescriptor> table(CatalogSnapshot known, SourceId source, Predicate<TableDescriptor> which) {
        return maybe(known.source(source).map(SourceSnapshot::tables).orElse(List.of()).stream()
                .filter(which)
                .toList());
    }

    Optional<ColumnDescriptor> column(TableDescriptor table, Predicate<ColumnDescriptor> which) {
        return maybe(table.columns().stream().filter(which).toList());
    }
}
